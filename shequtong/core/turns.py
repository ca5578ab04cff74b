"""One after the other (逐个办理): of two transactions that read, judge and then write, the second waits for the first and judges what it left."""

from hashlib import blake2b

from django.db import connection


def take_turn(kind: str, of: object) -> None:
    """Wait until no other transaction holds the turn of `kind` and `of`, e.g. ("reveal", account id); it is held until this one ends.

    For rules that no row and no constraint can hold, such as "at most sixty within an hour". Taken before what is judged is read.
    Nothing is written. On SQLite nothing need be waited for: a transaction there is the only writer from its first word (IMMEDIATE,
    config/settings/database.py). One statement on PostgreSQL, none on SQLite. Raises RuntimeError outside a transaction, where the turn would end at once.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("take_turn() outside a transaction: the turn would end before anything was judged")
    if connection.vendor != "postgresql":
        return
    key = int.from_bytes(blake2b(f"{kind}\n{of}".encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
