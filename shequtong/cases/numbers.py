"""Case numbers (案件编号): place letters, year, serial, check character, e.g. SS-2026-000123-C.

The check character is ISO 7064 MOD 37,36 over letters, year and serial: it catches every single wrong character and every
swap of neighbours, so that a number read over the phone either names a case or is plainly mistyped.
"""

import re
import unicodedata
from dataclasses import dataclass

from shequtong.core.places import place_lettered

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPE = re.compile(r"([A-Z]{2,4})-?([0-9]{4})-?([0-9]{6,12})-?([0-9A-Z])")


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
    match = _SHAPE.fullmatch(plain)
    if match is None:
        return None
    letters, year, serial, check = match.groups()
    if check_character(f"{letters}{year}{serial}") != check:
        return None
    place = place_lettered(letters)
    return None if place is None else Number(place.number, int(year), int(serial))
