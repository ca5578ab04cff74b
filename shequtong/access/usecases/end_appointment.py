"""End an appointment (免去任职): from this moment it gives nothing, nor does any deputy who stands in for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.access import permissions
from shequtong.access.models import Appointment
from shequtong.access.posts import REVISION
from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal


class CannotEndAppointment(Refusal):
    """It has ended already, or no reason was given."""


@transaction.atomic
def end_appointment(*, appointment_id: int, reason: str, by: Actor, now: datetime) -> Appointment:
    """The ended appointment. Raises CannotEndAppointment, Forbidden, Appointment.DoesNotExist."""
    row = Appointment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=appointment_id)
    by.require(permissions.APPOINT, row)
    if row.ended_at is not None:
        raise CannotEndAppointment(_("This appointment has ended already."))
    if not reason.strip():
        raise CannotEndAppointment(_("Say why the appointment ends."))
    deputies = list(row.deputies.select_for_update(of=("self",)).filter(ended_at__isnull=True))
    for ending in (row, *deputies):
        ending.ended_at = now
        ending.save(update_fields=["ended_at"])
        log.record("access.appointment_ended", ending, by=by, at=now, account=ending.account_id, reason=reason.strip()[:200])
    held.changed(REVISION)
    return row
