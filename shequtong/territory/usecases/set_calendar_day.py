"""Set a day of a work calendar (设置节假日或调休), and say when a year's official notice has been entered."""

from datetime import date, datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.territory import permissions
from shequtong.territory.calendars import REVISION
from shequtong.territory.models import CalendarDay, CalendarYear, WorkCalendar


@transaction.atomic
def set_calendar_day(*, calendar_id: int, day: date, kind: str | None, by: Actor, now: datetime, name: str = "") -> None:
    """`kind` "holiday" or "workday"; None makes the day what its weekday is. Cases counted before keep their due times."""
    calendar = WorkCalendar.objects.select_for_update().get(pk=calendar_id)
    by.require(permissions.MANAGE_CALENDAR, calendar)
    if kind is None:
        CalendarDay.objects.filter(calendar=calendar, day=day).delete()
    else:
        kind = CalendarDay.Kind(kind)
        CalendarDay.objects.update_or_create(calendar=calendar, day=day, defaults={"kind": kind, "name": name})
    log.record("territory.calendar_day_set", calendar, by=by, at=now, day=day.isoformat(), kind=kind)
    held.changed(REVISION)


@transaction.atomic
def confirm_calendar_year(*, calendar_id: int, year: int, source: str, by: Actor, now: datetime) -> None:
    """The official notice of `year` stands in the table; `source` names it, e.g. 国办发明电〔2025〕7号."""
    calendar = WorkCalendar.objects.select_for_update().get(pk=calendar_id)
    by.require(permissions.MANAGE_CALENDAR, calendar)
    CalendarYear.objects.update_or_create(calendar=calendar, year=year, defaults={"source": source})
    log.record("territory.calendar_year_confirmed", calendar, by=by, at=now, year=year, source=source)
    held.changed(REVISION)
