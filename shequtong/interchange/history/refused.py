"""The list of refused rows (未导入明细): a CSV file that Excel opens; row, column, value cut short, reason."""

import csv
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.interchange.history.look import Line

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class RefusedFile:
    """Begun anew by a new run; one that goes on keeps what stands before its position, so that no row is listed twice."""

    def __init__(self, path: Path, position: int, *, goes_on: bool) -> None:
        self.path = path
        kept = self._before(position) if goes_on and path.is_file() else []
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([self._header(), *kept])

    def add(self, lines: Sequence[Line]) -> None:
        """Add those of the lines that were refused."""
        rows = [[line.number, line.bad.column, _harmless(line.bad.value), line.bad.reason] for line in lines if line.bad]
        with self.path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    def _header(self) -> list[str]:
        return [pgettext("of a table", "Row"), pgettext("of a table", "Column"), _("Value"), _("Reason")]

    def _before(self, position: int) -> list[list[str]]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))[1:]
        return [row for row in rows if len(row) == len(self._header()) and row[0].isdigit() and int(row[0]) <= position]


def _harmless(value: str) -> str:
    """What a spreadsheet would reckon as a formula, as text."""
    return f"'{value}" if value.startswith(_FORMULA) else value
