"""Sheets of a workbook as grids of text (表格读入): merged cells filled, numbers as they are shown, nothing that would fill the memory.

calamine gives the first cell of a merged range its value and the others blanks, so the ranges are filled here. What would not fit is
refused before it is read (core.workbooks).
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from shequtong.core.workbooks import MOST_CELLS, CannotRead, look_before

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 48 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 20_000, 200
_CONTROLS = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_BROKEN = re.compile(
    r"(?<=[\u4e00-\u9fff、，；：]) *[\r\n]+ *(?=[\u4e00-\u9fff])"
)  # a line broken in the middle of a Chinese phrase


@dataclass(frozen=True)
class Sheet:
    """A sheet: `cells` from its first row and column on; `filled` are cells (row, column) that a merged range gave their text."""

    name: str
    cells: list[list[str]]
    filled: frozenset[tuple[int, int]]
    hidden: bool = False


def read_workbook(content: bytes) -> list[Sheet]:
    """All work sheets, hidden ones without their cells. Raises CannotRead with what to do about it."""
    if len(content) > MAX_BYTES:
        raise CannotRead(_("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 1024 // 1024})
    look_before(content, rows=MAX_ROWS, columns=MAX_COLUMNS, unpacked=MAX_UNPACKED)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_sheet(book, seen.name, seen.visible) for seen in book.sheets_metadata if seen.typ == SheetTypeEnum.WorkSheet]
    except (CalamineError, ValueError, OSError) as error:
        raise CannotRead(_("The file cannot be read as a workbook. Open it, save it again as .xlsx, and send that.")) from error


def column_letters(place: int) -> str:
    """A column as the spreadsheet names it: 0 is A."""
    place, letters = place + 1, ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet(book: CalamineWorkbook, name: str, visible: SheetVisibleEnum) -> Sheet:
    if visible != SheetVisibleEnum.Visible:
        return Sheet(name, [], frozenset(), hidden=True)
    found = book.get_sheet_by_name(name)
    cells = [[_text(value) for value in row] for row in found.to_python(skip_empty_area=False)]
    filled, done = set(), 0
    for (top, left), (bottom, right) in found.merged_cell_ranges or []:
        for row, column in _inside(cells, top, left, bottom, right):
            done += 1
            if done > MOST_CELLS:  # ranges over one another
                raise CannotRead(_("The workbook is too large to be such a table."))
            if (row, column) != (top, left):
                cells[row][column] = cells[top][left]
                filled.add((row, column))
    return Sheet(name, cells, frozenset(filled))


def _inside(cells: list[list[str]], top: int, left: int, bottom: int, right: int) -> Iterator[tuple[int, int]]:
    for row in range(top, min(bottom + 1, len(cells))):
        for column in range(left, min(right + 1, len(cells[row]))):
            yield row, column


def _text(value: Any) -> str:
    """A cell as a person reads it: 1.0 is 1, a date is a day, line breaks are spaces (none between Chinese words), invisible marks are gone."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    return " ".join(_BROKEN.sub("", _CONTROLS.sub("", str(value))).split())
