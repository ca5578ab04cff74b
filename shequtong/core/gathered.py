"""Gathered rows (成批写入): what many deeds of one transaction leave beside them is written in one statement a kind, at its end.

A deed writes its trace, its counts and its messages itself. Who makes fifty deeds in one transaction opens `gathering()`: writers that
`put` their rows then write all of them together, in the same transaction, or none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Row = TypeVar("Row")

_OPEN: ContextVar[dict[Callable[[list[Any]], object], list[Any]] | None] = ContextVar("gathered rows", default=None)


@contextmanager
def gathering() -> Iterator[None]:
    """Hold back what is `put` until the end; to be opened within a transaction. After an error nothing is written."""
    held: dict[Callable[[list[Any]], object], list[Any]] = {}
    token = _OPEN.set(held)
    try:
        yield
    finally:
        _OPEN.reset(token)
    for write, rows in held.items():
        write(rows)


def put(write: Callable[[list[Row]], object], rows: list[Row]) -> None:
    """Write these rows by `write`, a function of a module: now, or with all others at the end of the `gathering` one is in."""
    held = _OPEN.get()
    if held is None:
        write(rows)
    else:
        held.setdefault(write, []).extend(rows)
