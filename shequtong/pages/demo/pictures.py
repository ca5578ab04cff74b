"""Photos that the demo draws itself (演示照片): a street scene with its flaw, or mended. Nobody's photo is used."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageEnhance

_SIZE = (960, 720)


def draw(seed: int, *, mended: bool, scene: str = "heap") -> bytes:
    """A JPEG of a pavement before a wall with one flaw of `SCENES`; `mended` shows it gone."""
    dice = random.Random(seed)  # noqa: S311  # a picture, not a secret
    picture = Image.new("RGB", _SIZE, (196, 214, 230))
    pen = ImageDraw.Draw(picture)
    if scene == "paper":
        _paper(pen, dice)
    else:
        _street(pen)
        if scene == "dark":
            picture = _lamp(picture, lit=mended)
        elif not mended:
            SCENES[scene](pen, dice)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _street(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 180, 960, 470), fill=(214, 205, 190))
    for column in range(6):
        left = 40 + column * 155
        pen.rectangle((left, 220, left + 90, 330), fill=(120, 145, 165), outline=(90, 90, 90), width=3)
    pen.rectangle((0, 470, 960, 720), fill=(150, 152, 155))
    for line in range(0, 960, 80):
        pen.line((line, 470, line - 60, 720), fill=(135, 137, 140), width=2)


def _heap(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for _piece in range(40):
        x, y, r = dice.randint(330, 640), dice.randint(480, 640), dice.randint(10, 34)
        colour = dice.choice([(96, 78, 60), (70, 92, 66), (180, 176, 168), (52, 52, 56)])
        pen.ellipse((x - r, y - r // 2, x + r, y + r // 2), fill=colour)


def _hole(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    x, y = dice.randint(360, 560), dice.randint(560, 620)
    pen.ellipse((x - 120, y - 52, x + 120, y + 52), fill=(96, 92, 88))
    pen.ellipse((x - 92, y - 36, x + 92, y + 40), fill=(38, 36, 36))
    for _crack in range(9):
        pen.line((x, y, x + dice.randint(-260, 260), y + dice.randint(-90, 110)), fill=(104, 104, 106), width=4)


def _water(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for _pool in range(7):
        x, y, r = dice.randint(220, 740), dice.randint(530, 660), dice.randint(60, 150)
        pen.ellipse((x - r, y - r // 4, x + r, y + r // 4), fill=(104, 128, 146))
    x = dice.randint(380, 600)
    pen.line((x, 470, x + 8, 600), fill=(150, 182, 205), width=14)


def _cars(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for n in range(3):
        left, colour = 70 + n * 290, dice.choice([(168, 40, 44), (236, 236, 232), (44, 58, 92), (92, 96, 98)])
        pen.polygon([(left + 50, 480), (left + 90, 425), (left + 190, 425), (left + 230, 480)], fill=(70, 84, 96))
        pen.rounded_rectangle((left, 475, left + 265, 560), 24, fill=colour)
        for wheel in (left + 55, left + 205):
            pen.ellipse((wheel - 30, 530, wheel + 30, 590), fill=(30, 30, 32))


def _stall(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    colour = dice.choice([(190, 60, 50), (40, 112, 88), (205, 140, 40)])
    pen.polygon([(300, 400), (480, 330), (660, 400)], fill=colour)
    pen.line((480, 340, 480, 560), fill=(90, 80, 70), width=10)
    pen.rectangle((330, 540, 630, 610), fill=(150, 116, 80))
    for fruit in range(12):
        x = 345 + fruit * 24
        pen.ellipse((x, 516, x + 28, 544), fill=dice.choice([(214, 70, 50), (230, 170, 50), (120, 160, 60)]))


def _lamp(picture: Image.Image, *, lit: bool) -> Image.Image:
    night = ImageEnhance.Brightness(picture).enhance(0.55 if lit else 0.18)
    pen = ImageDraw.Draw(night)
    pen.line((700, 640, 700, 200), fill=(60, 60, 64), width=14)
    pen.line((700, 205, 600, 205), fill=(60, 60, 64), width=12)
    if lit:
        pen.polygon([(600, 220), (430, 690), (790, 690)], fill=(212, 196, 150))
    pen.ellipse((575, 195, 625, 225), fill=(255, 240, 190) if lit else (52, 52, 56))
    return night


def _paper(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    pen.rectangle((0, 0, 960, 720), fill=(122, 100, 82))
    pen.rectangle((250, 60, 710, 680), fill=(248, 247, 242))
    pen.rectangle((390, 110, 570, 128), fill=(60, 60, 60))
    for line in range(9):
        pen.rectangle((310, 180 + line * 40, 310 + dice.randint(240, 340), 188 + line * 40), fill=(150, 150, 150))
    pen.ellipse((540, 540, 650, 650), outline=(196, 40, 40), width=7)


SCENES: dict[str, Callable[[ImageDraw.ImageDraw, random.Random], None]] = {
    "heap": _heap,
    "hole": _hole,
    "water": _water,
    "cars": _cars,
    "stall": _stall,
}  # beside "dark", which is a whole picture, and "paper", where there is nothing to photograph
