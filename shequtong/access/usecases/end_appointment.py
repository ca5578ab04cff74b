"""End an appointment (免去任职): from this moment it gives nothing, nor does any deputy who stands in for it; duty ahead is taken off the roster."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access import roles
from shequtong.access.models import Appointment
from shequtong.access.posts import REVISION
from shequtong.access.usecases._giving import require_giving
from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor, SystemActor
from shequtong.core.refusals import Refusal
from shequtong.organizations.usecases.clear_duty import clear_duty


class CannotEndAppointment(Refusal):
    """It has ended already, is one's own or an administrator's, or no reason was given."""


@transaction.atomic
def end_appointment(*, appointment_id: int, reason: str, by: Actor, now: datetime) -> Appointment:
    """The ended appointment. Raises CannotEndAppointment, Forbidden, Appointment.DoesNotExist."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("unit", "station__unit")
    row = rows.get(pk=appointment_id)
    role = roles.table().roles.get(row.role)
    require_giving(by, row, role)
    if row.ended_at is not None:
        raise CannotEndAppointment(_("This appointment has ended already."))
    if row.account_id == by.account_id:
        raise CannotEndAppointment(_("Nobody ends their own appointment."))
    if role is not None and role.administrator and not isinstance(by, SystemActor):
        raise CannotEndAppointment(_("The post of an administrator is not ended here."))
    if not reason.strip():
        raise CannotEndAppointment(_("Say why the appointment ends."))
    deputies = list(rows.filter(stands_in_for=row, ended_at__isnull=True))
    for ending in (row, *deputies):
        ending.ended_at = now
        ending.save(update_fields=["ended_at"])
        _leave_roster(ending, by, now)
        log.record("access.appointment_ended", ending, by=by, at=now, account=ending.account_id, reason=reason.strip()[:200])
    held.changed(REVISION)
    return row


def _leave_roster(row: Appointment, by: Actor, now: datetime) -> None:
    """Whoever is none of the station any more has no duty there."""
    if row.station_id is None:
        return
    others = Appointment.objects.lasting(timezone.localdate(now)).filter(account_id=row.account_id, station=row.station_id)
    if not others.exists():
        clear_duty(station_id=row.station_id, account_id=row.account_id, by=by, now=now)
