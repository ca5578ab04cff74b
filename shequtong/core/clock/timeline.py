"""Counted time between two instants and the instant at which an amount is counted, for each kind of clock; pauses put in order."""

from collections.abc import Iterable
from typing import NamedTuple

from shequtong.core.clock.calendar import Calendar
from shequtong.core.clock.instants import LAST, instant
from shequtong.core.clock.terms import CalendarExhaustedError, ClockError, ClockKind, Pause, PauseReason

SEARCH_MONTHS = 20 * 12  # a limit not used up in twenty years of running never will be
LONGEST = 60 * 366 * 86_400_000_000  # a clock seen over more than sixty years is a wrong date


class Standstill(NamedTuple):
    """A pause as instants, cut so that no two overlap; the earlier one gives the reason."""

    starts: int
    ends: int
    reason: PauseReason


def standstills(pauses: Iterable[Pause], until: int | None) -> list[Standstill]:
    """The pauses in order, disjoint, empty ones left out; one that still lasts ends at `until`."""
    raw = []
    for pause in pauses:
        if pause.ends is None and until is None:
            raise ClockError("A pause that still lasts needs `now`.")
        starts = instant(pause.starts)
        ends = max(starts, until or 0) if pause.ends is None else instant(pause.ends)
        raw.append((starts, ends, pause.reason))
    result: list[Standstill] = []
    for starts, ends, reason in sorted(raw):
        if result:
            starts = max(starts, result[-1].ends)
        if starts < ends:
            result.append(Standstill(starts, ends, reason))
    return result


def counted(kind: ClockKind, calendar: Calendar, starts: int, ends: int) -> int:
    """Counted time from `starts` to `ends` without any pause; none if `ends` lies before `starts`."""
    if ends <= starts:
        return 0
    if kind.continuous:
        return ends - starts
    if ends - starts > LONGEST:
        raise ClockError("A clock cannot be read over more than sixty years.")
    first, last = calendar.local_date(starts), calendar.local_date(ends)
    year, month, total = first.year, first.month, 0
    while (year, month) <= (last.year, last.month):
        block = calendar.month(year, month)
        total += block.before(ends) - block.before(starts)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return total


def reach(kind: ClockKind, calendar: Calendar, starts: int, amount: int) -> int:
    """The first instant from `starts` on at which `amount` (above 0) is counted, without any pause."""
    if starts + amount > LAST:
        raise CalendarExhaustedError("The limit ends beyond the year 9990.")
    if kind.continuous:
        return starts + amount
    if not calendar.has_office_hours:
        raise CalendarExhaustedError("The calendar has no office hours at all: a clock of office hours would never run.")
    day = calendar.local_date(starts)
    year, month = day.year, day.month
    for _ in range(SEARCH_MONTHS + 1):
        block = calendar.month(year, month)
        passed = block.before(starts)
        if passed + amount <= block.total:
            return block.reach(passed + amount)
        amount -= block.total - passed
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    raise CalendarExhaustedError("The calendar has too few office hours: the limit is not used up within twenty years.")
