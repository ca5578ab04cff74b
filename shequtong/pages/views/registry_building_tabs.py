"""What else of a building the reader may see (楼栋页签): cases at it, who came and left. A tab that would be empty is not there."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases.lookups.at_building import cases_at
from shequtong.cases.shown import Dresser
from shequtong.people import permissions
from shequtong.people.gate import building_or_404
from shequtong.people.lookups.building_past import Happening, building_past, residences_of
from shequtong.people.shown import who_text
from shequtong.territory.models import Building
from shequtong.territory.shown import unit_name
from shequtong.territory.units import at_path

_CASES = 50
BOARD, CASES, PAST = "board", "cases", "past"


def heading(request: ActorRequest, building: Building, tab: str) -> dict[str, Any]:
    """What stands above each part of a building, with its tabs. Two statements."""
    grid = at_path(building.grid_path)
    there = {
        CASES: cases_at(request.actor, building.subdistrict_id, building.pk).exists(),
        PAST: residences_of(building).exists(),
    }
    named = (
        (BOARD, _("Rooms"), "pages:registry-building"),
        (CASES, _("Cases here"), "pages:registry-building-cases"),
        (PAST, _("Came and left"), "pages:registry-building-past"),
    )
    tabs = [
        {"label": label, "url": reverse(route, args=[building.pk]), "active": name == tab}
        for name, label, route in named
        if there.get(name, True)
    ]
    return {
        "building": building,
        "title": building.address,
        "compound": building.compound.name if building.compound_id and building.compound else "",
        "grid": unit_name(grid) if grid else "",
        "back": reverse("people:desk-buildings"),
        "tabs": tabs if len(tabs) > 1 else [],
        "there": there,
    }


@require_GET
@for_staff(permissions.VIEW)
def registry_building_cases(request: ActorRequest, building_id: int) -> HttpResponse:
    """Cases at the building that the post sees in full, the newest first. Four statements beside the session."""
    building = building_or_404(request, building_id, permissions.VIEW)
    context = heading(request, building, CASES)
    if not context["there"][CASES]:
        raise Http404
    found, now = list(cases_at(request.actor, building.subdistrict_id, building.pk)[: _CASES + 1]), timezone.now()
    context |= {"rows": [*map(Dresser(now), found[:_CASES])], "cut": len(found) > _CASES, "most": _CASES}
    return render(request, "pages/desk/registry_building_cases.html", context)


@require_GET
@for_staff(permissions.VIEW)
def registry_building_past(request: ActorRequest, building_id: int) -> HttpResponse:
    """Who came and who left, the latest first. Five statements beside the session."""
    building = building_or_404(request, building_id, permissions.VIEW)
    context = heading(request, building, PAST)
    if not context["there"][PAST]:
        raise Http404
    context["rows"] = [_row(one) for one in building_past(building)]
    return render(request, "pages/desk/registry_building_past.html", context)


def _row(one: Happening) -> dict[str, Any]:
    row = one.residence
    return {
        "day": one.day,
        "ended": one.ended,
        "residence": row,
        "door": f"{row.room.entrance.name}{row.room.name}",
        "door_url": reverse("pages:registry-door", args=[row.room_id]),
        "who": who_text(row.person, one.day),
        "url": reverse("pages:registry-person", args=[row.person_id]),
    }
