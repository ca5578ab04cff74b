"""One cell as text, number or time (单元格): what cannot be read says why, in a sentence. Pure."""

import math
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_SHOWN = 60  # characters of a refused value
_MOST_DEGREES = 180.0


class BadCell(Refusal):
    """What stands in a column cannot be used."""

    def __init__(self, column: str, value: Any, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason
        plain = str(value).encode("utf-8", "replace").decode().replace("\x00", "␀")
        self.value = plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"


def text_of(column: str, value: Any) -> str:
    """The cell as text without its outer blanks; a whole number without its ".0". Raises BadCell for bytes that are no letters."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bytes):
        value = value.decode("utf-8", "surrogateescape")
    words = str(value)
    if not words.isascii() and any("\ud800" <= letter <= "\udfff" for letter in words):
        raise BadCell(column, value, _("It holds bytes that are no letters in the encoding of the file."))
    return words.replace("\x00", "").strip()


def number_of(column: str, value: Any) -> str:
    """A reference: text of one line, as it is. Raises BadCell."""
    if "\x00" in str(value):
        raise BadCell(column, value, _("A number with a NUL in it could be mistaken for another."))
    found = text_of(column, value)
    if not found:
        raise BadCell(column, value, _("It has no number."))
    if not found.isprintable():
        raise BadCell(column, value, _("A number is one line of text."))
    return found


def degrees_of(column: str, value: Any) -> float | None:
    """A coordinate; None when blank. Raises BadCell."""
    words = text_of(column, value)
    if not words:
        return None
    try:
        found = float(words)
    except ValueError:
        found = math.nan
    if not abs(found) <= _MOST_DEGREES:  # not a number neither
        raise BadCell(column, value, _("It is no coordinate in degrees."))
    return found


def time_of(column: str, value: Any, zone: ZoneInfo, formats: list[str], now: datetime) -> datetime | None:
    """A time in UTC; None when blank. Without a zone of its own it is of `zone`; a day alone is its first moment. Raises BadCell."""
    if not isinstance(value, datetime):
        if isinstance(value, date):
            value = datetime.combine(value, time())
        else:
            words = text_of(column, value)
            if not words:
                return None
            value = _read(column, words, formats)
    try:
        found: datetime = (value if value.tzinfo is not None else value.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise BadCell(column, value, _("It is no time.")) from error
    if found < _FIRST:
        raise BadCell(column, value, _("It lies before 1970."))
    if found > now:
        raise BadCell(column, value, _("It lies in the future."))
    return found


def _read(column: str, words: str, formats: list[str]) -> datetime:
    for one in formats:
        try:
            return datetime.strptime(words, one)  # noqa: DTZ007  # its zone is the mapping's
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(words)
    except ValueError as error:
        raise BadCell(column, words, _("It is no time in a format of the mapping.")) from error
