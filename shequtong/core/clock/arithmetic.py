"""The four questions asked of a clock (时限): when is it due, how much is used, which light shows, does it stand still."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from shequtong.core.clock.calendar import Calendar
from shequtong.core.clock.instants import MINUTE, instant, moment
from shequtong.core.clock.terms import AMBER_FROM, ClockKind, Due, Light, Limit, Pause
from shequtong.core.clock.timeline import Standstill, counted, reach, standstills


def limits(
    limit: Limit, calendar: Calendar, started_at: datetime, pauses: Iterable[Pause] = (), *, now: datetime | None = None
) -> Due:
    """When 80 % and 100 % of `limit` are used: the first such moments, in UTC, to the microsecond.

    A pause that still lasts is computed as if it ended at `now` (required then), so both moments move on while it lasts.
    Raises `ClockError` for a time without zone, `CalendarExhaustedError` when the office hours never suffice.
    """
    until = None if now is None else instant(now)
    still, start = standstills(pauses, until), instant(started_at)
    amount = limit.minutes * MINUTE
    amber = _reach_past(limit.kind, calendar, start, amount * AMBER_FROM[0] // AMBER_FROM[1], still)
    due = _reach_past(limit.kind, calendar, start, amount, still)
    return Due(moment(amber), moment(due))


def elapsed(kind: ClockKind, calendar: Calendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
    """Clock time used from `start` to `end`; a pause that still lasts runs to `end`. Nothing is used before the start."""
    begins, ends = instant(start), instant(end)
    used = counted(kind, calendar, begins, ends)
    for pause in standstills(pauses, ends):
        used -= counted(kind, calendar, max(begins, pause.starts), min(ends, pause.ends))
    return timedelta(microseconds=used)


def light(due: Due, now: datetime) -> Light:
    """Green until 80 % is used, amber until 100 %, both moments included; red after.

    Decided by the moments: a clock used up at closing time is red in the evening, though it counts no further before morning.
    """
    instant(now)  # refuses a time without a zone
    if now <= due.amber_at:
        return Light.GREEN
    return Light.AMBER if now <= due.due_at else Light.RED


def _reach_past(kind: ClockKind, calendar: Calendar, start: int, amount: int, pauses: list[Standstill]) -> int:
    cursor = start
    for pause in pauses:
        if pause.ends <= cursor:
            continue
        if pause.starts > cursor:
            end = reach(kind, calendar, cursor, amount)
            if end <= pause.starts:
                return end
            amount -= counted(kind, calendar, cursor, pause.starts)
        cursor = pause.ends
    return reach(kind, calendar, cursor, amount)
