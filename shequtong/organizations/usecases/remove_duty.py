"""Take a shift off the duty roster (取消值班); one that is over stays: who was on duty then was on duty."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.organizations import permissions
from shequtong.organizations.duty import REVISION
from shequtong.organizations.models import DutyShift


class CannotRemoveDuty(Refusal):
    """It is over."""


@transaction.atomic
def remove_duty(*, shift_id: int, by: Actor, now: datetime) -> DutyShift:
    """A second time changes nothing. Raises Forbidden, CannotRemoveDuty."""
    shift = DutyShift.objects.select_for_update(of=("self",)).select_related("station__unit").filter(pk=shift_id).first()
    if shift is None:
        raise Forbidden(permissions.MANAGE_DUTY, "DutyShift", shift_id)
    by.require(permissions.MANAGE_DUTY, shift)
    if shift.removed_at is not None:
        return shift
    if shift.ends_at <= now:
        raise CannotRemoveDuty(_("This shift is over; who was on duty stays on the roster."))
    shift.removed_at = now
    shift.save(update_fields=["removed_at"])
    held.changed(REVISION)
    log.record("organizations.duty_removed", shift.station, by=by, at=now, name=shift.name, starts=shift.starts_at)
    return shift
