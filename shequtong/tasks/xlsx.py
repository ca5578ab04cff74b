"""Tables as XLSX (导出表格): any number of rows in little memory, with who exported them, when, and by which filter.

Whatever people typed stays text: "=cmd|…" is shown and never reckoned, also when somebody saves the table in another format.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.core.places import place
from shequtong.core.refusals import Refusal
from shequtong.tasks.kinds import NewFile, Run

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_000_000  # Excel's sheet ends soon after
LONGEST_CELL = 32_767
NARROWEST, WIDEST = 6, 50  # characters of a column
HEAD = 3  # title, who and when, names of the columns
_RECKONED = ("=", "+", "-", "@", "\t", "\r")
_UNFIT_FOR_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
# Characters that XML cannot carry.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = str | int | float | bool | datetime | date | None


class TooManyRows(Refusal):
    """More rows than a sheet holds."""


@dataclass(frozen=True)
class Table:
    """What stands above the rows: title, `about` (name and value of who exported it, when, what was filtered), names of the columns."""

    title: str
    about: Sequence[tuple[str, str]]
    columns: Sequence[str]
    zone: tzinfo


def export(
    run: Run, *, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], filters: str = "", total: int = 0
) -> tuple[NewFile, int]:
    """The result file of a task with one table, and how many rows it has. `filters` says in words what was left out, "" for nothing.

    Raises TooManyRows, and what `run.progress` raises.
    """
    zone = place(run.task.subdistrict_id).zone
    at = timezone.localtime(run.now, zone)
    who = " · ".join(part for part in (run.actor.name, run.actor.post) if part)
    about = (
        (pgettext("export", "Exported by"), who),
        (pgettext("export", "Time"), f"{at:%Y-%m-%d %H:%M}"),
        (pgettext("export", "Filter"), filters or pgettext("export", "none")),
    )
    path = run.folder / "table.xlsx"
    count = write(path, Table(title, about, columns, zone), _watched(rows, run, total))
    name = _UNFIT_FOR_NAMES.sub(" ", title).strip()[:80]
    return NewFile(f"{name} {at:%Y-%m-%d %H%M}.xlsx", XLSX, path), count


def write(path: Path, table: Table, rows: Iterable[Sequence[Cell]]) -> int:
    """Write one sheet to `path`; how many rows. Rows are written as they come; what waits lies in a private folder beside."""
    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": table.title, "author": table.about[0][1] if table.about else ""})
    sheet = _Sheet(book, table)
    try:
        for row in rows:
            sheet.add(row)
        sheet.finish()
    finally:
        book.close()
    return sheet.count


def _watched(rows: Iterable[Sequence[Cell]], run: Run, total: int) -> Iterable[Sequence[Cell]]:
    for number, row in enumerate(rows, 1):
        yield row
        run.progress(number, max(number, total) if total else 0)


class _Sheet:
    """The rows of one sheet from top to bottom; each column as wide as its widest cell, within bounds."""

    def __init__(self, book: Any, table: Table) -> None:
        self.count, self._table = 0, table
        self._sheet = book.add_worksheet()
        text = {"text_wrap": True, "valign": "top"}
        self._text = book.add_format(text)
        self._quoted = book.add_format({**text, "quote_prefix": True})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self._number = book.add_format({"valign": "top"})
        self._widths = [_width(name) + 3 for name in table.columns]
        self._head(book)

    def _head(self, book: Any) -> None:
        title = book.add_format({"bold": True, "font_size": 14})
        quiet = book.add_format({"font_color": "#555555"})
        name = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self._sheet.write_string(0, 0, _fit(self._table.title), title)
        self._sheet.write_string(1, 0, _fit("    ".join(f"{key}: {value}" for key, value in self._table.about)), quiet)
        for column, label in enumerate(self._table.columns):
            self._sheet.write_string(2, column, _fit(label), name)
        self._sheet.freeze_panes(HEAD, 0)
        self._sheet.repeat_rows(HEAD - 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&P / &N")

    def add(self, row: Sequence[Cell]) -> None:
        if self.count >= MOST_ROWS:
            raise TooManyRows(_("More than %(n)s rows do not fit into one table. Please narrow the filter.") % {"n": MOST_ROWS})
        for column, cell in enumerate(row):
            self._write(HEAD + self.count, column, cell)
        self.count += 1

    def _write(self, row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            cell = pgettext("export", "Yes") if cell else pgettext("export", "No")
        if isinstance(cell, str):
            shown = _fit(cell)
            self._sheet.write_string(row, column, shown, self._quoted if shown.startswith(_RECKONED) else self._text)
        elif isinstance(cell, datetime):
            shown = "0000-00-00 00:00"
            self._sheet.write_datetime(row, column, timezone.make_naive(cell, self._table.zone), self._moment)
        elif isinstance(cell, date):
            shown = "0000-00-00"
            self._sheet.write_datetime(row, column, cell, self._day)
        else:
            shown = str(cell)
            self._sheet.write_number(row, column, cell, self._number)
        if self._widths[column] < WIDEST:
            self._widths[column] = max(self._widths[column], _width(shown) + 1)

    def finish(self) -> None:
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, min(WIDEST, max(NARROWEST, width)))
        if self.count and self._table.columns:
            self._sheet.autofilter(HEAD - 1, 0, HEAD - 1 + self.count, len(self._table.columns) - 1)


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)[:LONGEST_CELL]


def _width(text: str) -> int:
    """Columns a text takes; a Chinese character is as wide as two letters."""
    line = max(text.split("\n"), key=len) if "\n" in text else text
    return len(line) if line.isascii() else sum(1 if ord(character) < 0x1100 else 2 for character in line)
