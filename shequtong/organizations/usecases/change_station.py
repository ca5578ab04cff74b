"""Change a station (修改派驻单位): its name, its telephone, the unit it serves. Code and agency stay: they are the identity."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.pinyin import pinyin_key
from shequtong.core.refusals import Refusal
from shequtong.organizations import permissions
from shequtong.organizations.models import PrecinctOffice, Seat, Station
from shequtong.organizations.stations import REVISION
from shequtong.organizations.usecases.open_precinct_office import serves
from shequtong.territory.models import Unit


class CannotChangeStation(Refusal):
    """It has ended, has no name, or would serve a place where it cannot: another street, or not the precinct whose table it sits at."""


@transaction.atomic
def change_station(
    *, station_id: int, name: str, unit_id: int, office_phone: str, by: Actor, now: datetime, name_en: str = ""
) -> Station:
    """What it leads stays with it; what is dispatched from now on finds it at its new unit. Raises CannotChangeStation, Forbidden."""
    station = Station.objects.select_for_update(of=("self",)).select_related("unit").get(pk=station_id)
    by.require(permissions.MANAGE_STATIONS, station)
    unit = Unit.objects.get(pk=unit_id)
    by.require(permissions.MANAGE_STATIONS, unit)
    if station.ended_at is not None or not name.strip():
        raise CannotChangeStation(_("A standing station and a name are needed."))
    if unit.ended_at is not None or unit.subdistrict_id != station.subdistrict_id:
        raise CannotChangeStation(_("A station stays in its subdistrict: its cases lie there."))
    before = {"name": station.name, "unit": station.unit.code, "office_phone": station.office_phone}
    station.name, station.name_en, station.unit, station.office_phone = name.strip(), name_en.strip(), unit, office_phone.strip()
    station.pinyin = pinyin_key(station.name)
    _check_tables(station)
    after = {"name": station.name, "unit": unit.code, "office_phone": station.office_phone}
    station.save(update_fields=["name", "name_en", "pinyin", "unit", "office_phone"])
    log.record("organizations.station_changed", station, by=by, at=now, before=before, after=after)
    held.changed(REVISION)
    return station


def _check_tables(station: Station) -> None:
    """Offices it leads or sits in are of precincts it serves."""
    seats = Seat.objects.filter(station=station, ended_at__isnull=True).values_list("office", flat=True)
    tables = PrecinctOffice.objects.filter(pk__in=list(seats)) | PrecinctOffice.objects.filter(lead=station)
    for office in tables.select_related("unit"):
        if not serves(station, office.unit):
            words = {"station": station.name, "office": office.name}
            raise CannotChangeStation(_("%(station)s has a seat in “%(office)s”; take it first.") % words)
