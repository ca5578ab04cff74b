"""Let a unit count by a work calendar (指定工作日历): it and all below it that have none of their own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.events import publish
from shequtong.core.refusals import Refusal
from shequtong.territory import permissions, units
from shequtong.territory.calendar_users import calendar_id_at, may_choose
from shequtong.territory.events import CalendarChanged
from shequtong.territory.models import Unit, WorkCalendar


class CannotChoose(Refusal):
    """The calendar is another place's own."""


@transaction.atomic
def use_calendar(*, unit_id: int, calendar_id: int | None, by: Actor, now: datetime) -> Unit:
    """None: the unit counts by the calendar of the unit above again. Open due times are computed anew. Raises Forbidden, CannotChoose."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    by.require(permissions.MANAGE_CALENDAR, unit)
    if calendar_id is not None and not may_choose(by, units.unit(unit.pk), calendar_id):
        raise CannotChoose(_("This calendar is another place's own."))
    unit.calendar = None if calendar_id is None else WorkCalendar.objects.get(pk=calendar_id)
    unit.save(update_fields=["calendar"])
    log.record("territory.calendar_chosen", unit, by=by, at=now, calendar=calendar_id)
    held.changed(units.REVISION)
    below = tuple(sorted({one.subdistrict for one in units.under(unit.path)}))
    publish(CalendarChanged(calendar_id=calendar_id_at(unit.path) or 0, subdistricts=below, asked_by=by.name[:80], at=now))
    return unit
