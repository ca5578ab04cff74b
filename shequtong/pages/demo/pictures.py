"""Photos that the demo draws itself (演示照片): a street scene with its flaw, or mended. Nobody's photo is used."""

import io
import random

from PIL import Image, ImageDraw

_SIZE = (960, 720)


def draw(seed: int, *, mended: bool) -> bytes:
    """A JPEG of a pavement and a wall; `mended` leaves the heap or the hole out."""
    dice = random.Random(seed)  # noqa: S311  # a picture, not a secret
    sky, wall, ground = (196, 214, 230), (214, 205, 190), (150, 152, 155)
    picture = Image.new("RGB", _SIZE, sky)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 180, 960, 470), fill=wall)
    for column in range(6):
        left = 40 + column * 155
        pen.rectangle((left, 220, left + 90, 330), fill=(120, 145, 165), outline=(90, 90, 90), width=3)
    pen.rectangle((0, 470, 960, 720), fill=ground)
    for line in range(0, 960, 80):
        pen.line((line, 470, line - 60, 720), fill=(135, 137, 140), width=2)
    if not mended:
        for _piece in range(40):
            x, y, r = dice.randint(330, 640), dice.randint(480, 640), dice.randint(10, 34)
            colour = dice.choice([(96, 78, 60), (70, 92, 66), (180, 176, 168), (52, 52, 56)])
            pen.ellipse((x - r, y - r // 2, x + r, y + r // 2), fill=colour)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
