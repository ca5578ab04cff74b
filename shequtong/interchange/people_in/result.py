"""The file of refused rows (未导入的行): the original cells, the wrong ones filled with colour, why in a column of its own; mended, it comes in again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from shequtong.interchange.people_in.cells import text_of
from shequtong.interchange.people_in.table import Cell, Row

WHY, ORIGINAL = "原因", "原行号"  # as `fields.IGNORED` knows them, whatever the language
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDEST, _LONGEST = 40, 32_767
_RECKONED = ("=", "+", "-", "@", "\t", "\r")


def write_refused(path: Path, names: Sequence[str], rows: Iterable[tuple[Row, Mapping[int, str]]], title: str) -> int:
    """Write the rows with their reasons; how many. Everything stays the text it was, days stay days."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent), **plain})
    sheet, count = book.add_worksheet(), 0
    form = _Forms(book)
    headings = [ORIGINAL, *(name.partition(" (")[0] for name in names), WHY]
    for column, name in enumerate(headings):
        sheet.write_string(0, column, _fit(name), form.head)
    try:
        for (number, cells), why in rows:
            count += 1
            sheet.write_number(count, 0, number, form.quiet)
            for column in range(len(names)):
                _write(sheet, count, column + 1, cells[column] if column < len(cells) else None, form, bad=column in why)
            words = "；".join(f"{names[at]}：{text}" if 0 <= at < len(names) else text for at, text in sorted(why.items()))
            sheet.write_string(count, len(names) + 1, _fit(words), form.why)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, len(names), 16)
        sheet.set_column(len(names) + 1, len(names) + 1, _WIDEST * 2)
        book.set_properties({"title": title, "comments": _("Mend the coloured cells and send this very file again.")})
    finally:
        book.close()
    return count


class _Forms:
    def __init__(self, book: Any) -> None:
        colour, text = {"bg_color": "#FFD6D6"}, {"num_format": "@", "valign": "top"}
        day, wrap = {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}, {"text_wrap": True}
        self.head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, **wrap})
        self.quiet = book.add_format({"font_color": "#555555", "valign": "top"})
        self.why = book.add_format({"font_color": "#9C0006", "valign": "top", **wrap})
        self.text = {False: book.add_format(text), True: book.add_format({**text, **colour})}
        self.quoted = {
            False: book.add_format({**text, "quote_prefix": True}),
            True: book.add_format({**text, **colour, "quote_prefix": True}),
        }
        self.day = {False: book.add_format(day), True: book.add_format({**day, **colour})}


def _write(sheet: Any, row: int, column: int, cell: Cell, form: _Forms, *, bad: bool) -> None:
    """Numbers come back as text: a document's number that is mended in a cell of text keeps its digits."""
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, form.day[bad])
        return
    words = _fit(str(cell) if isinstance(cell, float | int) and not isinstance(cell, bool) else text_of(cell))
    if words:
        sheet.write_string(row, column, words, (form.quoted if words.startswith(_RECKONED) else form.text)[bad])
    elif bad:
        sheet.write_blank(row, column, None, form.text[True])


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)[:_LONGEST]
