"""End a unit (撤销辖区单元): from a day on it takes nothing new; its code is never used again and its past stays."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.territory import permissions, units
from shequtong.territory.models import Building, Unit, UnitVersion
from shequtong.territory.usecases._versions import BadDay, require_past_or_today


class CannotEndUnit(Refusal):
    """Something still stands in it."""


@transaction.atomic
def end_unit(*, unit_id: int, day: date, reason: str, by: Actor, now: datetime) -> Unit:
    """The unit's last day is the one before `day`; formed on `day`, it held on none. Units below it and its buildings must have ended or moved before."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    by.require(permissions.MANAGE_UNITS, unit)
    if unit.ended_at is not None or not reason.strip():
        raise CannotEndUnit(_("A standing unit and a reason are needed."))
    if Unit.objects.filter(parent=unit, ended_at__isnull=True).exists():
        raise CannotEndUnit(_("%(unit)s still has units below it.") % {"unit": unit.name})
    if Building.objects.within(unit.subdistrict_id).standing().under(unit.path).exists():
        raise CannotEndUnit(_("%(unit)s still has buildings; redraw its neighbours first.") % {"unit": unit.name})
    require_past_or_today(unit.subdistrict_id, day, now)
    last = UnitVersion.objects.select_for_update().get(unit=unit, valid_to__isnull=True)
    if day < last.valid_from:
        raise BadDay(
            _("%(unit)s last changed on %(day)s; nothing can change before that.") % {"unit": unit.name, "day": last.valid_from}
        )

    UnitVersion.objects.filter(pk=last.pk).update(valid_to=day)
    unit.ended_at = now
    unit.save(update_fields=["ended_at"])
    log.record("territory.unit_ended", unit, by=by, at=now, reason=reason, day=day.isoformat())
    held.changed(units.REVISION)
    return unit
