"""A table of people, row by row (读表): what the reader's process gives, and its refusals in words a clerk understands."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal

MAX_BYTES = 30 << 20
Cell = str | int | float | bool | date | None
Row = tuple[int, list[Cell]]
_READER = Path(__file__).with_name("reader.py")


class CannotReadTable(Refusal):
    """The file is no table that can be read."""


def rows_of(content: bytes, most: int = 0) -> Iterator[Row]:
    """Rows that are not empty, with their numbers in the file; the first `most`, else all. Raises CannotReadTable."""
    with Reading(content, most) as rows:
        yield from rows


class Reading:
    """The rows of one table, read once: its process opens the file while others prepare, and who has seen the first rows reads on.

    Opening a workbook of 64,000 rows takes longer than guessing by its first sixty. Within `with`; CannotReadTable where it is begun or read.
    """

    def __init__(self, content: bytes, most: int = 0) -> None:
        if len(content) > MAX_BYTES:
            raise CannotReadTable(_words("bytes", [MAX_BYTES >> 20]))
        argv = [sys.executable, "-P", str(_READER), *([str(most)] if most else [])]
        env = {"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        self._child = subprocess.Popen(argv, env=env, stdin=pipe, stdout=pipe, stderr=nowhere)  # noqa: S603  # our own program
        self._seen, self._rows = list[Row](), _read(self._child)
        _give(self._child, content)

    def __enter__(self) -> "Reading":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._child.kill()
        self._child.__exit__(None, None, None)  # its pipes closed, itself waited for

    def first(self, count: int) -> list[Row]:
        """The first so many, which stand before the others still."""
        self._seen += islice(self._rows, max(0, count - len(self._seen)))
        return self._seen[:count]

    def __iter__(self) -> Iterator[Row]:
        """All of them, once."""
        seen, self._seen = self._seen, []
        yield from seen
        yield from self._rows


def _give(child: Any, content: bytes) -> None:
    try:
        child.stdin.write(content)
        child.stdin.close()
    except BrokenPipeError:
        pass  # it says why, or is dead


def _read(child: Any) -> Iterator[Row]:
    begun = False
    for line in child.stdout:
        found = json.loads(line)
        if isinstance(found, dict):
            if "refused" in found:
                raise CannotReadTable(_words(found["refused"], found["told"]))
            begun = True
            continue
        yield found[0], [_cell(cell) for cell in found[1]]
    if child.wait() != 0 or not begun:
        raise CannotReadTable(_words("large", []))


def _cell(cell: Any) -> Cell:
    return date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell


def _words(code: str, told: list[int]) -> str:
    number = {"n": told[0] if told else 0}
    return {
        "bytes": _("The file is larger than %(n)s MB. Divide the table and send the parts one after the other.") % number,
        "rows": _("The table has more than %(n)s rows. Divide it and send the parts one after the other.") % number,
        "columns": _("The table has more than %(n)s columns. Delete what stands far to the right and save again.") % number,
        "large": _("The table takes more memory than one may. Divide it, and delete sheets and columns that are not needed."),
        "empty": _("There is nothing in this file."),
        "encrypted": _("The file is protected by a password. Open it, save it without one, and send that."),
        "html": _("The file is a web page that calls itself a table. Open it, save it as .xlsx, and send that."),
        "ods": _("Tables of LibreOffice (.ods) are not read. Open it, save it as .xlsx, and send that."),
        "damaged": _("The file is damaged and cannot be opened. Open it, save it as .xlsx, and send that."),
        "encoding": _("The letters of this text file cannot be read. Save it as .xlsx, and send that."),
    }.get(code, _("The file is no table. Send a workbook (.xlsx, .xls) or a text file (.csv)."))
