"""Let a unit count by a work calendar (指定工作日历): it and all below it that have none of their own."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.territory import permissions, units
from shequtong.territory.models import Unit, WorkCalendar


@transaction.atomic
def use_calendar(*, unit_id: int, calendar_id: int | None, by: Actor, now: datetime) -> Unit:
    """None: the unit counts by the calendar of the unit above again."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    by.require(permissions.MANAGE_UNITS, unit)
    unit.calendar = None if calendar_id is None else WorkCalendar.objects.get(pk=calendar_id)
    unit.save(update_fields=["calendar"])
    log.record("territory.calendar_chosen", unit, by=by, at=now, calendar=calendar_id)
    held.changed(units.REVISION)
    return unit
