"""What stands in a template (模板内容): each cell that holds a placeholder, by sheet and address."""

import re
from typing import Any

from shequtong.interchange.sheets_out.process.bounds import MOST_MARKS, RefusedBook, opened

# Formulas that reach out of the workbook, or run something.
_OUTSIDE = re.compile(r"\||\[|WEBSERVICE|HYPERLINK|FILTERXML|IMAGE\(|RTD\(|DDE|CALL\(|REGISTER|EXEC\(|IMPORT", re.IGNORECASE)
_LONGEST = 2000


def looked(content: bytes) -> dict[str, Any]:
    """{"sheets": [{"name", "cells": [[address, row, column, text], …]}]}. Raises RefusedBook."""
    book, marks, sheets = opened(content), 0, []
    for sheet in book.worksheets:
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
