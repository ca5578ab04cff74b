"""Addresses by their initials (拼音首字母): fqlyeh or fql12h3z for 枫桥路12号3幢, mchy for a compound, xtsq for a community. Pure.

A number is typed as digits, said digit by digit (12: ye), or counted (12: se, as 十二).
"""

import re
from itertools import pairwise
from typing import NamedTuple

_TYPED = re.compile(r"[a-z]{2,}[a-z0-9]*")
_PARTS = re.compile(r"[a-z]+|\d+")
_DIGITS = "lyesswlqbj"  # 零一二三四五六七八九
_HOUSE, _BUILDING = "h?", "[zdl]?"  # 号; 幢、栋、楼
_MOST = 999  # as far as numbers are counted


class Spelt(NamedTuple):
    """What a building is called, in initials; numbers as they are written."""

    street: str
    house: str
    compound: str
    building: str
    community: str


def typed(text: str) -> str:
    """The letters and digits of a text that is initials; "" for any other."""
    plain = re.sub(r"[\s\-,.#]+", "", text.lower())
    return plain if plain.isascii() and _TYPED.fullmatch(plain) else ""


def pairs(said: str) -> set[str]:
    """Two neighbouring letters each: what a building is found by."""
    return {one + other for part in _PARTS.findall(said) if part.isalpha() for one, other in pairwise(part)}


def numbers(said: str) -> set[str]:
    """The numbers among the letters."""
    return {part for part in _PARTS.findall(said) if part.isdigit()}


def spelt_out(one: Spelt) -> set[str]:
    """All neighbours of a building's initials, its numbers digit by digit."""
    address = f"{one.street}{_by_digits(one.house)}h{_by_digits(one.building)}z" if one.house or one.building else one.street
    return pairs(address) | pairs(one.compound) | pairs(one.community)


def how_well(said: str, one: Spelt) -> int | None:
    """0: all that was typed is said of the building; 1: only its place begins so; None: it is another one."""
    ways = []
    if one.street:
        house = f"(?:{_either(one.house)}{_HOUSE}{_inside(one)})?" if one.house else _inside(one)
        ways.append(f"{re.escape(one.street)}{house}")
    if one.compound:
        ways.append(f"{re.escape(one.compound)}{_inside(one)}")
    if any(re.fullmatch(way, said) for way in ways):
        return 0
    return 1 if any(name.startswith(said) for name in (one.street, one.compound, one.community)) else None


def _inside(one: Spelt) -> str:
    return f"(?:{_either(one.building)}{_BUILDING})?" if one.building else ""


def _either(number: str) -> str:
    """A number in every way one types it."""
    if not number.isdigit():
        return re.escape(number)
    ways = {number, _by_digits(number), _counted(int(number))} - {""}
    return f"(?:{'|'.join(sorted(ways))})"


def _by_digits(number: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in number) if number.isdigit() else ""


def _counted(number: int) -> str:
    """12 is 十二, 25 二十五, 108 一百零八."""
    if not 0 < number <= _MOST:
        return ""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    said = f"{_DIGITS[hundreds]}b" if hundreds else ""
    if tens:
        said += (_DIGITS[tens] if tens > 1 or hundreds else "") + "s"
    elif hundreds and ones:
        said += "l"
    return said + (_DIGITS[ones] if ones else "")
