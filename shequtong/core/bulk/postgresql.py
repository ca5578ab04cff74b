"""The load on PostgreSQL: COPY, and definitions read from the catalogue, taken off and put back as they were."""

import json
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from shequtong.core.bulk.lines import NULL, escaped

_KEYS = """
SELECT con.conrelid::regclass::text, quote_ident(con.conname), pg_get_constraintdef(con.oid), con.contype::text
FROM pg_constraint con
WHERE con.contype IN ('f', 'p', 'u') AND (con.conrelid = ANY(%(tables)s::regclass[]) OR con.confrelid = ANY(%(tables)s::regclass[]))
ORDER BY con.conname
"""
_INDEXES = """
SELECT ind.indexrelid::regclass::text, pg_get_indexdef(ind.indexrelid) FROM pg_index ind
WHERE ind.indrelid = ANY(%(tables)s::regclass[])
  AND NOT EXISTS (SELECT 1 FROM pg_constraint con WHERE con.conindid = ind.indexrelid AND con.contype IN ('p', 'u'))
ORDER BY 1
"""


def value_of(value: Any) -> str:
    """A value as it stands in a line."""
    if isinstance(value, str):
        return escaped(value)
    if value is None:
        return NULL
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00"
    if isinstance(value, date):
        return value.isoformat()
    return escaped(json.dumps(value, ensure_ascii=False)) if isinstance(value, dict) else str(value)


def copy_rows(table: str, columns: list[Any], rows: list[list[str]]) -> None:
    """One COPY."""
    copy_lines(table, columns, "".join(["\t".join(row) + "\n" for row in rows]))


def copy_lines(table: str, columns: list[Any], lines: str) -> None:
    """One COPY."""
    names = ", ".join(f'"{field.column}"' for field in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        copy.write(lines)


def take_off(tables: list[str]) -> list[str]:
    """Drop foreign keys from and to these tables, keys and indexes; the statements that make them again, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what earlier rows of the transaction still have to be held to
        cursor.execute(_KEYS, {"tables": tables})
        keys = cursor.fetchall()
        cursor.execute(_INDEXES, {"tables": tables})
        indexes = cursor.fetchall()
        first_foreign = sorted(keys, key=lambda key: key[3] != "f")
        for table, name, _definition, _kind in first_foreign:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    again = {"p": [], "u": [], "f": []}  # type: dict[str, list[str]]
    for table, name, definition, kind in keys:
        again[kind].append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    return [*again["p"], *again["u"], *(definition for _name, definition in indexes), *again["f"]]


def put_back(statements: list[str]) -> None:
    """Make them again, with memory to sort in."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for statement in statements:
            cursor.execute(statement)
