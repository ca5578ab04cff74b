"""QR codes (二维码) as rows of dark and light, to be drawn as rectangles."""

import segno


def qr_rows(text: str) -> list[str]:
    """The matrix without its margin, "1" for dark; a quarter of it may be torn or dirty."""
    return ["".join(map(str, row)) for row in segno.make(text, error="q", micro=False).matrix]
