"""Work calendars: office hours by season, published days, and years nobody has published yet."""

from datetime import UTC, date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from shequtong.core.actors import Grant
from shequtong.core.clock import ClockKind, Limit, limits
from shequtong.core.refusals import Forbidden
from shequtong.territory import units
from shequtong.territory.models import CalendarDay, CalendarYear, WorkCalendar
from shequtong.territory.testing import NOON, SYSTEM, Clerk, Ground
from shequtong.territory.usecases.add_calendar import USUAL_HOURS, BadOfficeHours, Hours, add_calendar
from shequtong.territory.usecases.open_place import CannotOpenPlace, open_place
from shequtong.territory.usecases.seed_calendar_years import seed_calendar_years
from shequtong.territory.usecases.set_calendar_day import confirm_calendar_year, set_calendar_day
from shequtong.territory.usecases.use_calendar import use_calendar

SUMMER = (
    Hours(time(8), time(12), "05-01", "09-30"),
    Hours(time(14, 30), time(18, 30), "05-01", "09-30"),
)


def make_calendar(ground: Ground, **more: object) -> WorkCalendar:
    calendar = add_calendar(name="苏州市", by=SYSTEM, now=NOON, **more)  # type: ignore[arg-type]  # keywords of the use-case
    use_calendar(unit_id=ground.district.pk, calendar_id=calendar.pk, by=SYSTEM, now=NOON)
    return calendar


def test_2026_is_known_and_2027_is_not(ground: Ground) -> None:
    calendar = make_calendar(ground, years=[2026, 2027])

    assert list(CalendarYear.objects.values_list("year", flat=True)) == [2026]
    workdays = CalendarDay.objects.filter(calendar=calendar, kind="workday").values_list("day", flat=True)
    assert sorted(workdays) == [
        *(date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)),
    ]
    assert CalendarDay.objects.filter(calendar=calendar, day=date(2027, 10, 1), kind="holiday").exists()  # fixed by law
    counted = units.calendar_of(ground.grids[0])
    assert (counted.is_known(2026), counted.is_known(2027)) == (True, False)


def test_clocks_run_over_the_spring_festival_as_published(ground: Ground) -> None:
    make_calendar(ground, years=[2026])
    friday = datetime(2026, 2, 13, 6, tzinfo=UTC)  # 14:00 on the last Friday before the festival
    # four hours left on Friday, eight on Saturday 14 (made up), then nothing before Tuesday 24
    due = limits(Limit(2, ClockKind.WORK_DAYS), units.calendar_of(ground.grids[0]), friday).due_at
    assert due == datetime(2026, 2, 24, 4, tzinfo=UTC)


def test_summer_hours_hold_inside_the_year(ground: Ground) -> None:
    make_calendar(ground, hours=(*USUAL_HOURS, *SUMMER))
    counted = units.calendar_of(ground.grids[0])
    july, january = datetime(2026, 7, 1, 4, tzinfo=UTC), datetime(2026, 1, 7, 4, tzinfo=UTC)  # 12:00
    assert limits(Limit(1, ClockKind.WORK_HOURS), counted, july).due_at == datetime(2026, 7, 1, 7, 30, tzinfo=UTC)
    assert limits(Limit(1, ClockKind.WORK_HOURS), counted, january).due_at == datetime(2026, 1, 7, 7, tzinfo=UTC)


def test_what_staff_set_stays_when_the_years_are_seeded(ground: Ground) -> None:
    calendar = make_calendar(ground)
    set_calendar_day(calendar_id=calendar.pk, day=date(2026, 5, 9), kind="holiday", name="本地放假", by=SYSTEM, now=NOON)

    assert seed_calendar_years(calendar_id=calendar.pk, years=[2026], by=SYSTEM, now=NOON) == [2026]

    assert CalendarDay.objects.get(day=date(2026, 5, 9)).kind == "holiday"
    assert date(2026, 5, 9) in units.calendar_of(ground.grids[0]).holidays
    before = CalendarDay.objects.count()
    seed_calendar_years(calendar_id=calendar.pk, years=[2026], by=SYSTEM, now=NOON)
    assert CalendarDay.objects.count() == before
    set_calendar_day(calendar_id=calendar.pk, day=date(2026, 5, 9), kind=None, by=SYSTEM, now=NOON)
    assert date(2026, 5, 9) not in units.calendar_of(ground.grids[0]).holidays


def test_a_year_entered_by_hand_is_known(ground: Ground) -> None:
    calendar = make_calendar(ground)
    confirm_calendar_year(calendar_id=calendar.pk, year=2027, source="国办通知", by=SYSTEM, now=NOON)
    assert units.calendar_of(ground.grids[0]).is_known(2027)


def test_a_community_may_have_its_own_and_a_place_without_any_has_the_plain_one(
    ground: Ground, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = add_calendar(name="馨泰", hours=[Hours(time(9), time(17), weekdays="1234567")], by=SYSTEM, now=NOON)
    use_calendar(unit_id=ground.community.pk, calendar_id=own.pk, by=SYSTEM, now=NOON)

    assert units.calendar_of(ground.grids[0]).seasons[0].week[6]
    plain = units.calendar_of(ground.other_community)
    assert not plain.seasons[0].week[6]
    assert not plain.known_years
    with django_assert_num_queries(0):
        assert units.calendar_of(ground.grids[0]) is units.calendar_of(ground.grids[1])


@pytest.mark.parametrize(
    "hours",
    [
        [],
        [Hours(time(12), time(8))],
        [Hours(time(8), time(12)), Hours(time(11), time(15))],
        [Hours(time(8), time(12), weekdays="8")],
        [Hours(time(8), time(12), weekdays="")],
        [Hours(time(8), time(12), season_from="02-31")],
        [Hours(time(8), time(12), season_from="may")],
    ],
)
def test_refuses_hours_that_cannot_be(ground: Ground, hours: list[Hours]) -> None:
    with pytest.raises(BadOfficeHours):
        add_calendar(name="x", hours=hours, by=SYSTEM, now=NOON)


def test_is_the_installations_to_change(ground: Ground) -> None:
    calendar = make_calendar(ground)
    chen = Clerk("Chen", grant=Grant(2, ground.street.path))
    with pytest.raises(Forbidden):
        set_calendar_day(calendar_id=calendar.pk, day=date(2026, 5, 9), kind="holiday", by=chen, now=NOON)
    with pytest.raises(Forbidden):
        add_calendar(name="x", by=chen, now=NOON)


@pytest.mark.parametrize("zone", ["Etc/GMT+10", "Asia/Nowhere"])
def test_a_zone_that_the_database_would_read_otherwise_is_refused(ground: Ground, zone: str) -> None:
    with pytest.raises(BadOfficeHours, match=zone.replace("+", r"\+")):
        add_calendar(name="苏州市", by=SYSTEM, now=NOON, zone=zone)
    with pytest.raises(CannotOpenPlace, match=zone.replace("+", r"\+")):
        open_place(number=990, kind="subdistrict", letters="ZZQ", name="某街道", zone=zone, by=SYSTEM, now=NOON)
