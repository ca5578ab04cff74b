"""Set a day of a work calendar (设置节假日或调休), and say when a year's official notice has been entered."""

from datetime import date, datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.territory.calendar_users import require_manage
from shequtong.territory.models import CalendarDay, CalendarYear, WorkCalendar
from shequtong.territory.usecases._calendars import tell_changed


@transaction.atomic
def set_calendar_day(*, calendar_id: int, day: date, kind: str | None, by: Actor, now: datetime, name: str = "") -> None:
    """`kind` "holiday" or "workday"; None makes the day what its weekday is. Open due times are computed anew by the worker."""
    calendar = WorkCalendar.objects.select_for_update().get(pk=calendar_id)
    require_manage(by, calendar)
    if kind is None:
        CalendarDay.objects.filter(calendar=calendar, day=day).delete()
    else:
        kind = CalendarDay.Kind(kind)
        CalendarDay.objects.update_or_create(calendar=calendar, day=day, defaults={"kind": kind, "name": name})
    log.record("territory.calendar_day_set", calendar, by=by, at=now, day=day.isoformat(), kind=kind)
    tell_changed(calendar.pk, by=by, now=now)


@transaction.atomic
def confirm_calendar_year(*, calendar_id: int, year: int, source: str, by: Actor, now: datetime) -> None:
    """The official notice of `year` stands in the table; `source` names it, e.g. 国办发明电〔2025〕7号."""
    calendar = WorkCalendar.objects.select_for_update().get(pk=calendar_id)
    require_manage(by, calendar)
    CalendarYear.objects.update_or_create(calendar=calendar, year=year, defaults={"source": source})
    log.record("territory.calendar_year_confirmed", calendar, by=by, at=now, year=year, source=source)
    tell_changed(calendar.pk, by=by, now=now)
