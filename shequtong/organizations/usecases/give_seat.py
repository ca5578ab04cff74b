"""Give a seat (授予席位): a station joins the table of a precinct office."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.organizations import permissions
from shequtong.organizations.models import PrecinctOffice, Seat, Station
from shequtong.organizations.stations import REVISION
from shequtong.organizations.usecases.open_precinct_office import serves


class CannotGiveSeat(Refusal):
    """The station has ended or does not work in the precinct."""


@transaction.atomic
def give_seat(*, office_id: int, station_id: int, by: Actor, now: datetime) -> Seat:
    """A second time changes nothing; a seat that had ended begins again."""
    office = PrecinctOffice.objects.select_for_update(of=("self",)).select_related("unit").get(pk=office_id)
    by.require(permissions.MANAGE_STATIONS, office)
    station = Station.objects.select_related("unit").get(pk=station_id)
    if station.ended_at is not None or not serves(station, office.unit):
        words = {"station": station.name, "unit": office.unit.name}
        raise CannotGiveSeat(_("%(station)s does not serve %(unit)s.") % words)

    seat, made = Seat.objects.get_or_create(office=office, station=station)
    if not made and seat.ended_at is None:
        return seat
    if not made:
        seat.ended_at = None
        seat.save(update_fields=["ended_at"])
    log.record("organizations.seat_given", office, by=by, at=now, station=station.code)
    held.changed(REVISION)
    return seat
