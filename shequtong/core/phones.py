"""Telephone numbers of mainland China (电话号码): the one form in which they are stored, hashed and compared."""

import re
import unicodedata

from django.utils.translation import gettext

from shequtong.core.refusals import Refusal

_SEPARATORS = re.compile(r"[\s\-‐-―−()（）.·]+")
_COUNTRY = re.compile(r"^(?:\+|00)86|^86(?=1[3-9]\d{9}$)", re.ASCII)
# Digits are 0 to 9 alone: a gateway reads those of other scripts as the same number, and limits would count it as another.
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area codes of three places are 010 and 02x; all others have four. A subscriber number never starts with 0 or 1.
_LAND_LINE = re.compile(r"(010|02\d|0[3-9]\d\d)([2-9]\d{6,7})(?:(?:转|x|ext|#)(\d{1,6}))?", re.IGNORECASE | re.ASCII)


class NotAPhone(Refusal, ValueError):
    """The text is no telephone number that can be called in mainland China."""


def normalise_phone(text: str) -> str:
    """`text` as 11 digits of a mobile (13812345678) or a land line with area code (0512-65551234, extension 0512-65551234转801).

    Takes spaces, dashes, brackets, +86/0086 and full-width digits. Raises NotAPhone with a sentence for the person who typed it.
    """
    if _MOBILE.fullmatch(text):  # as most are written, and all that are stored
        return text
    digits = _COUNTRY.sub("", _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)))
    if _MOBILE.fullmatch(digits):
        return digits
    for candidate in (digits, f"0{digits}"):  # +86 512 … drops the 0 of the area code
        if found := _LAND_LINE.fullmatch(candidate):
            area, number, extension = found.groups()
            return f"{area}-{number}" + (f"转{extension}" if extension else "")
    raise NotAPhone(
        gettext("This is not a telephone number. Enter an 11-digit mobile number, or a land line with its area code.")
    )


def is_mobile(phone: str) -> bool:
    """Whether a normalised number can receive text messages."""
    return _MOBILE.fullmatch(phone) is not None
