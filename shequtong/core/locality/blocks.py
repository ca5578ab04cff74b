"""Number blocks (号段): numbers handed out from blocks, never twice, gaps allowed, on both engines.

PostgreSQL takes a block from a sequence or through a connection of its own, so a rollback cannot give it back. SQLite has one writer:
a block taken inside a transaction is used in that transaction alone until it commits, and is thrown away when it rolls back.
"""

import os
import threading
from dataclasses import dataclass
from typing import Any, cast

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

IDS = "ids"
ID_BLOCK = 1000
SMALL_BLOCK = 20
ID_SEQUENCE = "core_local_ids"


@dataclass
class _Block:
    """Numbers [next, end) of one name that nobody else holds."""

    next: int
    end: int
    committed: bool

    def take(self) -> int:
        number = self.next
        self.next += 1
        return number

    @property
    def left(self) -> bool:
        return self.next < self.end

    def commit(self) -> None:
        """Run by `transaction.on_commit`: from now on the whole process may use what is left."""
        self.committed = True


_lock = threading.Lock()
_pool: dict[tuple[str, str], _Block] = {}


def forget() -> None:
    """Drop what this process holds: after a fork (two processes must not share a block) and between test databases."""
    _pool.clear()


os.register_at_fork(after_in_child=forget)


def next_number(name: str, *, using: str = "default") -> int:
    """The next number of the series `name`, counted from 1. Costs a statement only when a block is used up."""
    connection = cast(BaseDatabaseWrapper, connections[using])
    pending = _pending(connection).get(name)
    if pending and pending.left and _still_open(connection, pending):
        return pending.take()
    with _lock:
        block = _pool.get((using, name))
        if block and block.left:
            return block.take()
    block = _fetch(connection, name)
    number = block.take()
    if block.committed:
        with _lock:
            _pool[(using, name)] = block
    return number


def _pending(connection: BaseDatabaseWrapper) -> dict[str, _Block]:
    """Blocks this connection took in a transaction. Connections are per thread, so no lock is needed."""
    return cast(dict[str, _Block], connection.__dict__.setdefault("_number_blocks", {}))


def _still_open(connection: BaseDatabaseWrapper, block: _Block) -> bool:
    """Django forgets a commit hook when its transaction or savepoint rolls back; a block without its hook was never taken."""
    return block.committed or any(hook == block.commit for _, hook, *_rest in connection.run_on_commit)


def _fetch(connection: BaseDatabaseWrapper, name: str) -> _Block:
    size = ID_BLOCK if name == IDS else SMALL_BLOCK
    if connection.vendor == "postgresql":
        return _from_sequence(connection, size) if name == IDS else _from_own_connection(connection, name, size)
    end = _advance(connection, name, size)
    block = _Block(end - size, end, committed=not connection.in_atomic_block)
    if not block.committed:
        _pending(connection)[name] = block
        transaction.on_commit(block.commit, using=connection.alias)
    return block


def _from_sequence(connection: BaseDatabaseWrapper, size: int) -> _Block:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{ID_SEQUENCE}')")
        start = int(cursor.fetchone()[0])
    return _Block(start, start + size, committed=True)


def _from_own_connection(connection: BaseDatabaseWrapper, name: str, size: int) -> _Block:
    # A counter row touched in the caller's transaction would make every intake of a street wait for the one before it.
    own: Any = connections.create_connection(connection.alias)
    try:
        end = _advance(own, name, size)
    finally:
        own.close()
    return _Block(end - size, end, committed=True)


def _advance(connection: BaseDatabaseWrapper, name: str, size: int) -> int:
    """Move the counter row on by `size`; the number after the block."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (name, next) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET next = core_counter.next + %s RETURNING next",
            [name, size + 1, size],
        )
        return int(cursor.fetchone()[0])
