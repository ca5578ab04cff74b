"""A template filled (填报): values at their cells, one row for each person, what changed by colour and by a word, and a sheet that tells it all.

What is put in is text or a number, never a formula, whatever it begins with.
"""

import io
import re
from copy import copy
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from shequtong.interchange.sheets_out.process.bounds import opened
from shequtong.interchange.sheets_out.process.stretch import stretch

NEW, CHANGED, GONE = "new", "changed", "gone"
FILLS = {NEW: "E2F0D9", CHANGED: "FFF2CC", GONE: "F8CBAD"}
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RECKONED, _LONGEST = ("=", "+", "-", "@", "\t", "\r"), 32_767


def filled(content: bytes, order: dict[str, Any]) -> bytes:
    """`order`: see `sheets_out/filling.py`. Raises RefusedBook."""
    book = opened(content)
    for one in order["sheets"]:
        sheet = book[one["name"]]
        for address, value, changed in one["cells"]:
            put(sheet[address], value)
            if changed:
                sheet[address].fill = _fill(CHANGED)
        if one["row"]:
            _rows(sheet, one["row"])
    if order["changes"]:
        _changes(book, order["changes"])
    book.properties.creator = book.properties.lastModifiedBy = order["who"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell: Any, value: Any) -> None:
    """A number as it is, all else as text."""
    if value is None or value == "":
        cell.value = None
    elif isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
    else:
        text = _UNFIT.sub("", str(value))[:_LONGEST]
        cell.value = text
        cell.data_type = "s"
        if text.startswith(_RECKONED):
            cell.quotePrefix = True


def _fill(kind: str) -> PatternFill:
    return PatternFill("solid", fgColor=FILLS[kind])


def _rows(sheet: Any, told: dict[str, Any]) -> None:
    at, rows = told["at"], told["rows"]
    columns = [column for row, column in sheet._cells if row == at]
    first, last = min(columns), max(columns)
    word = told["word_column"] or (_beside(sheet, at, last) if told["word_head"] else 0)
    if len(rows) > 1:
        stretch(sheet, at, len(rows) - 1)
    if not told["word_column"] and word:
        _word_column(sheet, at, word, told["word_head"])
    if not rows:
        for column in told["columns"]:
            put(sheet.cell(at, column), None)
        put(sheet.cell(at, told["columns"][0]), told["empty"])
    for down, row in enumerate(rows):
        for column, value in zip(told["columns"], row["values"], strict=True):
            put(sheet.cell(at + down, column), value)
        if word and row["word"]:
            cell = sheet.cell(at + down, word)
            if not told["word_column"]:
                cell._style = copy(sheet.cell(at + down, last)._style)
            put(cell, row["word"])
        marked = range(first, max(last, word) + 1) if row["mark"] == NEW else [*row["changed"], word] if row["mark"] else []
        for column in marked:
            if column:
                sheet.cell(at + down, column).fill = _fill(row["mark"])


def _beside(sheet: Any, at: int, last: int) -> int:
    """The first column right of the row whose heading is no part of a merged one."""
    column, ranges = last + 1, sheet.merged_cells.ranges
    while over := [
        one.max_col for one in ranges if one.min_row <= at - 1 <= one.max_row and one.min_col <= column <= one.max_col
    ]:
        column = max(over) + 1
    return column


def _word_column(sheet: Any, at: int, column: int, head: str) -> None:
    """A column more, right of the last, under a heading that looks as its neighbour."""
    above = sheet.cell(max(at - 1, 1), column)
    above._style = copy(sheet.cell(above.row, column - 1)._style)
    if at > 1:
        put(above, head)
    sheet.column_dimensions[get_column_letter(column)].width = 26


def _changes(book: Any, told: dict[str, Any]) -> None:
    name, taken = told["name"], set(book.sheetnames)
    sheet = book.create_sheet(name if name not in taken else f"{name} {len(taken)}")
    side = Side("thin", color="BFBFBF")
    frame = Border(left=side, right=side, top=side, bottom=side)
    put(sheet["A1"], told["title"])
    sheet["A1"].font = Font(bold=True, size=14)
    put(sheet["A2"], told["about"])
    sheet["A2"].font = Font(color="595959")
    for row, (kind, cells) in enumerate([("", told["head"]), *told["rows"]], 4):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            put(cell, value)
            cell.border = frame
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row == 4:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EEF4")
            elif column == 1:
                cell.fill = _fill(kind)
    for letter, width in zip("ABCDE", (10, 22, 22, 40, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
