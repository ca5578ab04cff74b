"""What makes a report wait until somebody has looked (内容审核): insults, and private data of others. Pure; a person decides."""

import re
import unicodedata
from collections.abc import Iterator

# Examples, not a dictionary of bad words: what a place wants to see beforehand differs, and whoever looks decides.
EXAMPLE_INSULTS = ("王八蛋", "狗娘养", "傻逼", "去死吧", "畜生", "脑残", "滚蛋")
_ID = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])")
_CARD = re.compile(r"(?<![0-9])[1-9][0-9]{3}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?(?![0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_CHECKS = "10X98765432"


def reasons(text: str, own_phone: str = "", insults: tuple[str, ...] = EXAMPLE_INSULTS) -> list[str]:
    """Why somebody should look first: "insult", "private"; nothing for most reports. The reporter's own telephone is theirs to tell."""
    plain = unicodedata.normalize("NFKC", text)
    bare = "".join(letter for letter in plain if letter.isalnum())
    found = []
    if any(word in bare for word in insults):
        found.append("insult")
    if any(_private(plain, own_phone)):
        found.append("private")
    return found


def _private(text: str, own_phone: str) -> Iterator[bool]:
    own = _digits(own_phone)
    yield any(is_id_number(found[0]) for found in _ID.finditer(text))
    yield any(_digits(found[0]) != own for found in _MOBILE.finditer(text))
    yield any(is_card_number(_digits(found[0])) for found in _CARD.finditer(text))


def is_id_number(text: str) -> bool:
    """Whether the check character of an identity number is right (GB 11643-1999), and its birthday one of the calendar's months."""
    month, day = int(text[10:12]), int(text[12:14])
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return text[17].upper() == _CHECKS[total % 11] and 1 <= month <= 12 and 1 <= day <= 31


def is_card_number(digits: str) -> bool:
    """Whether the check digit of a bank card is right (Luhn, ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
