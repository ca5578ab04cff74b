"""Changing a calendar: a year as its notice has it, hours by season, a unit's own copy; who may, and that it is told once."""

from datetime import UTC, date, datetime, time

import pytest

from shequtong.audit.models import Entry
from shequtong.core import events as core_events
from shequtong.core.actors import Grant
from shequtong.core.clock import ClockKind, Limit, limits
from shequtong.core.refusals import Forbidden
from shequtong.territory import units
from shequtong.territory.calendar_users import may_manage, missing_for, subdistricts_of, users_of
from shequtong.territory.events import CalendarChanged
from shequtong.territory.holiday_notice import read_notice
from shequtong.territory.models import CalendarDay, WorkCalendar
from shequtong.territory.testing import NOON, SYSTEM, Clerk, Ground
from shequtong.territory.tests.test_holiday_notice import TEXT_2026
from shequtong.territory.usecases.add_calendar import USUAL_HOURS, BadOfficeHours, Hours, add_calendar
from shequtong.territory.usecases.copy_calendar import NothingToCopy, copy_calendar
from shequtong.territory.usecases.set_calendar_days import BadCalendarDays, set_calendar_days
from shequtong.territory.usecases.set_office_hours import set_office_hours
from shequtong.territory.usecases.use_calendar import CannotChoose, use_calendar

FRIDAY = datetime(2026, 2, 13, 6, tzinfo=UTC)  # 14:00 on the last Friday before the Spring Festival of 2026
TWO_DAYS = Limit(2, ClockKind.WORK_DAYS)
SUMMER = (Hours(time(8), time(12), "05-01", "09-30"), Hours(time(14, 30), time(18, 30), "05-01", "09-30"))


@pytest.fixture
def calendar(ground: Ground) -> WorkCalendar:
    """The district's."""
    made = add_calendar(name="苏州市", by=SYSTEM, now=NOON)
    use_calendar(unit_id=ground.district.pk, calendar_id=made.pk, by=SYSTEM, now=NOON)
    return made


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[CalendarChanged]:
    """What is published of calendars."""
    found: list[CalendarChanged] = []
    monkeypatch.setitem(core_events._handlers, CalendarChanged, [found.append])
    return found


def test_the_notice_of_2026_moves_a_clock_over_the_spring_festival(
    ground: Ground, calendar: WorkCalendar, told: list[CalendarChanged]
) -> None:
    before = limits(TWO_DAYS, units.calendar_of(ground.grids[0]), FRIDAY).due_at
    days = read_notice(TEXT_2026, 2026).days

    count = set_calendar_days(calendar_id=calendar.pk, days=days, year=2026, source="国办发明电〔2025〕7号", by=SYSTEM, now=NOON)

    now_counted = units.calendar_of(ground.grids[0])
    assert (count, now_counted.is_known(2026)) == (39, True)
    # four hours on Friday, eight on Saturday 14 (made up), four on Tuesday 24
    assert before == datetime(2026, 2, 17, 4, tzinfo=UTC)  # Monday and Tuesday counted
    assert limits(TWO_DAYS, now_counted, FRIDAY).due_at == datetime(2026, 2, 24, 4, tzinfo=UTC)
    assert told == [CalendarChanged(calendar.pk, (1, 2, 3), SYSTEM.name, NOON)]
    assert Entry.objects.filter(what="territory.calendar_days_set", object_id=calendar.pk).count() == 1


def test_a_year_replaces_what_stood_in_it_and_touches_no_other(ground: Ground, calendar: WorkCalendar) -> None:
    for year in (2025, 2026):
        set_calendar_days(calendar_id=calendar.pk, days={date(year, 3, 3): ("holiday", "x")}, by=SYSTEM, now=NOON)
    only = {date(2026, 5, 1): ("holiday", "劳动节"), date(2025, 12, 31): ("holiday", "元旦")}

    set_calendar_days(calendar_id=calendar.pk, days=only, year=2026, source="通知", by=SYSTEM, now=NOON)

    assert set(CalendarDay.objects.values_list("day", flat=True)) == {date(2025, 3, 3), *only}
    set_calendar_days(calendar_id=calendar.pk, days={date(2026, 5, 1): (None, "")}, by=SYSTEM, now=NOON)
    assert date(2026, 5, 1) not in units.calendar_of(ground.grids[0]).holidays


def test_a_year_without_its_source_or_no_day_is_refused(calendar: WorkCalendar) -> None:
    with pytest.raises(BadCalendarDays):
        set_calendar_days(calendar_id=calendar.pk, days={date(2026, 1, 1): ("holiday", "")}, year=2026, by=SYSTEM, now=NOON)
    with pytest.raises(BadCalendarDays):
        set_calendar_days(calendar_id=calendar.pk, days={}, by=SYSTEM, now=NOON)


def test_summer_hours_are_set_and_told(ground: Ground, calendar: WorkCalendar, told: list[CalendarChanged]) -> None:
    set_office_hours(calendar_id=calendar.pk, hours=(*USUAL_HOURS, *SUMMER), by=SYSTEM, now=NOON)
    july = datetime(2026, 7, 1, 4, tzinfo=UTC)  # 12:00
    due = limits(Limit(1, ClockKind.WORK_HOURS), units.calendar_of(ground.grids[0]), july).due_at
    assert due == datetime(2026, 7, 1, 7, 30, tzinfo=UTC)
    assert len(told) == 1
    with pytest.raises(BadOfficeHours):
        set_office_hours(calendar_id=calendar.pk, hours=(), by=SYSTEM, now=NOON)


def test_a_supervisor_changes_what_only_its_own_units_count_by(ground: Ground, calendar: WorkCalendar) -> None:
    ding = Clerk("Ding", grant=Grant(2, ground.street.path))
    with pytest.raises(Forbidden):
        set_calendar_days(calendar_id=calendar.pk, days={date(2026, 5, 1): ("holiday", "")}, by=ding, now=NOON)

    own = copy_calendar(unit_id=ground.street.pk, name="狮山街道", by=ding, now=NOON)

    assert [one.id for one in users_of(own.pk)] == [ground.street.pk]
    assert (subdistricts_of(own.pk), subdistricts_of(calendar.pk)) == ((2,), (1, 3))
    set_calendar_days(calendar_id=own.pk, days={date(2026, 5, 9): ("holiday", "")}, by=ding, now=NOON)
    assert date(2026, 5, 9) in units.calendar_of(ground.grids[0]).holidays
    assert date(2026, 5, 9) not in units.calendar_of(ground.next_community).holidays
    gao = Clerk("Gao", grant=Grant(3, ground.next_street.path))
    assert not may_manage(gao, own.pk)
    with pytest.raises(Forbidden):
        set_office_hours(calendar_id=own.pk, hours=USUAL_HOURS, by=gao, now=NOON)
    with pytest.raises(CannotChoose):
        use_calendar(unit_id=ground.next_street.pk, calendar_id=own.pk, by=gao, now=NOON)
    with pytest.raises(Forbidden):
        copy_calendar(unit_id=ground.street.pk, name="x", by=gao, now=NOON)
    use_calendar(unit_id=ground.next_street.pk, calendar_id=own.pk, by=SYSTEM, now=NOON)
    assert not may_manage(ding, own.pk)  # no longer its own alone
    use_calendar(unit_id=ground.next_street.pk, calendar_id=None, by=SYSTEM, now=NOON)
    use_calendar(unit_id=ground.street.pk, calendar_id=None, by=ding, now=NOON)
    assert not may_manage(ding, own.pk)


def test_there_must_be_something_to_copy(ground: Ground) -> None:
    with pytest.raises(NothingToCopy):
        copy_calendar(unit_id=ground.street.pk, name="狮山街道", by=SYSTEM, now=NOON)


def test_a_year_is_missed_from_october_of_the_one_before(ground: Ground, calendar: WorkCalendar) -> None:
    set_calendar_days(
        calendar_id=calendar.pk, days={date(2026, 1, 1): ("holiday", "")}, year=2026, source="通知", by=SYSTEM, now=NOON
    )
    path = ground.community.path
    september, october = datetime(2026, 9, 30, 15, 59, tzinfo=UTC), datetime(2026, 9, 30, 16, tzinfo=UTC)  # 24:00 in Suzhou
    assert (missing_for(SYSTEM, path, september), missing_for(SYSTEM, path, october)) == ({}, {calendar.pk: (2027,)})
    assert missing_for(SYSTEM, "", october) == {calendar.pk: (2027,)}
    assert missing_for(SYSTEM, path, datetime(2027, 3, 1, tzinfo=UTC)) == {calendar.pk: (2027,)}
    ding = Clerk("Ding", grant=Grant(2, ground.street.path))
    assert missing_for(ding, path, october) == {}  # who cannot mend it is not told
