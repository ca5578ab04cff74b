"""What a workbook of others may be (模板限制): looked at before it is opened, and opened only then."""

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook

MEMORY, SECONDS = 640 << 20, 150
UNPACKED, PARTS, SHEETS, MOST_MARKS = 80 << 20, 800, 10, 2000
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_ENCRYPTED = tuple(word.encode("utf-16-le") for word in ("EncryptedPackage", "EncryptionInfo"))
_SHAPE = re.compile(rb"<(?:xdr:)?(?:sp|graphicFrame|cxnSp)[ >]")


class RefusedBook(Exception):
    """`args`: the code of a reason and what it is told with."""


def opened(content: bytes) -> "Workbook":
    """The workbook. Raises RefusedBook."""
    _look_into(content)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
    except MemoryError:
        raise
    except Exception:  # whatever it stumbles over, the file is not one that can be filled
        raise RefusedBook("damaged") from None
    if len(book.worksheets) > SHEETS:
        raise RefusedBook("sheets", SHEETS)
    if not book.worksheets:
        raise RefusedBook("damaged")
    return book


def _look_into(content: bytes) -> None:
    if not content.strip():
        raise RefusedBook("empty")
    if content.startswith(_OLE):
        raise RefusedBook("encrypted" if any(word in content for word in _ENCRYPTED) else "kind")
    if not content.startswith(_ZIP):
        raise RefusedBook("kind")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _measure(packed)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise RefusedBook("damaged") from None


def _measure(packed: zipfile.ZipFile) -> None:
    entries: list[Any] = packed.infolist()
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedBook("encrypted")
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
        raise RefusedBook("large")
    if "xl/workbook.xml" not in names or names & {"xl/workbook.bin", "content.xml"}:
        raise RefusedBook("kind")
    types = packed.read("[Content_Types].xml") if "[content_types].xml" in names else b""
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names) or b"macroEnabled" in types:
        raise RefusedBook("macro")
    if any(name.startswith(("xl/externallinks/", "xl/connections", "xl/embeddings/", "xl/activex/")) for name in names):
        raise RefusedBook("external")
    if any(name.startswith(("xl/charts/", "xl/chartsheets/", "xl/pivottables/")) for name in names):
        raise RefusedBook("charts")
    for entry in entries:
        if entry.filename.lower().startswith("xl/drawings/drawing") and _SHAPE.search(packed.read(entry)):
            raise RefusedBook("charts")
