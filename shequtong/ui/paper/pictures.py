"""Photos for paper (打印用照片): no more pixels than a printer shows at that size."""

from io import BytesIO

from PIL import Image

SIDE, QUALITY = 900, 70  # 8 cm at 280 dpi


def for_paper(shown: bytes, side: int = SIDE) -> bytes:
    """A smaller JPEG of a copy that was made by us (upright, without metadata)."""
    with Image.open(BytesIO(shown), formats=["JPEG"]) as image:
        image.draft("RGB", (side, side))  # decodes an eighth, quarter or half of the size
        image.load()
        small = image.convert("RGB")
    small.thumbnail((side, side), reducing_gap=2.0)
    out = BytesIO()
    small.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
