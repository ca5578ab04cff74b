"""Seed the years of a work calendar (载入年度节假日) from the package; what staff have set by hand stays."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.territory.calendar_users import require_manage
from shequtong.territory.models import CalendarDay, CalendarYear, WorkCalendar
from shequtong.territory.published_days import published_year, source
from shequtong.territory.usecases._calendars import tell_changed

NAME_LENGTH = 40


@transaction.atomic
def seed_calendar_years(*, calendar_id: int, years: Iterable[int], by: Actor, now: datetime) -> list[int]:
    """The years that are known now, of those asked for. A year without its official notice gets the days the law fixes and stays unknown,

    so that clocks which reach into it say so; a second run, with a newer package, fills it up.
    """
    calendar = WorkCalendar.objects.select_for_update().get(pk=calendar_id)
    require_manage(by, calendar)
    found = [published_year(year) for year in sorted(set(years))]
    if not found:
        return []
    set_already = set(CalendarDay.objects.filter(calendar=calendar).values_list("day", flat=True))
    known_already = set(CalendarYear.objects.filter(calendar=calendar).values_list("year", flat=True))
    days = [
        CalendarDay(calendar=calendar, day=day, kind=kind, name=name[:NAME_LENGTH])
        for year in found
        for kind, named in ((CalendarDay.Kind.HOLIDAY, year.holidays), (CalendarDay.Kind.WORKDAY, year.makeup_days))
        for day, name in named.items()
        if day not in set_already
    ]
    known = [year.year for year in found if year.known]
    fresh = [CalendarYear(calendar=calendar, year=year, source=source()) for year in known if year not in known_already]
    CalendarDay.objects.bulk_create(days)
    CalendarYear.objects.bulk_create(fresh)
    log.record(
        "territory.calendar_seeded", calendar, by=by, at=now, years=[year.year for year in found], known=known, days=len(days)
    )
    tell_changed(calendar.pk, by=by, now=now)
    return known
