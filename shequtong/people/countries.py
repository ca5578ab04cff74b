"""Countries (国籍): the three letters of GB/T 2659 that a row holds. Pure."""

from typing import Final

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal

_SAID: Final = {"中国": "CHN", "中华人民共和国": "CHN"}


class NotACountry(Refusal, ValueError):
    """The text is no country's letters."""


def country_of(text: str) -> str:
    """Three letters; 中国 is understood. Raises NotACountry."""
    letters = _SAID.get(text, text.upper())
    if len(letters) != 3 or not (letters.isascii() and letters.isalpha()):
        raise NotACountry(_("Enter the country by its three letters, like CHN."))
    return letters
