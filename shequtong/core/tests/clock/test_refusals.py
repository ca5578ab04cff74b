"""What the clock refuses: times nobody can place, limits of nothing, calendars that never open. It never loops for ever."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from shequtong.core.clock import (
    Calendar,
    CalendarExhaustedError,
    ClockError,
    ClockKind,
    Due,
    Limit,
    Pause,
    Season,
    Window,
    elapsed,
    explain,
    light,
    limits,
    workweek,
)
from shequtong.core.tests.clock.china import CHINA, at

START = at("04-13 09:00")
NAIVE = START.replace(tzinfo=None)
FOUR_HOURS = Limit(4, ClockKind.WORK_HOURS)
TEN_YEARS = Limit(3650, ClockKind.WORK_DAYS)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: limits(FOUR_HOURS, CHINA, NAIVE),
        lambda: limits(FOUR_HOURS, CHINA, START, now=NAIVE),
        lambda: elapsed(FOUR_HOURS.kind, CHINA, START, NAIVE),
        lambda: explain(FOUR_HOURS, CHINA, NAIVE, START),
        lambda: light(Due(START, START), NAIVE),
        lambda: Pause(NAIVE),
        lambda: Pause(START, NAIVE),
    ],
)
def test_times_without_a_zone(attempt: Callable[[], object]) -> None:
    with pytest.raises(ClockError, match="with a zone"):
        attempt()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: Limit(0, ClockKind.WORK_DAYS),
        lambda: Limit(-1, ClockKind.WORK_DAYS),
        lambda: Limit(1, ClockKind.WORK_DAYS, -1),
        lambda: Limit(3651, ClockKind.WORK_DAYS),
        lambda: FOUR_HOURS * 0,
        lambda: FOUR_HOURS.extended(-1),
        lambda: Pause(START, START - timedelta(microseconds=1)),
        lambda: limits(FOUR_HOURS, CHINA, START, [Pause(START)]),  # lasts, and nobody said what time it is
        lambda: workweek("8 to 12"),
        lambda: workweek("14:00-12:00"),
        lambda: Window(time(8, 0, 30), time(12)),
        lambda: Season(workweek("08:00-12:00", "11:00-18:00")),
        lambda: Season(workweek("14:00-24:00", "08:00-12:00")),
        lambda: Season(workweek("08:00-12:00")[:6]),
        lambda: Season(workweek("08:00-12:00"), first=(2, 30)),
        lambda: Calendar.of(holidays=[date(2026, 10, 1)], makeup_days=[date(2026, 10, 1)]),
        lambda: elapsed(FOUR_HOURS.kind, CHINA, START, datetime(9999, 12, 31, tzinfo=UTC)),
        lambda: explain(FOUR_HOURS, CHINA, START, datetime(9999, 12, 31, tzinfo=UTC)),
    ],
)
def test_what_cannot_be(attempt: Callable[[], object]) -> None:
    with pytest.raises(ClockError):
        attempt()


@pytest.mark.parametrize(
    "calendar",
    [
        Calendar.of(seasons=[]),
        Calendar.of(seasons=[Season(workweek())]),
        Calendar.of(seasons=[Season(workweek("08:00-08:01", weekdays=[0]))]),
        Calendar.of(
            seasons=[Season(workweek("08:00-18:00"), first=(10, 1), last=(10, 1))],
            holidays=[date(year, 10, 1) for year in range(2026, 2060)],
        ),
    ],
)
def test_calendars_that_never_open_long_enough(calendar: Calendar) -> None:
    with pytest.raises(CalendarExhaustedError):
        limits(TEN_YEARS, calendar, START)


def test_a_pause_without_end_in_sight_cannot_be_waited_for() -> None:
    with pytest.raises(CalendarExhaustedError):
        limits(FOUR_HOURS, CHINA, START, [Pause(START, datetime(9999, 12, 31, tzinfo=UTC))])


def test_continuous_clocks_need_no_office_hours_at_all() -> None:
    closed = Calendar.of(seasons=[])
    assert limits(Limit(2, ClockKind.URGENT_HOURS), closed, START).due_at == START + timedelta(hours=2)


def test_ten_years_of_working_days_end_after_fourteen_years() -> None:
    plain = Calendar.of()  # no holidays: 730 weeks of five days, from a Monday morning to a Friday evening
    assert limits(TEN_YEARS, plain, at("04-13 08:00")).due_at == at("04-10 18:00") + timedelta(weeks=730)


def test_a_season_may_lie_over_new_year_and_the_first_that_covers_a_day_holds() -> None:
    winter = Season(workweek("09:00-12:00", "13:00-17:00"), first=(11, 1), last=(3, 31))
    calendar = Calendar.of(seasons=[winter, Season(workweek("08:00-12:00", "14:00-18:00"))])
    one = Limit(1, ClockKind.WORK_HOURS)
    for day, opens in (("2026-01-05", 9), ("2026-03-31", 9), ("2026-04-01", 8), ("2026-10-30", 8), ("2026-11-02", 9)):
        assert limits(one, calendar, at(f"{day}T00:00:00")).due_at == at(f"{day}T{opens + 1:02}:00:00")
