"""Bulk loads (成批装载): whole tables filled past the models, by COPY on PostgreSQL, by executemany on SQLite. For commands alone.

Rows are lines of text as COPY reads them: columns between tabs, `\\N` for NULL, backslash escapes. `bare_tables` takes indexes and foreign
keys off tables that are about to be filled and puts the same back, in the caller's transaction: what is broken off leaves nothing behind.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from shequtong.core.bulk import portable, postgresql
from shequtong.core.bulk.lines import NULL, escaped

__all__ = [
    "NULL",
    "adapter",
    "bare_tables",
    "columns_of",
    "copy_lines",
    "copy_rows",
    "count_anew",
    "escaped",
    "take_statistics",
    "twins_of",
]


def columns_of(model: type[models.Model]) -> list[models.Field]:  # type: ignore[type-arg]  # of any kind
    """The fields a line of this table has, in order: all but what the database writes itself."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def copy_lines(model: type[models.Model], lines: str) -> None:
    """Add these rows (each line ends with a newline)."""
    engine = postgresql if connection.vendor == "postgresql" else portable
    engine.copy_lines(model._meta.db_table, columns_of(model), lines)


def adapter() -> Callable[[Any], Any]:
    """What turns text, number, yes or no, day, moment, None or what is told as JSON into what this database's `copy_rows` takes.

    To be asked for once a batch: to ask the connection for each value costs more than all else.
    """
    return postgresql.value_of if connection.vendor == "postgresql" else portable.value_of


def copy_rows(model: type[models.Model], rows: list[list[Any]]) -> None:
    """Add these rows: a value of the `adapter` for each of `columns_of`."""
    engine = postgresql if connection.vendor == "postgresql" else portable
    engine.copy_rows(model._meta.db_table, columns_of(model), rows)


@contextmanager
def bare_tables(tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """Within, these tables have neither indexes nor keys; their rows are held to them at the end."""
    engine = postgresql if connection.vendor == "postgresql" else portable
    names = sorted(model._meta.db_table for model in tables)
    taken = engine.take_off(names)
    yield
    engine.put_back(taken)


@contextmanager
def twins_of(tables: Iterable[type[models.Model]]) -> Iterator[Callable[[Mapping[type[models.Model], str]], float] | None]:
    """Within, a way to time a bare COPY: lines into empty tables with the same columns, checks, keys and indexes; its seconds.

    None where there is no COPY. To be opened before the tables are bare.
    """
    if connection.vendor != "postgresql":
        yield None
        return
    names = {model: f"twin_{model._meta.db_table}" for model in tables}

    def timed(lines: Mapping[type[models.Model], str]) -> float:
        began = time.monotonic()
        for model, text in lines.items():
            postgresql.copy_lines(names[model], columns_of(model), text)
        return time.monotonic() - began

    with connection.cursor() as cursor:
        for model, name in names.items():
            cursor.execute(f'CREATE TABLE "{name}" (LIKE "{model._meta.db_table}" INCLUDING ALL)')
        yield timed
        for name in names.values():
            cursor.execute(f'DROP TABLE "{name}"')


def take_statistics() -> None:
    """What the planner knows of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def count_anew(tables: Iterable[type[models.Model]]) -> None:
    """Statistics of tables that are growing while they are asked: PostgreSQL plans as if they were as small as when last counted.

    SQLite keeps to its indexes without; nothing is done there.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(f'"{model._meta.db_table}"' for model in tables))
