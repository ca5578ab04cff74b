"""What stands in a template (模板内容): each cell that holds a placeholder, by sheet and address."""

import re
from collections.abc import Iterator
from typing import Any

from shequtong.interchange.sheets_out.process.bounds import MOST_MARKS, RefusedBook, opened

# Formulas that reach out of the workbook, or run something.
_OUTSIDE = re.compile(r"\||\[|WEBSERVICE|HYPERLINK|FILTERXML|IMAGE\(|RTD\(|DDE|CALL\(|REGISTER|EXEC\(|IMPORT", re.IGNORECASE)
_LONGEST = 2000
_QUOTED = re.compile(r'"[^"]*"')


def looked(content: bytes) -> dict[str, Any]:
    """{"sheets": [{"name", "cells": [[address, row, column, text], …]}]}. Raises RefusedBook."""
    book, marks, sheets = opened(content), 0, []
    for name, told in book.defined_names.items():
        if _OUTSIDE.search(str(told.attr_text)):
            raise RefusedBook("name", name)
    for sheet in book.worksheets:
        for where, formula in _beside(sheet):
            if _OUTSIDE.search(_QUOTED.sub("", formula)):  # words to choose from may hold anything
                raise RefusedBook("formula", sheet.title, where)
        cells = []
        for (row, column), cell in sorted(sheet._cells.items()):
            value = cell.value
            if value is None:
                continue
            if cell.data_type == "f":
                if not isinstance(value, str) or _OUTSIDE.search(value):
                    raise RefusedBook("formula", sheet.title, cell.coordinate)
            elif isinstance(value, str) and ("{{" in value or "｛｛" in value):
                cells.append([cell.coordinate, row, column, value[:_LONGEST]])
                marks += 1
        sheets.append({"name": sheet.title, "cells": cells})
    if marks > MOST_MARKS:
        raise RefusedBook("marks", MOST_MARKS)
    return {"sheets": sheets}


def _beside(sheet: Any) -> Iterator[tuple[str, str]]:
    """Formulas that stand in no cell, with where: of names, of what may be typed, of formats."""
    for name, told in sheet.defined_names.items():
        yield name, str(told.attr_text)
    for check in sheet.data_validations.dataValidation:
        yield str(check.sqref), f"{check.formula1 or ''} {check.formula2 or ''}"
    for one in sheet.conditional_formatting:
        for rule in one.rules:
            yield str(one.sqref), " ".join(map(str, rule.formula))
