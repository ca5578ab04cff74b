"""End a station (撤销派驻单位): nothing new comes to it; its seats end, its past cases keep its name."""

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


class CannotEndStation(Refusal):
    """It has ended already, or leads a precinct office."""


@transaction.atomic
def end_station(*, station_id: int, reason: str, by: Actor, now: datetime) -> Station:
    """A station that leads an office cannot end before another leads it. What it still holds shows up with the dispatcher."""
    station = Station.objects.select_for_update(of=("self",)).select_related("unit").get(pk=station_id)
    by.require(permissions.MANAGE_STATIONS, station)
    if station.ended_at is not None or not reason.strip():
        raise CannotEndStation(_("A standing station and a reason are needed."))
    if PrecinctOffice.objects.filter(lead=station).exists():
        raise CannotEndStation(_("%(station)s leads a precinct office.") % {"station": station.name})

    station.ended_at = now
    station.save(update_fields=["ended_at"])
    Seat.objects.filter(station=station, ended_at__isnull=True).update(ended_at=now)
    log.record("organizations.station_ended", station, by=by, at=now, reason=reason)
    held.changed(REVISION)
    return station
