"""What is printed of cases, read back from the PDF."""

from io import BytesIO

from pypdf import PdfReader


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, without gaps and breaks: a printed line ends where the paper does."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def words_of(pdf: bytes) -> str:
    """All words."""
    return "".join(pages_of(pdf))


def tight(words: str) -> str:
    """Words as `words_of` gives them."""
    return "".join(words.split())
