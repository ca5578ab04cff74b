"""Room for many rows where one stood (行的展开): what lies below moves down, with heights, merged cells, formulas, ranges of printing and checking."""

import re
from copy import copy
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

_CELL = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)")
_WHOLE_ROWS = re.compile(r"\$?\d+:\$?\d+")
_ROW = re.compile(r"(\$?)(\d+)")


def stretch(sheet: Any, at: int, extra: int) -> None:
    """`extra` rows below row `at`, each looking as it does."""
    source = {column: cell for (row, column), cell in sheet._cells.items() if row == at}
    for row, column in sorted((key for key in sheet._cells if key[0] > at), reverse=True):
        cell = sheet._cells.pop((row, column))
        cell.row = row + extra
        sheet._cells[row + extra, column] = cell
    for row in sorted((row for row in sheet.row_dimensions if row > at), reverse=True):
        held = sheet.row_dimensions.pop(row)
        held.index = row + extra
        sheet.row_dimensions[row + extra] = held
    _formulas(sheet, at, extra)
    height = sheet.row_dimensions[at].height
    for row in range(at + 1, at + extra + 1):
        sheet.row_dimensions[row].height = height
        for column, cell in source.items():
            _like(sheet.cell(row, column), cell)
    _ranges(sheet, at, extra)


def _like(made: Any, source: Any) -> None:
    made._style = copy(source._style)
    value = source.value
    if isinstance(value, str) and source.data_type == "f":
        value = Translator(value, origin=source.coordinate).translate_formula(made.coordinate)
    made.value = value
    if source.data_type == "s" and isinstance(value, str):
        made.data_type = "s"


def _ranges(sheet: Any, at: int, extra: int) -> None:
    merged = [str(one) for one in sheet.merged_cells.ranges]
    sheet.merged_cells = MultiCellRange()
    for name in merged:
        one = CellRange(name)
        if one.min_row == one.max_row == at:
            for row in range(at, at + extra + 1):
                sheet.merged_cells.add(CellRange(min_row=row, max_row=row, min_col=one.min_col, max_col=one.max_col).coord)
        else:
            sheet.merged_cells.add(stretched(name, at, extra))
    if sheet.print_area:
        areas = [part.rpartition("!")[2] for part in str(sheet.print_area).split(",")]
        sheet.print_area = ",".join(stretched(area.replace("$", ""), at, extra) for area in areas)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = stretched(sheet.auto_filter.ref, at, extra)
    for check in sheet.data_validations.dataValidation:
        check.sqref = MultiCellRange(stretched(str(check.sqref), at, extra))
    kept, rules = sheet.conditional_formatting, ConditionalFormattingList()
    for one in kept:
        for rule in one.rules:
            rules.add(stretched(str(one.sqref), at, extra), rule)
    sheet.conditional_formatting = rules


def stretched(names: str, at: int, extra: int) -> str:
    """Ranges, apart by blanks, after the rows have moved: what ends at the row reaches over all of them."""
    return " ".join(_stretched(name, at, extra) for name in names.split())


def _stretched(name: str, at: int, extra: int, *, reaches: bool = True) -> str:
    first, colon, last = name.partition(":")
    part = _ROW if _WHOLE_ROWS.fullmatch(name) else _CELL  # 5:5; whole columns, B:B, hold all rows whatever moves

    def moved(found: re.Match[str], edge: int) -> str:
        row = int(found[2])
        return f"{found[1]}{row + extra if row >= edge else row}"

    begins = part.sub(lambda found: moved(found, at + 1), first)
    ends = part.sub(lambda found: moved(found, at if reaches else at + 1), last) if colon else ""
    return f"{begins}{colon}{ends}"


def _formulas(sheet: Any, at: int, extra: int) -> None:
    """=SUM(C5:C5) below the row, on another worksheet or under a name sums all of them; what names a row below follows it."""
    for other in sheet.parent.worksheets:
        for cell in other._cells.values():
            if cell.data_type == "f" and isinstance(cell.value, str):
                here = other is sheet
                # A formula of the row itself stands once a row, and sums its own: =SUM(B5:D5), =B5/B$6.
                cell.value = _moved(cell.value, sheet.title, here, at, extra, reaches=not (here and cell.row == at))
    for name in sheet.parent.defined_names.values():
        if isinstance(name.attr_text, str):
            name.attr_text = _moved(f"={name.attr_text}", sheet.title, False, at, extra, reaches=True)[1:]


def _moved(formula: str, title: str, here: bool, at: int, extra: int, *, reaches: bool) -> str:
    """`here`: it stands on the worksheet whose rows have moved, so that a range without a name is of it. `reaches`: what ends at the row reaches
    over all.
    """
    tokens: Any = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            named, bang, cells = token.value.rpartition("!")
            if here if not bang else named.strip("'").replace("''", "'").casefold() == title.casefold():
                token.value = f"{named}{bang}{_stretched(cells, at, extra, reaches=reaches)}"
    return str(tokens.render())
