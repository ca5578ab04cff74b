"""The address search box (地址检索): matches as a fragment for a form, or as JSON. For anyone; addresses hold no personal data."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shequtong.core.places import places
from shequtong.territory import units
from shequtong.territory.address import Match, search_buildings
from shequtong.territory.address.search import LONGEST_TEXT

MOST = 10
MOST_PLACES = 20  # in a larger installation the asker must say where


@require_safe
def address(request: HttpRequest) -> HttpResponse:
    """`q`: the text; `in`: the path of a unit to look in; `format=json`. At most ten matches, two statements."""
    text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    matches = _matches(text, request.GET.get("in", ""))
    if request.GET.get("format") == "json":
        answer: HttpResponse = JsonResponse(
            {"matches": [_shown(match) for match in matches]}, json_dumps_params={"ensure_ascii": False}
        )
    else:
        answer = render(request, "territory/resident/_address_matches.html", {"q": text, "matches": matches})
    answer["Cache-Control"] = "public, max-age=60"
    return answer


def _matches(text: str, path: str) -> list[Match]:
    unit = units.at_path(path) if path else None
    if path and unit is None:
        return []
    if unit is not None and unit.kind != "district":
        return search_buildings(text, (unit.subdistrict,), limit=MOST, within=unit.path)
    streets = tuple(one.number for one in places() if one.kind == "subdistrict")
    return search_buildings(text, streets, limit=MOST, within=path or None) if len(streets) <= MOST_PLACES else []


def _shown(match: Match) -> dict[str, object]:
    return {
        "building": str(match.building_id),
        "label": match.label,
        "address": match.address,
        "compound": match.compound,
        "entrance": match.entrance,
        "room": match.room,
        "lon": match.lon,
        "lat": match.lat,
        "exact": match.exact,
    }
