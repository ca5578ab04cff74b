"""Give a unit a calendar of its own (单独设置工作日历): a copy of the one it counts by until now, to be changed from there."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.territory import permissions, units
from shequtong.territory.calendar_users import calendar_id_at
from shequtong.territory.calendars import REVISION
from shequtong.territory.models import CalendarDay, CalendarYear, OfficeHours, Unit, WorkCalendar


class NothingToCopy(Refusal):
    """No unit above has a calendar, or the new one has no name."""


@transaction.atomic
def copy_calendar(*, unit_id: int, name: str, by: Actor, now: datetime) -> WorkCalendar:
    """The unit counts by the copy at once; no due time moves, for it is the same still. Raises Forbidden, NothingToCopy."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    by.require(permissions.MANAGE_CALENDAR, unit)
    source_id = calendar_id_at(unit.path)
    if source_id is None:
        raise NothingToCopy(_("Neither this unit nor one above it has a calendar that could be copied."))
    if not name.strip():
        raise NothingToCopy(_("Give the calendar a name."))
    source = WorkCalendar.objects.get(pk=source_id)

    copy = WorkCalendar.objects.create(name=name.strip()[:60], zone=source.zone)
    _copy_rows(source, copy)
    unit.calendar = copy
    unit.save(update_fields=["calendar"])
    log.record("territory.calendar_copied", copy, by=by, at=now, source=source.pk, unit=unit.pk, name=copy.name)
    held.changed(REVISION)
    held.changed(units.REVISION)
    return copy


def _copy_rows(source: WorkCalendar, copy: WorkCalendar) -> None:
    hours = source.hours.order_by("id").values("season_from", "season_to", "weekdays", "opens", "closes")
    OfficeHours.objects.bulk_create([OfficeHours(calendar=copy, **row) for row in hours])
    days = source.days.order_by("day").values("day", "kind", "name")
    CalendarDay.objects.bulk_create([CalendarDay(calendar=copy, **row) for row in days])
    years = source.years.order_by("year").values("year", "source")
    CalendarYear.objects.bulk_create([CalendarYear(calendar=copy, **row) for row in years])
