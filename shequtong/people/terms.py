"""Search terms of a person (查找词): pieces by which a reader may look, each as 63 bits of a keyed hash. Reads the key ring, no table.

Of a name: every two neighbouring characters, the pinyin of the whole with and without what its surname is also read as, and the initials;
of a phone its last four digits. Whole phones and documents have hash columns of their own. Each kind stands in a column of its own
(`KINDS`), so that a person is two rows with four terms each, not eight with one.
"""

import hmac
from collections.abc import Iterable
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from shequtong.core import keys
from shequtong.core.sealed.masks import DOUBLE_SURNAMES

_BITS = 0x7FFFFFFFFFFFFFFF
TAIL = 4
KINDS: Final = {"b": "pair", "p": "sound", "i": "initials", "t": "tail"}  # how a piece begins -> the column of its kind
_HAN = 0x3400  # CJK characters from here on


def syllables(name: str) -> tuple[str, ...]:
    """The pinyin of a name, its surname read as a surname (Shan, Xie where a dictionary has dan, jie), one syllable a character."""
    surname = name[: _surname(name)]
    first = _surnames().get(surname) or tuple(_syllable(one) for one in surname)
    return (*first, *(_syllable(one) for one in name[len(surname) :]))


def _surname(name: str) -> int:
    """How many characters the surname has: Jianguo is called Ouyang, not Ou."""
    return 2 if name[:2] in DOUBLE_SURNAMES else 1


@cache
def _syllable(character: str) -> str:
    """Of a character by itself: a given name is no phrase, and so a table of characters serves all names."""
    from pypinyin import Style, pinyin  # 80 ms to import, needed only where names are written or looked for

    return str(pinyin(character, style=Style.NORMAL)[0][0])


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    """Surnames that are read otherwise than the character usually is."""
    lines = (Path(__file__).parent / "codes" / "surnames.csv").read_text(encoding="utf-8").split()
    return {name: tuple(reading.split("-")) for name, _comma, reading in (line.partition(",") for line in lines[1:])}


def pieces_of(names: Iterable[str], reading: str = "", phones: Iterable[str] = ()) -> set[str]:
    """What is hashed, in clear: for the hashing alone. Empty names and phones are none."""
    found: set[str] = set()
    for name in names:
        plain = "".join(name.split()).replace("·", "").casefold()
        if not plain:
            continue
        found.update(f"b:{plain[at : at + 2]}" for at in range(len(plain) - 1))
        for said in {tuple(reading.casefold().split()), syllables(plain)} - {()}:
            found |= {f"p:{''.join(said)}", f"i:{''.join([one[0] for one in said if one])}"}
            if len(given := said[_surname(plain) :]) > 1:
                found.add(f"p:{''.join(given)}")
    return found | {f"t:{phone[-TAIL:]}" for phone in phones if len(phone) >= 7}


def rows_of(pieces: Iterable[str]) -> list[dict[str, int | None]]:
    """The rows that hold the terms of these pieces under the current key: column -> term, None where a kind has no more."""
    key, found = keys.ring().current.hash, dict[str, list[int]]()
    for piece in sorted(pieces):
        found.setdefault(KINDS[piece[0]], []).append(_hashed(key, piece))
    columns = tuple(found)
    return [dict(zip(columns, row, strict=True)) for row in zip_longest(*found.values())]


def _hashed(key: bytes, piece: str) -> int:
    return int.from_bytes(hmac.digest(key, f"term\0{piece}".encode(), "sha256")[:8], "big") & _BITS


def holding(piece: str) -> dict[str, Any]:
    """What a row says that holds the term of a piece, under any key of the ring: keys may be in rotation (`people_verify --renew` ends it).

    That the column is not NULL is said as well: by it SQLite knows the index for the one of these rows.
    """
    column = KINDS[piece[0]]
    terms = [_hashed(key.hash, piece) for key in keys.ring().by_age()]
    return {f"{column}__in": terms, f"{column}__isnull": False}


def asked(text: str) -> list[str]:
    """The pieces that a search means, of which a person must have all: two characters, zhangjianguo, zjg, 5678. Empty for what finds nobody so."""
    plain = "".join(text.split()).replace("·", "").casefold()
    if plain.isdigit():
        return [f"t:{plain}"] if len(plain) == TAIL else []
    if plain.isascii() and plain.isalpha():
        return [f"i:{plain}"] if 2 <= len(plain) <= 4 and not _is_syllable(plain) else [f"p:{plain}"]
    if len(plain) < 2 or not all(ord(one) >= _HAN for one in plain):
        return []
    return [f"b:{plain[at : at + 2]}" for at in range(len(plain) - 1)]


def _is_syllable(text: str) -> bool:
    return any(vowel in text for vowel in "aeiouv")
