"""Labelled texts (标注文本): a CSV, gzipped or not, with a label and the words; or texts that somebody else read."""

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from shequtong.triage.grams import plain

_LONGEST_FIELD = 10_000_000
_WORDS = (("tokens",), ("text",), ("title", "body"), ("body",))


class BadFile(Exception):  # like every refusal, named for what it says
    """The file does not hold labelled texts; says what is missing."""


@dataclass(frozen=True)
class Labelled:
    """One text with its label. Rows of one `ref` are the same message, told twice."""

    text: str  # plain
    label: str
    ref: str
    source: str


def read_labelled(path: Path) -> list[Labelled]:
    """Rows with a label and words. Columns: label; tokens, or text, or title and body; row_id where there is one. Raises BadFile."""
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        raw = path.read_bytes()
        content = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        columns = next((names for names in _WORDS if set(names) <= set(rows.fieldnames or ())), None)
        if columns is None or "label" not in (rows.fieldnames or ()):
            raise BadFile(f"{path.name}: needs a column label and one of tokens, text, title and body")
        found = [_row(path, number, row, columns) for number, row in enumerate(rows)]
    except (OSError, ValueError, EOFError, csv.Error, zlib.error) as error:
        raise BadFile(f"{path.name}: {error}") from error
    return [one for one in found if one.text and one.label]


def _row(path: Path, number: int, row: dict[str, str], columns: tuple[str, ...]) -> Labelled:
    words = plain("\n".join(row[name] or "" for name in columns))
    # Files that give ids give the same message the same one; a file without has its own.
    ref = f"row {row['row_id']}" if row.get("row_id") else f"{path.name} {number}"
    return Labelled(words, (row["label"] or "").strip(), ref, path.name)
