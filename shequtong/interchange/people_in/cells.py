"""One cell understood (单元格): text, number, day, telephone, yes or no; what cannot be says why, in a sentence. Pure.

Tables hold numbers as text and text as numbers, full-width digits, blanks between characters, days written in seven ways.
"""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from shequtong.core.phones import NotAPhone, normalise_phone
from shequtong.core.refusals import Refusal
from shequtong.core.sealed.masks import STARS
from shequtong.interchange.people_in.table import Cell

EXACT = 15  # digits a spreadsheet keeps of a number
_FIRST_SERIAL, _LAST_SERIAL, _EPOCH = 1, 73_050, date(1899, 12, 30)  # as spreadsheets count days; 2099-12-31
_DAY = re.compile(r"(\d{4})\s*[-./年\\]\s*(\d{1,2})\s*[-./月\\]\s*(\d{1,2})\s*日?(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?")
_EIGHT, _SERIAL, _MONTH = re.compile(r"(\d{4})(\d{2})(\d{2})"), re.compile(r"\d{4,5}"), re.compile(r"\d{4}[-./年]\d{1,2}月?")
YES, NO = (
    frozenset(["是", "有", "y", "yes", "true", "1", "√", "✓", "在"]),
    frozenset(["否", "无", "没有", "不", "n", "no", "false", "0", "×", "x", "不在"]),
)
_DOTS = re.compile(r"\s*[•・．.‧∙●⋅]\s*")
_FOREVER = frozenset({"长期", "永久", "长期有效"})


class BadCell(Refusal):
    """What stands there cannot be used."""


def text_of(cell: Cell) -> str:
    """As text: a whole number without its ".0", blanks and invisible characters at the ends gone."""
    if type(cell) is str and cell.isprintable():  # nearly every cell; of blanks only the plain one is printable
        return cell.strip(" ")
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, date):
        return cell.isoformat()
    words = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if not words.isprintable():
        words = "".join(one for one in words if one in "\n\t " or unicodedata.category(one) not in ("Cf", "Cc"))
    return words.strip(" \u3000\u00a0\n\t\r")


def plain_of(cell: Cell) -> str:
    """Half width, blanks gone: for numbers, codes, telephones."""
    if type(cell) is str and cell.isalnum() and unicodedata.is_normalized("NFKC", cell):
        return cell
    return "".join(unicodedata.normalize("NFKC", text_of(cell)).split()).lstrip("'`’‘")


def name_of(cell: Cell) -> str:
    """A name: 张 三 is 张三, dots between parts are one dot; Latin names keep their blanks. Raises BadCell for a mask or a number."""
    words = text_of(cell)
    unmasked(words)
    if isinstance(cell, int | float | date) and not isinstance(cell, bool):
        raise BadCell(_("A number stands where a name should. Is the column the right one?"))
    words = unicodedata.normalize("NFKC", words) if words.isascii() or not words.startswith("=") else words
    if not words.isascii() and max(words) >= "\u3400":
        if words.isalpha():
            return words
        return _DOTS.sub("·", "".join(words.split()))
    return " ".join(words.split())


def id_of(cell: Cell) -> str:
    """A document's number in half width. Raises BadCell for one that the spreadsheet has cut, or a mask."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and len(f"{cell:.0f}") > EXACT:
        raise BadCell(
            _(
                "The last three digits were lost: the table kept only 15 of the 18 as a number. Format the column as text and enter it again."
            )
        )
    words = plain_of(cell)
    unmasked(words)
    return words.upper()


def phones_of(cell: Cell) -> list[str]:
    """One telephone or several, apart by a stroke, comma or blank. Raises BadCell."""
    words = unicodedata.normalize("NFKC", text_of(cell)).lstrip("'")
    unmasked(words)
    try:
        return [normalise_phone(words)]
    except NotAPhone as wrong:
        parts = [part for part in re.split(r"[/,;、，；|\n]+|\s+", words) if part]
        if len(parts) < 2:
            raise BadCell(str(wrong)) from None
    try:
        return [normalise_phone(part) for part in parts]
    except NotAPhone as wrong:
        raise BadCell(str(wrong)) from None


def day_of(cell: Cell, *, today: date | None = None) -> date | None:
    """A day in any of the usual ways, a spreadsheet's serial too. `today`: it may not lie behind it. Raises BadCell."""
    found = _day(cell)
    if found is not None and found.year < 1870:
        raise BadCell(_("This day lies too far back."))
    if found is not None and today is not None and found > today:
        raise BadCell(_("This day lies in the future."))
    return found


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return cell
    if type(cell) is str:
        return _day_in(cell)
    return _day_of(cell)


@lru_cache(maxsize=2048)
def _day_in(cell: str) -> date | None:
    """Many moved in on the same day."""
    return _day_of(cell)


def _day_of(cell: Cell) -> date | None:
    words = unicodedata.normalize("NFKC", text_of(cell))
    if not words or words in _FOREVER:
        return None
    try:
        if found := _DAY.fullmatch(words) or _EIGHT.fullmatch(words.removesuffix(".0")):
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise BadCell(_("There is no such day in the calendar.")) from None
    if isinstance(cell, float) and not cell.is_integer() and 1870 < cell < 2100:
        raise BadCell(_("The day of the month is missing. Enter it like 1990-01-05."))
    if _SERIAL.fullmatch(words) and not 1870 < int(words) < 2100 and _FIRST_SERIAL <= int(words) <= _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(words))
    if _MONTH.fullmatch(words):
        raise BadCell(_("The day of the month is missing. Enter it like 1990-01-05."))
    raise BadCell(_("This is no day. Enter it like 1990-01-05."))


def flag_of(cell: Cell) -> bool | None:
    """Yes, no, None where nothing is said. Raises BadCell."""
    words = plain_of(cell).casefold()
    if not words:
        return None
    if words in YES:
        return True
    if words in NO:
        return False
    raise BadCell(_("Enter yes or no."))


def unmasked(words: str) -> None:
    """Raises BadCell for a text of which somebody has hidden a part."""
    if not words.isalnum() and any(star in words for star in STARS):
        raise BadCell(_("Part of it is hidden by stars. Enter the whole of it."))
