"""How a value stands in a line of text that COPY reads (行文本)."""

NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def escaped(text: str) -> str:
    """A value as it stands in a line."""
    return text if text.isalnum() else text.translate(_ESCAPES)
