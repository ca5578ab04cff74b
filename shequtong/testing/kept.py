"""What many tests start from, built once a process and laid down again as rows (样板数据): a sixth of the time of building it anew."""

import pickle
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, models, transaction

Built = TypeVar("Built")
Rows = list[tuple[Any, ...]]


class Kept(Generic[Built]):
    """Builds by its rules the first time; later the same rows and the same objects, in the transaction of the test that asks.

    A test that commits (no transaction around it) always gets it built: what happens after a commit belongs to it.
    """

    def __init__(self, build: Callable[[], Built]) -> None:
        self._build = build
        self._objects = b""
        self._statements: list[tuple[str, Rows]] = []

    def __call__(self) -> Built:
        """As `build()` gives it."""
        if not connection.in_atomic_block:
            return self._build()
        if not self._objects:
            before = {model: set(map(repr, _rows(model))) for model in _models()}
            built = self._build()
            self._statements = [said for model, earlier in before.items() for said in _statements(model, earlier)]
            self._objects = pickle.dumps(built)
            return built
        with transaction.atomic(), connection.cursor() as cursor:
            for said, rows in self._statements:
                if rows:
                    cursor.executemany(said, rows)
                else:
                    cursor.execute(said)
        kept: Built = pickle.loads(self._objects)  # our own bytes of this process
        return kept


def _models() -> list[type[models.Model]]:
    """All tables, each after those it points at: PostgreSQL looks at each row as it comes."""
    waiting = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    found: dict[type[models.Model], None] = {}

    def take(model: type[models.Model]) -> None:
        if model in found or model not in waiting:
            return
        waiting.remove(model)
        for one in model._meta.local_concrete_fields:
            if isinstance(one, models.ForeignKey) and isinstance(one.related_model, type):
                take(one.related_model)
        found[model] = None

    while waiting:
        take(waiting[0])
    return list(found)


def _columns(model: type[models.Model]) -> list[str]:
    return [
        connection.ops.quote_name(one.column) for one in model._meta.local_concrete_fields if one.column and not one.generated
    ]


def _rows(model: type[models.Model]) -> Rows:
    """As stored: SQLite's by `quote()`, as the literal that stores the same again whatever type it has."""
    shown = [f"quote({column})" for column in _columns(model)] if connection.vendor == "sqlite" else _columns(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(shown)} FROM {connection.ops.quote_name(model._meta.db_table)} ORDER BY 1")
        return [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in cursor.fetchall()]


def _statements(model: type[models.Model], earlier: set[str]) -> list[tuple[str, Rows]]:
    new = [row for row in _rows(model) if repr(row) not in earlier]
    if not new:
        return []
    columns = _columns(model)
    into = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({', '.join(columns)}) VALUES "
    if connection.vendor == "sqlite":
        return [(into + ", ".join(f"({', '.join(map(str, row))})" for row in new), [])]
    return [(f"{into}({', '.join(['%s'] * len(columns))})", new)]
