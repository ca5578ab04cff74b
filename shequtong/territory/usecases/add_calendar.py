"""Add a work calendar (新建工作日历) with its office hours and, from a package, the years whose official notice it knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.clock import ClockError, zone_named
from shequtong.core.refusals import Refusal
from shequtong.territory import permissions
from shequtong.territory.calendars import REVISION, seasons
from shequtong.territory.models import OfficeHours, WorkCalendar
from shequtong.territory.usecases.seed_calendar_years import seed_calendar_years


class BadOfficeHours(Refusal):
    """Hours that end before they start, overlap, or name no weekday."""


@dataclass(frozen=True)
class Hours:
    """One span of work. `season_from`, `season_to` are MM-DD, both included; `weekdays` are ISO digits, Monday is 1."""

    opens: time
    closes: time
    season_from: str = "01-01"
    season_to: str = "12-31"
    weekdays: str = "12345"


USUAL_HOURS = (Hours(time(8), time(12)), Hours(time(14), time(18)))


@transaction.atomic
def add_calendar(
    *,
    name: str,
    by: Actor,
    now: datetime,
    name_en: str = "",
    zone: str = "Asia/Shanghai",
    hours: Sequence[Hours] = USUAL_HOURS,
    years: Iterable[int] = (),
) -> WorkCalendar:
    """A calendar for units to count by. Summer hours are spans of a shorter season: the shorter holds inside the longer."""
    by.require(permissions.MANAGE_CALENDAR, WorkCalendar())
    try:
        zone_named(zone)
    except ClockError as error:
        raise BadOfficeHours(_("There is no time zone %(zone)s that is named by a city.") % {"zone": zone}) from error
    calendar = WorkCalendar.objects.create(name=name, name_en=name_en, zone=zone)
    OfficeHours.objects.bulk_create(office_hours(calendar, hours))
    log.record("territory.calendar_added", calendar, by=by, at=now, name=name, zone=zone)
    held.changed(REVISION)
    seed_calendar_years(calendar_id=calendar.pk, years=years, by=by, now=now)
    return calendar


def office_hours(calendar: WorkCalendar, hours: Sequence[Hours]) -> list[OfficeHours]:
    """Rows of these hours, not yet written. Raises BadOfficeHours when they cannot be."""
    if not hours:
        raise BadOfficeHours(_("A calendar needs office hours."))
    spans = [
        OfficeHours(
            calendar=calendar,
            season_from=span.season_from,
            season_to=span.season_to,
            weekdays=span.weekdays,
            opens=span.opens,
            closes=span.closes,
        )
        for span in hours
    ]
    for span in spans:
        if not span.weekdays or set(span.weekdays) - set("1234567") or len(set(span.weekdays)) != len(span.weekdays):
            raise BadOfficeHours(_("Weekdays are digits from 1 (Monday) to 7."))
        if span.closes <= span.opens:
            raise BadOfficeHours(_("Office hours must end after they start."))
    try:
        seasons(spans)
    except (ClockError, ValueError) as error:
        raise BadOfficeHours(_("The office hours overlap or name a day that does not exist.")) from error
    return spans
