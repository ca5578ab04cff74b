"""Take a seat (收回席位): a station leaves the table of a precinct office; the one that leads it stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.organizations import permissions
from shequtong.organizations.models import PrecinctOffice, Seat
from shequtong.organizations.stations import REVISION


class CannotTakeSeat(Refusal):
    """The station has no seat there, or leads the office."""


@transaction.atomic
def take_seat(*, office_id: int, station_id: int, by: Actor, now: datetime) -> Seat:
    """The seat that has ended. Raises CannotTakeSeat, Forbidden, PrecinctOffice.DoesNotExist."""
    office = PrecinctOffice.objects.select_for_update(of=("self",)).select_related("unit").get(pk=office_id)
    by.require(permissions.MANAGE_STATIONS, office)
    seat = Seat.objects.select_related("station").filter(office=office, station=station_id, ended_at__isnull=True).first()
    if seat is None:
        raise CannotTakeSeat(_("This station has no seat here."))
    if office.lead_id == station_id:
        raise CannotTakeSeat(_("%(station)s leads this office.") % {"station": seat.station.name})
    seat.ended_at = now
    seat.save(update_fields=["ended_at"])
    log.record("organizations.seat_taken", office, by=by, at=now, station=seat.station.code)
    held.changed(REVISION)
    return seat
