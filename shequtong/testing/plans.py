"""How the database reads (查询计划): the statements a test caused, each with the plan its database would read it by."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def plans(table: str) -> Iterator[list[tuple[str, list[Any]]]]:
    """Fills the list, at its end, with the reads of `table` made within and the database's answer to EXPLAIN for each."""
    sent: list[tuple[str, Any]] = []
    found: list[tuple[str, list[Any]]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if f'FROM "{table}"' in sql:
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, FORMAT JSON) "
    with connection.cursor() as cursor:
        for sql, params in sent:
            cursor.execute(explain + sql, params)
            found.append((sql, cursor.fetchall()))
    assert found, f"nothing of {table} was read"
