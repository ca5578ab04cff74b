"""Set days of a work calendar (设置节假日与调休): some of them, or a whole year as its official notice has it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.territory.calendar_users import require_manage
from shequtong.territory.models import CalendarDay, CalendarYear, WorkCalendar
from shequtong.territory.usecases._calendars import tell_changed

_MOST = 800


class BadCalendarDays(Refusal):
    """No day at all, more than a year has, or a year whose notice has no name."""


@transaction.atomic
def set_calendar_days(
    *,
    calendar_id: int,
    days: Mapping[date, tuple[str | None, str]],
    by: Actor,
    now: datetime,
    year: int | None = None,
    source: str = "",
) -> int:
    """`days` are (kind, name) by date; kind None makes the day what its weekday is. How many days are set.

    With `year` they are all that differs in it, and the year is known from then on, by `source` (e.g. 国办发明电〔2025〕7号).
    Raises Forbidden, BadCalendarDays. Open due times are computed anew by the worker.
    """
    calendar = WorkCalendar.objects.select_for_update().get(pk=calendar_id)
    require_manage(by, calendar)
    if not days or len(days) > _MOST:
        raise BadCalendarDays(_("Name at least one day, and at most a year of them."))
    if year is not None and not source.strip():
        raise BadCalendarDays(_("Say which notice the days are from."))

    own = CalendarDay.objects.filter(calendar=calendar)
    own.filter(day__in=sorted(days)).delete()
    if year is not None:
        own.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31)).delete()
        CalendarYear.objects.update_or_create(calendar=calendar, year=year, defaults={"source": source.strip()[:120]})
    rows = [
        CalendarDay(calendar=calendar, day=day, kind=CalendarDay.Kind(kind), name=name[:40])
        for day, (kind, name) in sorted(days.items())
        if kind is not None
    ]
    CalendarDay.objects.bulk_create(rows)
    listed = {day.isoformat(): kind for day, (kind, _name) in sorted(days.items())}
    log.record("territory.calendar_days_set", calendar, by=by, at=now, year=year, source=source.strip()[:120], days=listed)
    tell_changed(calendar.pk, by=by, now=now)
    return len(rows)
