"""Case numbers (案件编号): place letters, year, serial, check character, e.g. SS-2026-000123-C.

The check character is ISO 7064 MOD 37,36 over letters, year and serial: it catches every single wrong character and every
swap of neighbours, so that a number read over the phone either names a case or is plainly mistyped.

Of 36 check characters two, I and O, are read as 1 and 0. The scheme stays, for numbers are on paper; what is typed is forgiven instead:
where digits stand, I, L and O are digits; as check character I and 1, O and 0 are one. A wrong digit then slips through where the true
and the false check character are such a pair: about one in three hundred, and whoever told the case still needs its key.
"""

import re
import unicodedata
from dataclasses import dataclass

from shequtong.core.places import place_lettered

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPE = re.compile(r"([A-Z]{2,4})-?([0-9]{4})-?([0-9]{6,12})-?([0-9A-Z])")
_MISREAD = re.compile(r"([A-Z]{2,4})-([0-9ILO]{4})-([0-9ILO]{6,12})-([0-9A-Z])")  # dashes say where letters end
_ALIKE = str.maketrans("IO", "10")
_AS_DIGITS = str.maketrans("ILO", "110")


@dataclass(frozen=True)
class Number:
    """A number taken apart; `place` is the storage number of its subdistrict."""

    place: int
    year: int
    serial: int


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36 of digits and capital letters."""
    remainder = 36
    for character in text:
        total = (remainder + _ALPHABET.index(character)) % 36 or 36
        remainder = (total * 2) % 37
    return _ALPHABET[(37 - remainder) % 36]


def format_number(letters: str, year: int, serial: int) -> str:
    """The number as it is shown and quoted."""
    body = f"{letters}-{year:04d}-{serial:06d}"
    return f"{body}-{check_character(body.replace('-', ''))}"


def parse_number(text: str) -> Number | None:
    """What a number names; None when it is mistyped or names no place. Full-width characters, spaces and case do not matter."""
    plain = unicodedata.normalize("NFKC", text).upper().replace(" ", "").replace("—", "-")
    match = _SHAPE.fullmatch(plain) or _MISREAD.fullmatch(plain)
    if match is None:
        return None
    letters, year, serial, check = match[1], match[2].translate(_AS_DIGITS), match[3].translate(_AS_DIGITS), match[4]
    if check_character(f"{letters}{year}{serial}").translate(_ALIKE) != check.translate(_ALIKE):
        return None
    place = place_lettered(letters)
    return None if place is None else Number(place.number, int(year), int(serial))
