"""A slow clock for comparison: looks at every single minute by the wall and counts it or not. Shares no code with the real one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shequtong.core.clock import Calendar, Season, Window

MINUTE = timedelta(minutes=1)
RawPause = tuple[datetime, datetime]


@dataclass(frozen=True)
class Plan:
    """A calendar as plain numbers: windows are (first, last) minutes of the day, last excluded."""

    zone: str
    summer: tuple[tuple[tuple[int, int], ...], ...]  # seven weekdays, April to September
    winter: tuple[tuple[tuple[int, int], ...], ...]
    holidays: frozenset[date]
    makeup_days: frozenset[date]

    def calendar(self) -> Calendar:
        def week(days: tuple[tuple[tuple[int, int], ...], ...]) -> tuple[tuple[Window, ...], ...]:
            return tuple(tuple(Window(clock(first), clock(last)) for first, last in day) for day in days)

        def clock(minute: int) -> time:
            return time(minute // 60 % 24, minute % 60)

        seasons = [Season(week(self.summer), first=(4, 1), last=(9, 30)), Season(week(self.winter), first=(10, 1), last=(3, 31))]
        return Calendar.of(zone=self.zone, seasons=seasons, holidays=self.holidays, makeup_days=self.makeup_days)

    def open_at(self, minute: datetime) -> bool:
        wall = minute.astimezone(ZoneInfo(self.zone))
        today = wall.date()
        if today in self.holidays:
            return False
        week = self.summer if 4 <= today.month <= 9 else self.winter
        windows = week[today.weekday()]
        if today in self.makeup_days:
            windows = next(day for day in week if day)
        return any(first <= wall.hour * 60 + wall.minute < last for first, last in windows)


def counts(plan: Plan | None, minute: datetime, pauses: Sequence[RawPause]) -> bool:
    if any(starts <= minute < ends for starts, ends in pauses):
        return False
    return plan is None or plan.open_at(minute)


def slow_elapsed(plan: Plan | None, start: datetime, end: datetime, pauses: Sequence[RawPause]) -> int:
    """Counted minutes; `plan=None` is a clock that runs day and night."""
    minute, used = start.astimezone(UTC), 0
    while minute < end:
        used += counts(plan, minute, pauses)
        minute += MINUTE
    return used


def slow_reach(plan: Plan | None, start: datetime, minutes: int, pauses: Sequence[RawPause]) -> datetime:
    """The end of the minute with which `minutes` are counted."""
    minute, used = start.astimezone(UTC), 0
    while used < minutes:
        used += counts(plan, minute, pauses)
        minute += MINUTE
        assert minute - start < timedelta(days=400), "the reference calendar is almost always closed"
    return minute
