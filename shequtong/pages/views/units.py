"""The tree of units (区划树) with what stands and waits in them; one unit with its boundary, history and buildings."""

import json
from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions as cases
from shequtong.cases.measures import open_by_path
from shequtong.core.actors import Facts, Reach
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.organizations import permissions as organizations
from shequtong.organizations.contacts import KINDS, contact_of
from shequtong.people import permissions as people
from shequtong.territory import permissions
from shequtong.territory import units as held
from shequtong.territory.address import search_buildings
from shequtong.territory.boundaries import as_geojson
from shequtong.territory.locate import shape_of
from shequtong.territory.lookups import Keyset, buildings_of, dwellings_under, versions_of
from shequtong.territory.maps import layers_around
from shequtong.territory.models import Unit, UnitVersion
from shequtong.territory.shown import KIND_NAMES, unit_name
from shequtong.territory.units import UnitRef

_BELOW_STREET = (Unit.Kind.PRECINCT, Unit.Kind.COMMUNITY, Unit.Kind.GRID, Unit.Kind.MICRO_GRID)
_SEARCHED = 50


@require_GET
@for_staff(permissions.VIEW_GRIDS)
def units(request: ActorRequest) -> HttpResponse:
    """The tree of one's reach: one street down to its grids, of several the streets alone. Two statements."""
    tops = _tops(request.actor.reach(permissions.VIEW_GRIDS))
    listed = [one for top in tops for one in _listed(top)]
    depth = min((one.depth for one in listed), default=0)
    writes = request.actor.reach(organizations.MANAGE_CONTACTS)
    context = {"rows": _rows(request, listed, depth), "may_contact": writes.everything or bool(writes.grants)}
    return render(request, "pages/desk/units.html", context)


def _tops(reach: Reach) -> list[UnitRef]:
    """The highest units within reach."""
    if reach.everything:
        return [one for one in held.under("") if one.parent_id is None]
    streets = {one.subdistrict: one for one in held.under("", Unit.Kind.SUBDISTRICT)}
    found = [held.at_path(one.path) if one.path else streets.get(one.subdistrict) for one in reach.grants if one.station is None]
    paths = sorted({one.path: one for one in found if one is not None and not one.ended}.items())
    return [one for path, one in paths if not any(path != other and path.startswith(other) for other, _one in paths)]


def _listed(top: UnitRef) -> list[UnitRef]:
    """A unit and what is listed with it: streets under a district, everything under the rest."""
    kinds = (Unit.Kind.DISTRICT, Unit.Kind.SUBDISTRICT) if top.kind == Unit.Kind.DISTRICT else (top.kind, *_BELOW_STREET)
    return held.under(top.path, *kinds)


def _rows(request: ActorRequest, listed: list[UnitRef], depth: int) -> list[dict[str, Any]]:
    """Units as rows with their counts; open cases lead to their list for who may see it. Two statements, none for none."""
    if not listed:
        return []
    places = tuple(
        sorted(
            {unit.subdistrict for one in listed for unit in held.under(one.path, Unit.Kind.SUBDISTRICT)}
            or {listed[0].subdistrict}
        )
    )
    below = listed[0].path if all(one.path.startswith(listed[0].path) for one in listed) else ""
    standing, waiting = dwellings_under(below, places), open_by_path(places)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for path, (buildings, rooms) in standing.items():
        _add(sums, path, (buildings, rooms, 0))
    for path, n in waiting.items():
        _add(sums, path, (0, 0, n))
    headers = request.actor.reach(cases.VIEW_HEADER)
    return [_row(one, depth, sums[one.path], headers) for one in listed]


def _add(sums: dict[str, list[int]], path: str, more: tuple[int, int, int]) -> None:
    """To the unit and each above it."""
    for end, letter in enumerate(path):
        if letter == "/":
            here = sums[path[: end + 1]]
            for at, n in enumerate(more):
                here[at] += n


def _row(one: UnitRef, depth: int, counted: list[int], headers: Reach) -> dict[str, Any]:
    buildings, rooms, waiting = counted
    # The queue offers places of streets: a district's cases are those of its streets.
    listed = one.kind not in (Unit.Kind.DISTRICT, Unit.Kind.MICRO_GRID) and headers.covers(one.reach_facts())
    return {
        "ref": one,
        "name": one.name if one.kind in (Unit.Kind.GRID, Unit.Kind.MICRO_GRID) else unit_name(one),
        "kind": KIND_NAMES[one.kind],
        "level": min(5, max(0, one.depth - depth)),
        "url": reverse("pages:unit", args=[one.id]),
        "buildings": buildings,
        "rooms": rooms,
        "buildings_url": reverse("pages:unit-buildings", args=[one.id]) if one.kind != Unit.Kind.DISTRICT else "",
        "open": waiting,
        "open_url": f"{reverse('cases:desk-queue')}?{urlencode({'under': one.code, 'reach': 'all'})}" if listed else "",
    }


@require_GET
@for_staff(permissions.VIEW_GRIDS)
def unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """One unit: where it lies, what is in it, its past. Three statements."""
    one = unit_or_404(request, unit_id)
    rows = _rows(request, _listed(one) if not one.ended else [], one.depth + 1)
    shape, versions = shape_of(one.id), versions_of(one.id)
    # Communities and grids are named by the layer beneath already.
    named = "" if one.kind in (Unit.Kind.COMMUNITY, Unit.Kind.GRID) else unit_name(one)
    outline = {"type": "Feature", "geometry": as_geojson(shape), "properties": {"name": named}} if shape is not None else None
    layers = layers_around(one.path) if outline else []
    context = {
        "one": one,
        "name": unit_name(one),
        "kind": KIND_NAMES[one.kind],
        "own": rows[0] if rows else None,
        "rows": rows[1:],
        "above": [{"name": unit_name(up), "url": _link(request, up)} for up in held.ancestors(one.path)[:-1]],
        "outline": {"type": "FeatureCollection", "features": [outline]} if outline else None,
        "layers": json.dumps([*layers, {"url": "#unit-outline", "kind": "area"}]),
        "history": _history(versions),
        "card": contact_of(one.path),
        "may_contact": not one.ended
        and one.kind in KINDS
        and request.actor.reach(organizations.MANAGE_CONTACTS).covers(one.reach_facts()),
        "may_redraw": not one.ended and request.actor.reach(permissions.MANAGE_UNITS).covers(one.reach_facts()),
    }
    return render(request, "pages/desk/unit.html", context)


def _link(request: ActorRequest, one: UnitRef) -> str:
    covered = request.actor.reach(permissions.VIEW_GRIDS).covers(one.reach_facts())
    return reverse("pages:unit", args=[one.id]) if covered else ""


def unit_or_404(request: ActorRequest, unit_id: int) -> UnitRef:
    """The unit within reach; absent and forbidden look the same. No statement when warm."""
    found = held.tree().by_id.get(unit_id)
    if found is None or not request.actor.reach(permissions.VIEW_GRIDS).covers(Facts(found.subdistrict, found.path)):
        raise Http404
    return found


def _history(versions: list[UnitVersion]) -> list[dict[str, Any]]:
    """What changed on which day, the latest first."""
    found = []
    for row, before in zip(versions, [*versions[1:], None], strict=True):
        changes = [] if before else [_("Formed as “%(name)s”") % {"name": row.name}]
        if before and before.name != row.name:
            changes.append(_("Renamed from “%(before)s” to “%(name)s”") % {"before": before.name, "name": row.name})
        if before and before.parent_id != row.parent_id and row.parent:
            changes.append(_("Hung under %(parent)s") % {"parent": row.parent.name})
        drawn = (before.boundary if before else None) != row.boundary
        if drawn:
            first = before is None or before.boundary is None
            changes.append(_("Boundary drawn") if first else _("Boundary redrawn") if row.boundary else _("Boundary taken away"))
        found.append({"row": row, "changes": changes})
    return found


@require_GET
@for_staff(permissions.VIEW_GRIDS)
def buildings(request: ActorRequest, unit_id: int) -> HttpResponse:
    """The buildings of a unit, page by page, or those an address finds. One statement, two for an address."""
    one = unit_or_404(request, unit_id)
    if one.kind == Unit.Kind.DISTRICT:
        raise Http404
    words = request.GET.get("q", "").strip()[:100]
    pager = {"older": "", "newer": ""}
    rows: list[dict[str, Any]]
    if words:
        matches = search_buildings(words, (one.subdistrict,), _SEARCHED, within=one.path)
        rows = [
            {"id": match.building_id, "address": match.label, "grid_path": match.grid_path, "building": None} for match in matches
        ]
    else:
        after, before = _keyset(request.GET.get("after", "")), _keyset(request.GET.get("before", ""))
        page = buildings_of(one.path, one.subdistrict, after=after, before=before)
        rows = [{"id": row.pk, "address": row.address, "grid_path": row.grid_path, "building": row} for row in page.rows]
        pager = {
            name: f"?{urlencode({way: '_'.join(map(str, key))})}" if key else ""
            for name, way, key in (("older", "after", page.next), ("newer", "before", page.previous))
        }
    grids = {path: place for path in {str(row["grid_path"]) for row in rows} if (place := held.at_path(path))}
    plates = request.actor.reach(people.VIEW).of_post.covers(one.reach_facts())
    for row in rows:
        row["url"] = reverse("pages:registry-building", args=[row["id"]]) if plates else ""
        place = grids.get(str(row["grid_path"]))
        row["grid"] = unit_name(place) if place else ""
    context = {
        "one": one,
        "name": unit_name(one),
        "rows": rows,
        "words": words,
        "cut": words and len(rows) == _SEARCHED,
        "pager": pager,
        "back": reverse("pages:unit", args=[one.id]),
    }
    return render(request, "pages/desk/unit_buildings.html", context)


def _keyset(text: str) -> Keyset | None:
    """What a link to another page names; whatever else an address says is none."""
    path, number, last = (*text.rsplit("_", 2), "", "")[:3]
    numbers = all(part.isascii() and part.isdecimal() and len(part) < 20 for part in (number, last))
    if not numbers or int(number) > 2**31 or int(last) > HIGHEST_ID or "\0" in path:
        return None
    return path, int(number), int(last)
