"""The work calendar (工作日历): when the office is open. A value, built by `territory` from tables that staff can edit.

    Calendar.of(
        zone="Asia/Shanghai",
        seasons=[                                                      # the first that covers a date holds on it
            Season(workweek("08:00-12:00", "14:30-18:30"), first=(5, 1), last=(9, 30)),
            Season(workweek("08:00-12:00", "14:00-18:00")),            # the rest of the year; also the default
        ],
        holidays=[date(2026, 10, 1), ...],                             # 法定节假日 and the weekdays given off around them
        makeup_days=[date(2026, 10, 10), ...],                         # 调休: a rest day worked with the normal office hours
        known_years=[2026],                                            # years whose official notice is in the tables
    )

Build it once per version of the tables and keep it: it remembers the sums of the months it was asked about.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from shequtong.core.clock.blocks import MonthBlock
from shequtong.core.clock.instants import EPOCH, MICROSECOND
from shequtong.core.clock.terms import ClockError

MIDNIGHT = time(0)
DAY = timedelta(days=1)
LEAP_YEAR = 2000  # has every month and day a season can name


@dataclass(frozen=True, slots=True)
class Window:
    """Open from `opens` until `closes` by the wall clock of the calendar's zone; `closes=time(0)` is midnight at the end of the day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        for end in (self.opens, self.closes):
            if end.tzinfo or end.second or end.microsecond:
                raise ClockError(f"Office hours are whole minutes of the wall clock, not {end.isoformat()}.")
        if self.closes <= self.opens and self.closes != MIDNIGHT:
            raise ClockError(
                f"Office hours {self.opens:%H:%M}-{self.closes:%H:%M} end before they start; a night is two windows."
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `"08:00-12:00"`; `"24:00"` is the end of the day."""
        opens, _, closes = text.partition("-")
        try:
            ends = MIDNIGHT if closes == "24:00" else time.fromisoformat(closes)
            return cls(time.fromisoformat(opens), ends)
        except ValueError as error:
            raise ClockError(f"Office hours are written like 08:00-12:00, not {text!r}.") from error


Week = tuple[tuple[Window, ...], ...]  # seven days from Monday, the windows of each in order


def workweek(*windows: str, weekdays: Iterable[int] = range(5)) -> Week:
    """The same windows (`"08:00-12:00"`) on each of `weekdays` (0 is Monday), the other days closed."""
    day, open_days = tuple(map(Window.parse, windows)), set(weekdays)
    return tuple(day if weekday in open_days else () for weekday in range(7))


@dataclass(frozen=True, slots=True)
class Season:
    """Office hours from `first` to `last` (month, day), both included, every year; over New Year if `last` lies before `first`."""

    week: Week
    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] = (12, 31)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ClockError(f"A week has seven days, not {len(self.week)}.")
        for month, day in (self.first, self.last):
            if not (1 <= month <= 12 and 1 <= day <= monthrange(LEAP_YEAR, month)[1]):
                raise ClockError(f"A season cannot begin or end on day {day} of month {month}.")
        for windows in self.week:
            for earlier, later in pairwise(windows):
                if earlier.closes == MIDNIGHT or later.opens < earlier.closes:
                    raise ClockError(f"Office hours overlap or are out of order: {earlier}, {later}.")

    def covers(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last

    @property
    def normal(self) -> tuple[Window, ...]:
        """The hours of a make-up workday: those of the first weekday that has any (Monday as a rule)."""
        return next((windows for windows in self.week if windows), ())


class DayKind(StrEnum):
    """What a date is in the calendar."""

    WORKDAY = "workday"
    MAKEUP = "makeup"  # 调休上班
    REST = "rest"  # 休息日: no office hours on this weekday
    HOLIDAY = "holiday"  # 法定节假日


class Day(NamedTuple):
    """One date as instants: where it starts, its office hours (disjoint, in order), where the next date starts."""

    kind: DayKind
    starts: int
    windows: tuple[tuple[int, int], ...]
    ends: int


DEFAULT_SEASONS = (Season(workweek("08:00-12:00", "14:00-18:00")),)


@dataclass(frozen=True)
class Calendar:
    """Zone, office hours, holidays and make-up workdays of one place. `of` takes plain lists; see the top of this file."""

    zone: ZoneInfo
    seasons: tuple[Season, ...] = DEFAULT_SEASONS
    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()
    _months: dict[tuple[int, int], MonthBlock] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if both := self.holidays & self.makeup_days:
            raise ClockError(f"{min(both)} cannot be a holiday and a make-up workday.")

    @classmethod
    def of(
        cls,
        *,
        zone: str = "Asia/Shanghai",
        seasons: Iterable[Season] = DEFAULT_SEASONS,
        holidays: Iterable[date] = (),
        makeup_days: Iterable[date] = (),
        known_years: Iterable[int] = (),
    ) -> Self:
        """A calendar from plain lists; raises `ClockError` for a date that is both, `ZoneInfoNotFoundError` for a wrong zone."""
        return cls(ZoneInfo(zone), tuple(seasons), frozenset(holidays), frozenset(makeup_days), frozenset(known_years))

    def is_known(self, year: int) -> bool:
        """Whether the official notice of holidays and make-up workdays for `year` is loaded; if not, pages must warn."""
        return year in self.known_years

    @cached_property
    def has_office_hours(self) -> bool:
        return any(season.normal for season in self.seasons)

    def day(self, day: date) -> Day:
        """A date's office hours as instants."""
        open_hours = self._windows_on(day)
        if day in self.holidays:
            kind = DayKind.HOLIDAY
        elif not open_hours:
            kind = DayKind.REST
        else:
            kind = DayKind.MAKEUP if day in self.makeup_days else DayKind.WORKDAY
        starts, ends = self._wall(day, MIDNIGHT), self._wall(day + DAY, MIDNIGHT)
        return Day(kind, starts, self._instants(day, open_hours), ends)

    def month(self, year: int, month: int) -> MonthBlock:
        """The office hours of a month, remembered."""
        block = self._months.get((year, month))
        if block is None:
            days = (date(year, month, 1 + n) for n in range(monthrange(year, month)[1]))
            block = MonthBlock(window for day in days for window in self._instants(day, self._windows_on(day)))
            self._months[year, month] = block
        return block

    def local_date(self, at: int) -> date:
        """The date on the wall at an instant."""
        return (EPOCH + timedelta(microseconds=at)).astimezone(self.zone).date()

    def _windows_on(self, day: date) -> tuple[Window, ...]:
        if day in self.holidays:
            return ()
        season = next((season for season in self.seasons if season.covers(day)), None)
        if season is None:
            return ()
        return season.normal if day in self.makeup_days else season.week[day.weekday()]

    def _instants(self, day: date, windows: tuple[Window, ...]) -> tuple[tuple[int, int], ...]:
        """Wall times that a change to summer time skips move on by the skipped hour; those that come twice are taken
        the first time. So windows could touch or turn round on that day: they are cut to stay apart and in order."""
        if not windows:
            return ()
        cursor, ends = self._wall(day, MIDNIGHT), self._wall(day + DAY, MIDNIGHT)
        result = []
        for window in windows:
            closes = ends if window.closes == MIDNIGHT else min(self._wall(day, window.closes), ends)
            opens = max(self._wall(day, window.opens), cursor)
            if opens < closes:
                result.append((opens, closes))
                cursor = closes
        return tuple(result)

    def _wall(self, day: date, wall: time) -> int:
        return (datetime.combine(day, wall, self.zone) - EPOCH) // MICROSECOND
