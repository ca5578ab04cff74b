"""How many of a kind there were in this minute, hour or day (限额计数): counted by keyed hash, in one statement, whatever asks at once.

The count is part of the caller's transaction: what is undone was not counted. Old counts are cleared by `core.scheduled`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db import connection, transaction
from django.utils.timezone import localtime

from shequtong.core.models import Counter
from shequtong.core.sealed import hash_of

_MARK = "tally:"  # no series of numbers begins so
_KEPT = timedelta(days=2)
_BATCH = 500


class Per(Enum):
    """The window of a count, by the clock of the installation."""

    MINUTE = "%Y%m%d%H%M"
    HOUR = "%Y%m%d%H"
    DAY = "%Y%m%d"


def count(kind: str, of: str, *, per: Per, now: datetime, more: int = 1) -> int:
    """Count `more` of `kind` (at most 9 letters) against `of` (a phone, an address; kept as a hash); how many that makes. One statement."""
    return counts({kind: more}, of, per=per, now=now)[kind]


def counts(more: Mapping[str, int], of: str, *, per: Per, now: datetime) -> dict[str, int]:
    """The same for several kinds at once, `more` of each. One statement."""
    return dict(zip(more, tallies([Ask(kind, of, per, n) for kind, n in more.items()], now=now), strict=True))


@dataclass(frozen=True)
class Ask:
    """Count `more` of `kind` (at most 9 letters) against `of` in the window `per`."""

    kind: str
    of: str
    per: Per
    more: int = 1


def tallies(asks: Sequence[Ask], *, now: datetime) -> list[int]:
    """Count whatever is asked, each against its own; how many each makes, in the same order. One statement."""
    names = [_name(ask.kind, ask.of, ask.per, now) for ask in asks]
    values = sorted(
        zip(names, (ask.more for ask in asks), strict=True)
    )  # always in one order, so that two never wait for each other
    rows = ", ".join(["(%s, %s)"] * len(names))
    # Quoted, so that the watcher counts it: a block of numbers is taken seldom, this whenever it is asked.
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "core_counter" (name, next) {_unwaited(rows)} ON CONFLICT (name)'
            " DO UPDATE SET next = core_counter.next + EXCLUDED.next RETURNING name, next",
            [value for pair in values for value in pair],
        )
        made = {name: int(n) for name, n in cursor.fetchall()}
    return [made[name] for name in names]


def _unwaited(rows: str) -> str:
    """The rows; a count that is a transaction by itself is not waited for on the disk where the engine allows it to be said in the statement.

    A server that dies may forget the counts of its last half second: nobody is owed a limit. Within a transaction that one decides.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return f"VALUES {rows}"
    unwaited = "(SELECT set_config('synchronous_commit', 'off', true)) AS unwaited"
    return f"SELECT told.name, told.n FROM (VALUES {rows}) AS told(name, n), {unwaited}"  # noqa: S608  # our own text, values apart


def _name(kind: str, of: str, per: Per, now: datetime) -> str:
    return f"{_MARK}{localtime(now):{per.value}}:{kind}:{hash_of(f'tally.{kind}', of)[-32:]}"


def forget_counts(now: datetime) -> int:
    """Delete counts of the day before yesterday and earlier, in small batches; how many."""
    until, gone = f"{_MARK}{localtime(now - _KEPT):{Per.DAY.value}}", 0
    while True:
        old = Counter.objects.filter(name__gte=_MARK, name__lt=until).order_by("name")
        names = list(old.values_list("name", flat=True)[:_BATCH])
        with transaction.atomic():
            gone += Counter.objects.filter(name__in=names).delete()[0] if names else 0
        if len(names) < _BATCH:
            return gone
