"""Open a precinct office (设立片区综治网格化管理办公室): the joint office of one precinct, led by one of its stations."""

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
from shequtong.territory.models import Unit


class CannotOpenOffice(Refusal):
    """Not a precinct, an office already, or a lead that does not serve it."""


@transaction.atomic
def open_precinct_office(*, unit_id: int, lead_id: int, name: str, by: Actor, now: datetime, name_en: str = "") -> PrecinctOffice:
    """The lead (a police station, as a rule) gets the first seat."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)
    by.require(permissions.MANAGE_STATIONS, unit)
    lead = Station.objects.select_related("unit").get(pk=lead_id)
    if unit.kind != Unit.Kind.PRECINCT or unit.ended_at is not None or not name.strip():
        raise CannotOpenOffice(_("A precinct office needs a name and a standing precinct."))
    if PrecinctOffice.objects.filter(unit=unit).exists():
        raise CannotOpenOffice(_("%(unit)s has an office already.") % {"unit": unit.name})
    if lead.ended_at is not None or not serves(lead, unit):
        raise CannotOpenOffice(_("%(station)s does not serve %(unit)s.") % {"station": lead.name, "unit": unit.name})

    office = PrecinctOffice.objects.create(unit=unit, name=name, name_en=name_en, lead=lead)
    Seat.objects.create(office=office, station=lead)
    log.record("organizations.office_opened", office, by=by, at=now, unit=unit.code, lead=lead.code)
    held.changed(REVISION)
    return office


def serves(station: Station, precinct: Unit) -> bool:
    """Whether a station works in a precinct: its unit lies above, in, or at it. `station.unit` loaded."""
    ours: str = station.unit.path
    theirs: str = precinct.path
    return theirs.startswith(ours) or ours.startswith(theirs)
