"""The load on SQLite: the same lines, taken apart and added by executemany. Foreign keys are looked at when the transaction ends."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models

_AS_IT_IS = frozenset({type(None), str, int, bool, float})
_UNESCAPES = {"t": "\t", "n": "\n", "r": "\r"}


def copy_lines(table: str, columns: list[Any], lines: str) -> None:
    """One executemany."""
    reads = [_reader(field) for field in columns]
    rows = [
        [None if text == "\\N" else read(text) for read, text in zip(reads, line.split("\t"), strict=True)]
        for line in (lines.removesuffix("\n").split("\n") if lines else ())  # not splitlines: a text may hold U+2028
    ]
    copy_rows(table, columns, rows)


def value_of(value: Any) -> Any:
    """A value as Django stores it here."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def copy_rows(table: str, columns: list[Any], rows: list[list[Any]]) -> None:
    """One executemany."""
    names, marks = ", ".join(f'"{field.column}"' for field in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608  # names, not input


def take_off(tables: list[str]) -> list[str]:
    """Drop the indexes that stand by themselves; those of constraints are part of their table."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL", [table]
            )
            for name, definition in cursor.fetchall():
                cursor.execute(f'DROP INDEX "{name}"')
                found.append(definition)
    return found


def put_back(statements: list[str]) -> None:
    """Make them again."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _reader(field: Any) -> Callable[[str], Any]:
    if isinstance(field, models.BooleanField):
        return lambda text: text == "t"
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.FloatField):
        return float
    if isinstance(field, models.CharField | models.TextField | models.JSONField | models.DateField):
        return _text
    return int


def _moment(text: str) -> str:
    """As Django writes one here: no T, no zone."""
    return text.removesuffix("+00").replace("T", " ")


def _text(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda found: _UNESCAPES.get(found[1], found[1]), text)
