"""Shared data held in memory (共享数据内存副本): small tables read once per process, read again when their revision grows.

A change by another process is seen within `STALE_AFTER` seconds: one small statement at most once in that time asks for all revisions.
A transaction that changes shared rows reads its own values; no other thread sees them before it commits, nor ever when it rolls back.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from django.db import transaction
from django.db.models import F

from shequtong.core.models import Revision

T = TypeVar("T")
STALE_AFTER = 1.0  # seconds; the issue asks for 2 at the most

_lock = threading.Lock()
_seen: dict[str, int] = {}
_asked_at = float("-inf")
_epoch = 0


def _revisions() -> dict[str, int]:
    """Revision numbers by name, at most `STALE_AFTER` seconds old."""
    global _seen, _asked_at
    now, epoch = time.monotonic(), _epoch
    if now - _asked_at < STALE_AFTER:
        return _seen
    found = dict(Revision.objects.values_list("name", "number"))
    with _lock:
        # What was asked before a change of this process is not kept, nor what a slower thread asked before a quicker one.
        if epoch == _epoch and now >= _asked_at:
            _seen, _asked_at = found, now
    return found


def look_again() -> None:
    """Ask for the revisions at the next use: after a change in this process, and between tests."""
    global _asked_at, _epoch
    with _lock:
        _asked_at, _epoch = float("-inf"), _epoch + 1


class _Change:
    """That an open transaction changed what `name` stands for; its commit hook is dropped when it rolls back, and it with it."""

    def __init__(self, name: str, level: frozenset[str]) -> None:
        self.name, self.level, self.times = name, level, 1

    def __call__(self) -> None:
        look_again()


def _changes() -> list[_Change]:
    """The changes of this thread's transaction that still stand."""
    connection: Any = transaction.get_connection()
    made = cast("list[_Change]", connection.__dict__.setdefault("_held_changes", []))
    hooks = connection.run_on_commit
    # Hooks are only ever added to a list; what undoes or runs some of them puts another list in its place. An import has thousands.
    if made and connection.__dict__.get("_held_hooks") is not hooks:
        standing = {id(hook) for _, hook, _robust in hooks}
        made[:] = [change for change in made if id(change) in standing]
        connection.__dict__["_held_hooks"] = hooks
    return made


def changed(name: str) -> None:
    """Called by a use-case that changed shared rows, in its transaction: every process will load `name` again. One statement."""
    grown = Revision.objects.filter(name=name)
    if not grown.update(number=F("number") + 1):
        Revision.objects.bulk_create([Revision(name=name)], ignore_conflicts=True)
        grown.update(number=F("number") + 1)
    connection: Any = transaction.get_connection()
    if not connection.in_atomic_block:
        return look_again()
    level, made = frozenset(connection.savepoint_ids), _changes()
    before = next((change for change in made if change.name == name and change.level == level), None)
    if before:
        before.times += 1
    else:
        made.append(_Change(name, level))
        transaction.on_commit(made[-1])
    return None


class Held(Generic[T]):
    """A value computed from shared tables, e.g. `UNITS = Held("territory", load_units)`; call it to get the value."""

    def __init__(self, name: str, load: Callable[[], T]) -> None:
        self._name, self._load = name, load
        self._held: tuple[int, T] | None = None
        self._loading = threading.Lock()
        _all.append(self)

    def __call__(self) -> T:
        """The value, at most `STALE_AFTER` seconds behind the database. No statement, but one in that time for all of them."""
        ours = tuple((change, change.times) for change in _changes() if change.name == self._name)
        if ours:
            return self._own_value(ours)
        revision = _revisions().get(self._name, 0)
        held = self._held
        if held is None or held[0] != revision:
            with self._loading:
                held = self._held
                if held is None or held[0] != revision:
                    held = self._held = (revision, self._load())
        return held[1]

    def _own_value(self, stamp: tuple[tuple[_Change, int], ...]) -> T:
        values = transaction.get_connection().__dict__.setdefault("_held_values", {})
        if values.get(self, ((), None))[0] != stamp:
            values[self] = (stamp, self._load())
        return cast(T, values[self][1])

    def drop(self) -> None:
        """Forget the value (tests, whose databases roll back beneath it)."""
        self._held = None
        transaction.get_connection().__dict__.pop("_held_values", None)


_all: list[Held[Any]] = []


def drop_all() -> None:
    """Forget everything held: between tests, whose databases roll back beneath it."""
    for held in _all:
        held.drop()
    look_again()
