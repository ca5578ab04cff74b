"""A workbook looked into before it is read (表格预检): what is no .xlsx, or would be laid out as more cells than fit, is refused unread.

calamine lays a sheet out as one rectangle from its first cell to its last, and opens other formats by itself (.ods may say "this cell,
a million times" in one line): one stray cell in the far corner of a small file would take all memory of the process.
"""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal

MOST_CELLS = 1_000_000  # of all sheets, as rectangles
_MOST_PARTS = 1000
_MUST, _OTHERS = "xl/workbook.xml", frozenset({"xl/workbook.bin", "content.xml"})
_CELL = re.compile(rb"<(?:[\w.-]+:)?c\s(?:[^<]*?\s)?r\s*=\s*[\"']\s*([A-Za-z]+)(\d+)")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\s(?:[^<]*?\s)?r\s*=\s*[\"']\s*(\d+)")
# Positions may be left out: then cells and rows follow one another.
_A_ROW, _A_CELL = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]"), re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_LONGEST_NUMBER, _LONGEST_LETTERS, _BEYOND = 7, 3, 10_000_000


class CannotRead(Refusal):
    """The file is no workbook, or too large a one."""


def look_before(content: bytes, *, rows: int, columns: int, unpacked: int) -> None:
    """Raise CannotRead, with what to do about it, unless this is an .xlsx whose sheets end within `rows` and `columns`.

    `unpacked` is how many bytes its parts may have together.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            names = {entry.filename.lower() for entry in entries}
            if _MUST not in names or names & _OTHERS:
                raise _no_workbook()
            if sum(entry.file_size for entry in entries) > unpacked or len(entries) > _MOST_PARTS:
                raise CannotRead(_("The workbook is too large to be such a table."))
            # A sheet may have any name.
            if sum(_measured(packed.read(entry), rows, columns) for entry in entries) > MOST_CELLS:
                raise CannotRead(_("The workbook is too large to be such a table."))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _no_workbook() from error


def _no_workbook() -> CannotRead:
    return CannotRead(_("The file is no .xlsx workbook. Open it, save it as .xlsx, and send that."))


def _measured(text: bytes, rows: int, columns: int) -> int:
    """Cells of the rectangle a part would be laid out as: its last row and column by what it says, and by counting."""
    parts = _A_ROW.split(text)
    last, widest = len(parts) - 1, 0
    if last:
        widest = max(sum(1 for _found in _A_CELL.finditer(part)) for part in parts)
    for row in _ROW.findall(text):
        last = max(last, _number(row))
    for letters, row in _CELL.findall(text):
        last, widest = max(last, _number(row)), max(widest, _column(letters))
    if last > rows or widest > columns:
        words = _(
            "A cell stands outside the first %(rows)s rows and %(columns)s columns. Delete what stands there and save again."
        )
        raise CannotRead(words % {"rows": rows, "columns": columns})
    return last * widest


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _BEYOND


def _column(letters: bytes) -> int:
    if len(letters) > _LONGEST_LETTERS:
        return _BEYOND
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
