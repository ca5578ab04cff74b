"""Identity documents (身份证件): numbers checked, converted, and what they say of their owner. Pure.

GB 11643-1999: 17 places and a check character of weights mod 11; places 7–14 the birthday, place 17 odd for a man. The old ones of 15
places lack the century and the check. 810000, 820000 and 830000 open the residence permits of Hong Kong, Macao and Taiwan residents.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from operator import mul

from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal

ID_DOMAIN = "id_number"
PHONE_DOMAIN = "phone"  # the one all areas hash by
RESIDENT_CARD = "111"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NEW, _OLD = re.compile(r"[0-9]{17}[0-9X]"), re.compile(r"[0-9]{15}")
_CENTENARIANS = ("996", "997", "998", "999")  # serials of the old numbers that were kept for who was born before 1900
_OTHER = re.compile(r"[A-Z0-9()\-]{4,30}")
_PERMITS = {"81": "HK", "82": "MO", "83": "TW"}
_DISABILITY = re.compile(r"([0-9]{17}[0-9X])([1-7])([1-4])(B[0-9])?")
EARLIEST = date(1870, 1, 1)


class NotAnId(Refusal, ValueError):
    """The text is no number of this kind of document; the message says why, never the number."""


@dataclass(frozen=True)
class Read:
    """A resident's number in its 18 places, and what it says. `permit` is HK, MO or TW of a residence permit, else ""."""

    number: str
    born_on: date
    sex: str  # GB/T 2261.1
    region: str  # the county that issued it first: a hint, counties come and go
    permit: str = ""


def check_character(first17: str) -> str:
    """The 18th place."""
    return _CHECKS[sum(map(mul, map(int, first17), _WEIGHTS)) % 11]


def normalise_id(text: str) -> str:
    """The one form in which a number of any document is kept and hashed; an old resident's number becomes the new one where it can."""
    plain = _plain(text)
    if _OLD.fullmatch(plain):
        try:
            return read_id(plain).number
        except NotAnId:
            return plain
    return plain


def read_id(text: str, *, today: date | None = None) -> Read:
    """A resident's number of 18 or 15 places. Raises NotAnId with what is wrong with it, the commonest fault first."""
    plain = _plain(text)
    if _OLD.fullmatch(plain):
        century = "18" if plain[12:] in _CENTENARIANS else "19"
        first = plain[:6] + century + plain[6:]
        plain = first + check_character(first)
    if len(plain) != 18 or not _NEW.fullmatch(plain):
        if re.fullmatch(r"[0-9.]+E\+?[0-9]+", plain):
            raise NotAnId(
                _(
                    "The table holds the number in a form like 3.2E+17: its last digits are lost. Format the column as text and enter it again."
                )
            )
        words = {"n": len(plain)}
        raise NotAnId(_("An identity number has 18 places (old ones 15), here there are %(n)s.") % words)
    born = _birthday(plain[6:14])
    if plain[-1] != check_character(plain[:17]):
        if plain.endswith("000"):
            raise NotAnId(
                _(
                    "The last three digits were lost: the table kept only 15 of the 18 as a number. Format the column as text and enter it again."
                )
            )
        raise NotAnId(_("The check digit does not fit: one of the digits is mistyped."))
    if born is None or born < EARLIEST or born > (today or timezone.localdate()):
        raise NotAnId(_("The places 7 to 14 are no possible birthday."))
    return Read(
        plain, born, "1" if int(plain[16]) % 2 else "2", plain[:6], _PERMITS.get(plain[:2], "") if plain[2:6] == "0000" else ""
    )


def read_document(kind: str, text: str) -> str:
    """A number of any kind of document (GA/T 517) in the form it is kept. Raises NotAnId."""
    if kind in (RESIDENT_CARD, "112", "113", ""):
        return read_id(text).number
    plain = _plain(text)
    if not _OTHER.fullmatch(plain):
        raise NotAnId(_("A document's number is made of letters and digits."))
    return plain


def read_disability(text: str) -> tuple[str, str, str]:
    """A disability certificate: its number, kind and grade. 20 places: the identity number, kind, grade; perhaps B1 … of a replacement."""
    plain = _plain(text)
    found = _DISABILITY.fullmatch(plain)
    if found is None:
        raise NotAnId(_("A disability certificate has 20 places: the identity number, the kind (1–7) and the grade (1–4)."))
    read_id(found[1])
    return plain, found[2], found[3]


def _plain(text: str) -> str:
    """Half width, capital letters, without blanks and invisible characters."""
    if text.isascii() and text.isalnum():
        return text.upper()
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(one for one in wide if not one.isspace() and unicodedata.category(one) not in ("Cf", "Cc")).lstrip("'`’‘")


def _birthday(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
