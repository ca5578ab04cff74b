"""Which limit runs for a case and when it is used up (处置时限): pure choices over core.clock; tables are read by `catalogue`.

Sources: limits per class from the case standard; 受理 15 min, 派遣 15 min, 核查 30 min of staff's own; an extension adds one original
limit (standards.md 1.4, 1.5). Another system's due time caps the handling limit: the earlier one holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shequtong.core.clock import Calendar, Due, Limit, Pause, limits


@dataclass(frozen=True)
class Running:
    """The clock of a case: what it counts, since when, and when it turns amber and red."""

    limit: Limit
    started_at: datetime
    due: Due


def start(limit: Limit, calendar: Calendar, now: datetime, cap: datetime | None = None) -> Running:
    """Start `limit` at `now`."""
    return running(limit, calendar, now, cap=cap)


def running(
    limit: Limit,
    calendar: Calendar,
    started_at: datetime,
    *,
    extensions: int = 0,
    pauses: Sequence[Pause] = (),
    cap: datetime | None = None,
) -> Running:
    """The clock that started at `started_at`, with its extensions and pauses; a pause that lasts has its planned end.

    `cap` is another system's due time: neither due nor amber comes after it.
    """
    whole = limit.extended(extensions) if extensions else limit
    due = limits(whole, calendar, started_at, pauses)
    if cap is not None and cap < due.due_at:
        due = Due(min(due.amber_at, cap), cap)
    return Running(whole, started_at, due)
