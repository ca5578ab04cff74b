"""Number blocks (号段): numbers handed out from blocks, never twice, gaps allowed, on both engines.

PostgreSQL takes a block from a sequence or through a connection of its own, so a rollback cannot give it back. SQLite has one writer:
a block taken inside a transaction is used in that transaction alone until it commits, and is thrown away when it rolls back.
A process never hands out a number twice even then: the next block it takes begins above all it has handed out.
"""

import os
import threading
from typing import Any, cast

from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

IDS = "ids"
ID_BLOCK = 1000  # equals the increment of the sequence in core's first migration
SMALL_BLOCK = 20
ID_SEQUENCE = "core_local_ids"


class _Block:
    """Numbers [next, end) of one name that nobody else holds; bound to `connection` until its transaction commits."""

    __slots__ = ("connection", "end", "held_since", "hook_at", "key", "next")

    def __init__(self, key: tuple[str, str], start: int, end: int, connection: BaseDatabaseWrapper | None = None) -> None:
        self.key, self.next, self.end, self.connection, self.held_since = key, start, end, connection, _fork
        self.hook_at = 0  # where its commit hook stood when it was hung up: the first place to look

    def take(self) -> int | None:
        """The next number, None when they are used up. Wants the lock."""
        if self.next >= self.end:
            return None
        number = self.next
        self.next += 1
        _above[self.key] = max(_above.get(self.key, 0), self.next)
        return number

    def usable_by(self, connection: BaseDatabaseWrapper) -> bool:
        """Django forgets a commit hook when its transaction or savepoint rolls back; a block without its hook was never taken."""
        hooks: Any = connection.run_on_commit  # (savepoints, hook, robust); the stubs know two of the three
        if self.held_since != _fork:
            return False
        if self.hook_at < len(hooks) and hooks[self.hook_at][1] == self.commit:
            return True
        return any(hook == self.commit for _, hook, _ in hooks)

    def commit(self) -> None:
        """Run by `transaction.on_commit`: from now on the whole process may use what is left."""
        # Tests may run commit hooks inside a transaction that is rolled back later.
        if self.connection is None or self.connection.in_atomic_block or self.held_since != _fork:
            return
        with _lock:
            _pending(self.connection).pop(self.key, None)
            self.connection = None
            _keep(self)


_lock = threading.Lock()
_pool: dict[tuple[str, str], _Block] = {}
_above: dict[tuple[str, str], int] = {}  # no number below has yet to be handed out by this process
_fork = 0


def forget() -> None:
    """Drop what this process holds: after a fork (two processes must not share a block) and when the database is another one."""
    global _fork, _lock
    _fork += 1
    _lock = threading.Lock()  # another thread of the parent may have held it
    _pool.clear()
    _above.clear()


os.register_at_fork(after_in_child=forget)


def next_number(name: str, *, using: str = "default") -> int:
    """The next number of the series `name`, counted from 1.

    Costs no statement, but one when a block is used up (1000 ids, 20 of any other series; PostgreSQL opens a connection for the latter).
    Raises OperationalError when the database cannot be reached or written within its timeout.
    """
    connection, key = connections[using], (using, name)
    with _lock:
        for block in (_pending(connection).get(key), _pool.get(key)):
            if block is not None and (block.connection is None or block.usable_by(connection)):
                number = block.take()
                if number is not None:
                    return number
    block = _fetch(connection, key)
    with _lock:
        number = block.take()
        if block.connection is None:
            _keep(block)
    assert number is not None, "a fresh block is never empty"
    return number


def next_numbers(name: str, count: int, *, using: str = "default") -> list[int]:
    """So many numbers of the series at once, for a bulk write. One statement; what is not used stays a gap."""
    block = _fetch(connections[using], (using, name), count)
    with _lock:
        found = list(iter(block.take, None))
    assert len(found) == count, "a fresh block holds what was asked for"
    return found


def reserve(name: str, count: int, *, using: str = "default") -> list[range]:
    """`count` numbers of the series at least, in ranges nobody else is given: for loads that number millions of rows themselves.

    Of ids each range is a block of ID_BLOCK on PostgreSQL; else there is one range. What the caller does not use stays a gap.
    """
    connection, key = connections[using], (using, name)
    if connection.vendor == "postgresql" and name == IDS:
        with connection.cursor() as cursor:
            blocks = -(-count // ID_BLOCK)
            cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [ID_SEQUENCE, blocks])
            return [range(start, start + ID_BLOCK) for (start,) in cursor.fetchall()]
    end = _advance(connection, key, count)
    with _lock:
        _above[key] = max(_above.get(key, 0), end)  # what this process still holds of earlier blocks lies below
    return [range(end - count, end)]


def _pending(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], _Block]:
    """Blocks this connection took in a transaction that is still open, or was rolled back."""
    return cast(dict[tuple[str, str], _Block], connection.__dict__.setdefault("_number_blocks", {}))


def _keep(block: _Block) -> None:
    """Offer what is left to the whole process, unless another thread's block has more. Wants the lock."""
    known = _pool.get(block.key)
    if known is None or known.end - known.next < block.end - block.next:
        _pool[block.key] = block


def _fetch(connection: BaseDatabaseWrapper, key: tuple[str, str], size: int = 0) -> _Block:
    name = key[1]
    size = ID_BLOCK if name == IDS else size or SMALL_BLOCK
    if connection.vendor == "postgresql" and name == IDS:
        start = _from_sequence(connection)
        return _Block(key, start, start + size)
    if not connection.in_atomic_block:
        end = _advance_alone(connection, key, size)
    elif connection.vendor == "postgresql":
        # A counter row touched in the caller's transaction would make every intake of a street wait for the one before it.
        end = _advance_apart(connection, key, size)
    else:
        end = _advance(connection, key, size)
        block = _Block(key, end - size, end, connection)
        with _lock:
            _pending(connection)[key] = block
        block.hook_at = len(connection.run_on_commit)
        transaction.on_commit(block.commit, using=connection.alias)
        return block
    return _Block(key, end - size, end)


def _from_sequence(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{ID_SEQUENCE}')")
        return int(cursor.fetchone()[0])


def _advance_alone(connection: BaseDatabaseWrapper, key: tuple[str, str], size: int) -> int:
    """Outside a transaction the statement is its own; it cannot be rolled back."""
    try:
        return _advance(connection, key, size)
    except OperationalError:
        # SQLite refuses at once to write on a connection whose half-read result is older than the last commit.
        return _advance_apart(connection, key, size)


def _advance_apart(connection: BaseDatabaseWrapper, key: tuple[str, str], size: int) -> int:
    own: Any = connections.create_connection(connection.alias)
    try:
        return _advance(own, key, size)
    finally:
        own.close()


def _advance(connection: BaseDatabaseWrapper, key: tuple[str, str], size: int) -> int:
    """Move the counter row on by `size`, past all this process has handed out; the number after the block."""
    while True:
        floor = _above.get(key, 1)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_counter (name, next) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET next ="
                " CASE WHEN core_counter.next < %s THEN %s ELSE core_counter.next END + %s RETURNING next",
                [key[1], floor + size, floor, floor, size],
            )
            end = int(cursor.fetchall()[0][0])
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            return end
        with _lock:
            # The statement may have waited for another thread's transaction that handed out more and was undone, the counter with it.
            if _above.get(key, 1) <= end - size:
                return end
