"""The stations of a street (派驻单位) with their agency, unit, telephone, people and open cases; one station; the table of a precinct office."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from shequtong.access import permissions as access
from shequtong.access.gates import for_staff
from shequtong.access.posts import people_of_station
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions as cases
from shequtong.cases.counting import IN_STAGE
from shequtong.cases.shown import station_name
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.actors import Facts
from shequtong.figures.read import counts
from shequtong.organizations import permissions
from shequtong.organizations.stations import OfficeRef, StationRef, directory
from shequtong.pages.views.station_forms import StationFilters
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, under, unit


def streets_within(request: ActorRequest, permission: str) -> list[UnitRef]:
    """The streets that the post in use reaches a part of, in the order of their codes. No statement."""
    reach = request.actor.reach(permission)
    streets = under("", Unit.Kind.SUBDISTRICT)
    return [one for one in streets if reach.everything or one.subdistrict in reach.subdistricts]


@require_GET
@for_staff(permissions.VIEW_STATIONS)
def stations(request: ActorRequest) -> HttpResponse:
    """Of one street, by name; below them its precinct offices with their seats. One statement."""
    streets = streets_within(request, permissions.VIEW_STATIONS)
    known = directory()
    agencies = {one.agency_code: one.agency_name for one in sorted(known.by_id.values(), key=lambda one: one.agency_code)}
    form = StationFilters(request.GET, streets=streets, agencies=agencies)
    street = next((one for one in streets if one.code == form.chosen("street")), streets[0] if streets else None)
    found, offices, waiting = list[StationRef](), list[OfficeRef](), dict[tuple[Any, ...], int]()
    if street is not None:
        waiting = counts(street.subdistrict, IN_STAGE, by=("station_id",), stage=OPEN_STAGES)
        ended, agency = form.chosen("state") == "ended", form.chosen("agency")
        of_street = [one for one in known.by_id.values() if one.subdistrict == street.subdistrict and one.ended == ended]
        found = sorted((one for one in of_street if agency in ("", one.agency_code)), key=lambda one: (one.pinyin, one.code))
        offices = [one for path, one in sorted(known.offices.items()) if path.startswith(street.path)]
    reach = request.actor.reach(permissions.VIEW_STATIONS)
    rows = [shown(request, one, waiting.get((one.id,), 0)) for one in found if reach.covers(one.reach_facts())]
    context = {
        "rows": rows,
        "offices": [office_shown(one) for one in offices if reach.covers(_facts(one))],
        "form": form,
        "street": street,
        "clear": f"?{urlencode({'street': street.code})}" if street and len(streets) > 1 else "?",
        "filtered": bool(form.chosen("agency") or form.chosen("state")),
        "may_manage": request.actor.may(permissions.MANAGE_STATIONS),
    }
    return render(request, "pages/desk/stations.html", context)


@require_GET
@for_staff(permissions.VIEW_STATIONS)
def station(request: ActorRequest, station_id: int) -> HttpResponse:
    """One station: what it serves, its people, its open cases by stage, the tables it sits at. One statement."""
    one = station_or_404(request, station_id, permissions.VIEW_STATIONS)
    by_stage = counts(one.subdistrict, IN_STAGE, by=("stage",), station=one.id, stage=OPEN_STAGES)
    context = {
        "one": shown(request, one, sum(by_stage.values())),
        "stages": [(stage.label, by_stage[(stage.value,)]) for stage in OPEN_STAGES if (stage.value,) in by_stage],
        "people": list(people_of_station(one.id, timezone.localdate()).values()),
        "people_url": f"{reverse('pages:people')}?station={one.id}" if request.actor.may(access.VIEW_APPOINTMENTS) else "",
        "tables": [office_shown(office) for office in directory().offices.values() if one.id in (office.lead, *office.seats)],
        "may_manage": not one.ended and request.actor.reach(permissions.MANAGE_STATIONS).covers(one.reach_facts()),
    }
    return render(request, "pages/desk/station.html", context)


def station_or_404(request: ActorRequest, station_id: int, permission: str) -> StationRef:
    """The station within reach; absent and forbidden look the same. No statement when warm."""
    found = directory().by_id.get(station_id)
    if found is None or not request.actor.reach(permission).covers(found.reach_facts()):
        raise Http404
    return found


def office_or_404(request: ActorRequest, office_id: int, permission: str) -> OfficeRef:
    """The precinct office within reach. No statement when warm."""
    found = next((one for one in directory().offices.values() if one.id == office_id), None)
    if found is None or not request.actor.reach(permission).covers(_facts(found)):
        raise Http404
    return found


def _facts(office: OfficeRef) -> Facts:
    place = unit(office.unit_id)
    return Facts(place.subdistrict, place.path, object_id=office.id)


def shown(request: ActorRequest, one: StationRef, n: int) -> dict[str, Any]:
    """A station as a row; its open cases lead to their list for who may see it. No statement."""
    listed = request.actor.reach(cases.VIEW_HEADER).covers(Facts(one.subdistrict, one.path, frozenset({one.id})))
    return {
        "ref": one,
        "name": station_name(one),
        "url": reverse("pages:station", args=[one.id]),
        "unit": unit_name(unit(one.unit_id)),
        "people": len(people_of_station(one.id, timezone.localdate())),
        "open": n,
        "open_url": f"{reverse('cases:desk-queue')}?station={one.id}&reach=all" if listed else "",
    }


def office_shown(office: OfficeRef) -> dict[str, Any]:
    """A precinct office with the names at its table, the lead first. No statement."""
    known, english = directory().by_id, (get_language() or "").startswith("en")
    seats = sorted(dict.fromkeys((office.lead, *office.seats)), key=lambda key: (key != office.lead, known[key].code))
    return {
        "ref": office,
        "name": (english and office.name_en) or office.name,
        "unit": unit_name(unit(office.unit_id)),
        "url": reverse("pages:office", args=[office.id]),
        "seats": [{"id": key, "name": station_name(known[key]), "lead": key == office.lead} for key in seats],
    }
