"""Reads a table in a process of its own (读表进程): the file comes in by stdin, rows go out as lines of JSON. Knows nothing of the project.

What a broken, huge or wicked file does to memory, it does to this process, which may have `MEMORY` bytes and `SECONDS` of work, and
whose end is a refusal. The first line is {"kind": …} or {"refused": code, …}; each further one [number of the row, cells]. A cell is text,
number, true, false, null or {"d": day}. Cells of a merged range all hold what its first one holds. Empty rows are left out.
"""

import csv
import datetime as dt
import io
import json
import os
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

MEMORY, SECONDS = 480 << 20, 120
KINDNESS = 10  # pages of others go before
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 300, 4_500_000
_UNPACKED, _PARTS, _CHUNK = 1 << 30, 1000, 1 << 20
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_BEGIN, _FILEPASS = b"\x09\x08\x10\x00\x00\x06", 0x2F  # records of .xls
_CELL = re.compile(rb"<(?:\w+:)?c r=[\"']([A-Z]{1,7})")
_ROW = re.compile(rb"<(?:\w+:)?row [^<>]*?\br=[\"'](\d{1,9})")
_HTML = re.compile(rb"^\s*(?:<!doctype html|<html|<table|<\?xml|<meta|MIME-Version)", re.IGNORECASE)
_MERGED_AREA = 50_000


class RefusedFile(Exception):
    """`args`: the code of a reason and its numbers."""


def main() -> None:
    """Refusals are told, not raised."""
    os.nice(KINDNESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    most = int(sys.argv[1]) if len(sys.argv) > 1 else MOST_ROWS + 1
    out = sys.stdout
    try:
        for line in lines(sys.stdin.buffer.read(), most):
            out.write(line)
    except RefusedFile as refused:
        out.write(json.dumps({"refused": refused.args[0], "told": refused.args[1:]}) + "\n")
    except MemoryError:
        out.write('{"refused": "large", "told": []}\n')
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what the reader in Rust calls its own end; it is no Exception
            raise
        out.write('{"refused": "damaged", "told": []}\n')


def lines(content: bytes, most: int) -> Iterator[str]:
    """What goes out, `most` rows of it."""
    kind, rows = opened(content)
    yield json.dumps({"kind": kind}) + "\n"
    given = 0
    for number, cells in rows:
        if number > MOST_ROWS:
            raise RefusedFile("rows", MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            while cells and cells[-1] in ("", None):
                cells.pop()
            if len(cells) > MOST_COLUMNS:
                raise RefusedFile("columns", MOST_COLUMNS)
        plain = [_plain(cell) for cell in cells]
        if any(cell is not None for cell in plain):
            yield json.dumps([number, plain], ensure_ascii=True) + "\n"
            given += 1
            if given >= most:
                return


def opened(content: bytes) -> tuple[str, Iterator[tuple[int, list[Any]]]]:
    """What the bytes are, whatever the name says, and their rows."""
    if not content.strip():
        raise RefusedFile("empty")
    if content.startswith(_ZIP):
        _look_into(content)
        return "xlsx", _sheet(content)
    if content.startswith(_OLE):
        packed = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
        if any(name in content for name in packed) or _has_password(content):
            raise RefusedFile("encrypted")
        return "xls", _sheet(content)
    if _HTML.match(content[:200].removeprefix(b"\xef\xbb\xbf")):
        raise RefusedFile("html")
    if content.startswith(b"%PDF"):
        raise RefusedFile("kind")
    return "csv", _separated(content)


def _has_password(content: bytes) -> bool:
    """Whether an old workbook is encrypted: a record FILEPASS stands among its first."""
    at = content.find(_BEGIN)
    for _record in range(12 if at >= 0 else 0):
        kind, size = int.from_bytes(content[at : at + 2], "little"), int.from_bytes(content[at + 2 : at + 4], "little")
        if kind == _FILEPASS:
            return True
        at += 4 + size
    return False


def _look_into(content: bytes) -> None:
    """Refuse what would not fit, before anything is laid out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise RefusedFile("encrypted")
            names = {entry.filename.lower() for entry in entries}
            if "content.xml" in names and "xl/workbook.xml" not in names:
                raise RefusedFile("ods")
            if "xl/workbook.xml" not in names or names & {"xl/workbook.bin", "content.xml"}:
                raise RefusedFile("kind")
            if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _UNPACKED:
                raise RefusedFile("large")
            for entry in entries:
                if entry.filename.lower().endswith(".xml") and "sheet" in entry.filename.lower():
                    _measure(packed, entry)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise RefusedFile("damaged") from None


def _measure(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """How far a sheet reaches, read a piece at a time."""
    last, widest, before = 0, 0, b""
    with packed.open(entry) as part:
        while piece := part.read(_CHUNK):
            text = before + piece
            cut = text.rfind(b"<")
            before, text = text[cut:][:4096], text[:cut]
            rows = _ROW.findall(text)
            last = max(last, *map(int, rows)) if rows else last
            widest = max(widest, *(_column(letters) for letters in set(_CELL.findall(text))), 0)
            if widest > MOST_COLUMNS and last > 50:
                raise RefusedFile("columns", MOST_COLUMNS)
            if last > MOST_ROWS:
                raise RefusedFile("rows", MOST_ROWS)
            if last * widest > MOST_CELLS:
                raise RefusedFile("large")
    if widest > MOST_COLUMNS:
        raise RefusedFile("columns", MOST_COLUMNS)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """The sheet with the most rows: a cover or a list of words may stand before it."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        best: Any = None
        for index in range(len(book.sheet_names)):
            sheet = book.get_sheet_by_index(index)
            if sheet.height * max(sheet.width, 1) > MOST_CELLS:
                raise RefusedFile("large")
            if best is None or sheet.height > best.height:
                best = sheet
    except (CalamineError, ValueError, OSError, KeyError) as error:
        raise RefusedFile("encrypted" if "assword" in str(error) or "ncrypt" in str(error) else "damaged") from None
    if best is None or best.start is None:
        raise RefusedFile("empty")
    first_row, first_column = best.start
    filled = _merged(best)
    values: dict[tuple[int, int], Any] = {}
    for number, row in enumerate(best.iter_rows(), 0):
        at = first_row + number
        yield at + 1, _filled(at, list(row), first_column, filled, values)


def _merged(sheet: Any) -> dict[int, list[tuple[int, int, tuple[int, int]]]]:
    """Row -> stretches of columns with the first cell of their range."""
    found: dict[int, list[tuple[int, int, tuple[int, int]]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (bottom - top + 1) * (right - left + 1) <= _MERGED_AREA:
            for row in range(top, bottom + 1):
                found.setdefault(row, []).append((left, right, (top, left)))
    return found


def _filled(at: int, row: list[Any], first: int, filled: Any, values: dict[tuple[int, int], Any]) -> list[Any]:
    for left, right, (top, start) in filled.get(at, ()):
        own = start - first
        if top == at and 0 <= own < len(row):
            values[top, start] = row[own]
        for column in range(left - first, right - first + 1):
            if 0 <= column < len(row):
                row[column] = values.get((top, start), "")
    return row


def _separated(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Text with commas, tabs or semicolons, in UTF-8, UTF-16 with its mark, or GB18030."""
    if b"\0" in content[:65536] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedFile("kind")
    encoding = _encoding(content)
    head = content[:65536].decode(encoding, "ignore")
    if "\0" in head:
        raise RefusedFile("kind")
    first = [line for line in head.splitlines() if line.strip()][:20]
    sep = max(",\t;", key=lambda one: sorted(line.count(one) for line in first)[len(first) // 2] if first else 0)
    csv.field_size_limit(1 << 20)
    text = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    try:
        for number, row in enumerate(csv.reader(text, delimiter=sep), 1):
            yield number, list(row)
    except csv.Error:
        raise RefusedFile("damaged") from None


def _encoding(content: bytes) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return name
    for name in ("utf-8", "gb18030"):
        try:
            with io.TextIOWrapper(io.BytesIO(content), name, newline="") as text:
                while text.read(_CHUNK):
                    pass
        except UnicodeDecodeError:
            continue
        return name
    raise RefusedFile("encoding")


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float):
        # by its shortest writing: 320599199001011000 and no digits that the table never held
        return int(Decimal(repr(cell))) if cell.is_integer() and abs(cell) < 1e22 else cell if cell == cell else None
    if isinstance(cell, dt.datetime | dt.date):
        return {"d": cell.isoformat()[:10]}
    return cell if cell is None or isinstance(cell, bool | int) else str(cell)


if __name__ == "__main__":
    main()
