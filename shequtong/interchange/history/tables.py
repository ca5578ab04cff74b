"""Rows of a file of any size (读表): CSV (also .gz), XLSX, Parquet, one row at a time, numbered from 1 without the header.

A CSV file is UTF-8 (with or without its mark), UTF-16 with its mark, or GB18030 as Chinese offices save it. Where it is none of them it
is read as UTF-8 and each row with a byte that is not is refused by itself. An XLSX file is held in memory whole, hence its limit.
"""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from shequtong.core.refusals import Refusal
from shequtong.core.workbooks import look_before

KINDS = (".csv", ".csv.gz", ".xlsx", ".parquet")
MORE = "\0more"  # no header can be called so; under this name, cells of a row that stand behind the last column
_AT_ONCE = 1000
_CHUNK = 1 << 20
_LONGEST_CELL = 16 << 20  # characters
_XLSX_BYTES, _XLSX_UNPACKED, _XLSX_ROWS, _XLSX_COLUMNS = 64 << 20, 512 << 20, 1_048_576, 200
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Row = tuple[int, dict[str, Any]]


class CannotReadFile(Refusal):
    """The file is none of the kinds, or broken."""


def digest_of(*paths: Path, said: str = "") -> str:
    """SHA-256 over what was said and the files, one after the other: what tells that a run goes on with the same."""
    found = hashlib.sha256(said.encode() + b"\0" if said else b"")
    for path in paths:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                found.update(piece)
        found.update(b"\0")
    return found.hexdigest()


class Table:
    """A file as rows; opening it reads the header alone. Raises CannotReadFile."""

    def __init__(self, path: Path) -> None:
        self.path = path
        name = path.name.lower()
        kind = next((kind for kind in KINDS if name.endswith(kind)), "")
        if not kind:
            raise CannotReadFile(_("The file must end in one of %(kinds)s.") % {"kinds": ", ".join(KINDS)})
        self._read = {".xlsx": self._sheet, ".parquet": self._parquet}.get(kind, self._csv)
        self.encoding = _encoding(path) if "csv" in kind else ""
        with _in_words():
            self.header = next(self._read(), (0, {}))[1].get("", [])
        if len(set(self.header)) != len(self.header):
            twice = sorted({one for one in self.header if self.header.count(one) > 1})
            raise CannotReadFile(_("Columns stand twice: %(names)s") % {"names": ", ".join(twice)})

    def rows(self, after: int = 0) -> Iterator[Row]:
        """Rows behind number `after`."""
        with _in_words():
            found = self._read()
            next(found, None)
            yield from (row for row in found if row[0] > after)

    # Each reader yields the header first, as row 0 under the name "".

    def _csv(self) -> Iterator[Row]:
        csv.field_size_limit(_LONGEST_CELL)
        with _opened(self.path) as raw, io.TextIOWrapper(raw, self.encoding, errors="surrogateescape", newline="") as text:
            lines = csv.reader(text)
            header = [name.strip() for name in next(lines, [])]
            yield 0, {"": header}
            number = 0
            for line in lines:
                if line:  # an empty line is no row
                    number += 1
                    more = [cell for cell in line[len(header) :] if cell.strip()]  # a comma at the end is no cell
                    line += [""] * (len(header) - len(line))
                    row = dict(zip(header, line, strict=False))
                    yield number, {**row, MORE: more} if more else row

    def _sheet(self) -> Iterator[Row]:
        if self.path.stat().st_size > _XLSX_BYTES:
            raise CannotReadFile(_("The workbook is too large; save it as CSV."))
        content = self.path.read_bytes()
        look_before(content, rows=_XLSX_ROWS, columns=_XLSX_COLUMNS, unpacked=_XLSX_UNPACKED)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = iter(book.get_sheet_by_index(0).to_python(skip_empty_area=False))
        header = [str(name).strip() for name in next(sheet, [])]
        while header and not header[-1]:
            header.pop()
        yield 0, {"": header}
        number = 0
        for cells in sheet:
            if any(cell != "" for cell in cells):
                number += 1
                yield number, dict(zip(header, cells, strict=False))

    def _parquet(self) -> Iterator[Row]:
        import pyarrow as pa  # 33 MB, which a process that serves pages never needs
        import pyarrow.parquet as pq

        try:
            with pq.ParquetFile(self.path) as file:
                yield 0, {"": list(file.schema_arrow.names)}
                number = 0
                for batch in file.iter_batches(batch_size=_AT_ONCE):
                    for row in batch.to_pylist():
                        number += 1
                        yield number, row
        except pa.ArrowException as error:  # not each of its kinds is a ValueError
            raise ValueError(str(error)) from error


@contextmanager
def _in_words() -> Iterator[None]:
    """What the readers of the formats complain of, as a sentence."""
    try:
        yield
    except (OSError, EOFError, ValueError, csv.Error, CalamineError, IndexError) as error:
        raise CannotReadFile(_("The file cannot be read: %(why)s") % {"why": str(error)[:200]}) from error


def _opened(path: Path) -> gzip.GzipFile | io.BufferedReader:
    """The bytes of a file, unpacked when it is packed."""
    return gzip.GzipFile(path) if path.name.lower().endswith(".gz") else path.open("rb")


def _encoding(path: Path) -> str:
    """By its mark; else UTF-8 when all of it is, else GB18030 when all of it is, else UTF-8 with what cannot be read kept as it is."""
    with _in_words(), _opened(path) as file:
        start = file.read(4)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    return next((name for name in ("utf-8", "gb18030") if _all_is(path, name)), "utf-8")


def _all_is(path: Path, encoding: str) -> bool:
    try:
        with _in_words(), _opened(path) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
            while text.read(_CHUNK):
                pass
    except CannotReadFile as error:
        if isinstance(error.__cause__, UnicodeDecodeError):
            return False
        raise
    return True
