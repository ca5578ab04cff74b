"""Print the daily sheet of a station (打印当日清单): for its people and for who sees all that it has."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.organizations.models import Station
from shequtong.organizations.stations import StationRef, directory


@transaction.atomic
def print_daily_sheet(*, station_id: int, by: Actor, now: datetime) -> StationRef:
    """The station whose cases are to be laid out. Raises Forbidden."""
    station = directory().by_id.get(station_id)
    if station is None:
        raise Forbidden(permissions.VIEW, "Station")
    by.require(permissions.VIEW, station)
    row = Station.objects.get(pk=station.id)
    log.record("cases.printed", row, by=by, at=now, document="daily_sheet")
    return station
