"""Who changed the grids of a community, and when (调整记录): old and new borders side by side, and the way back where nothing has changed since."""

import json
from datetime import date
from typing import Any

import shapely
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shequtong.access import permissions as access
from shequtong.access.gates import for_staff
from shequtong.access.lookups import posted_to
from shequtong.access.request import ActorRequest
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.pages.views.grids_forms import BordersForm
from shequtong.pages.views.units import unit_or_404
from shequtong.territory import permissions
from shequtong.territory.division import Division, Piece, Standing, base_now
from shequtong.territory.division_steps import fresh_codes
from shequtong.territory.history import today_in
from shequtong.territory.lookups import bounded_on
from shequtong.territory.models import Regridding, Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef

PAGE = 50


@require_GET
@for_staff(permissions.VIEW_GRIDS)
def grids_history(request: ActorRequest, unit_id: int) -> HttpResponse:
    """The changes of a community's grids, the latest first; with `day` the borders of that day. One statement, two with a day."""
    one = _community_or_404(request, unit_id)
    rows = list(Regridding.objects.within(one.subdistrict).applied_to(one.id).defer("drawn", "before", "after", "moved")[:PAGE])
    form = BordersForm(request.GET if "day" in request.GET else None)
    day = form.cleaned_data["day"] if form.is_valid() else None
    context = {"one": one, "name": unit_name(one), "rows": rows, "back": reverse("pages:unit", args=[one.id]), "form": form}
    context |= {"day": day, **_on_day(one, day)} if day else {}
    return render(request, "pages/desk/grids_history.html", context | _may(request, one))


def _on_day(one: UnitRef, day: date) -> dict[str, Any]:
    """The borders of a day as a map and as a list."""
    stood = bounded_on(one.path, Unit.Kind.GRID, day)
    lines = [{"name": row.name, "code": row.unit.code, "boundary": row.boundary} for row in stood]
    return {"stood": lines, "borders": _collection(lines), "layers": json.dumps([{"url": "#grids-day", "kind": "area"}])}


@require_GET
@for_staff(permissions.VIEW_GRIDS)
def grids_change(request: ActorRequest, unit_id: int, regridding_id: int) -> HttpResponse:
    """One change: what was, what is, what moved. Four statements."""
    one = _community_or_404(request, unit_id)
    row = get_object_or_404(Regridding.objects.within(one.subdistrict).applied_to(one.id), pk=regridding_id)
    names = {line["code"]: line["name"] for line in (*row.before, *row.after)} | {one.code: unit_name(one)}
    may = _may(request, one)
    latest = may["may_redraw"] and base_now(one.path) == row.result
    context = {
        "one": one,
        "name": unit_name(one),
        "row": row,
        "before": _collection(row.before),
        "after": _collection(row.after),
        "layers_before": json.dumps([{"url": "#grids-before", "kind": "area"}]),
        "layers_after": json.dumps([{"url": "#grids-after", "kind": "area"}]),
        "changes": _changes(row),
        "moved": [
            {
                "before": names.get(line["from"], line["from"]),
                "to": names.get(line["to"], line["to"]),
                "n": len(line["buildings"]),
            }
            for line in row.moved
        ],
        "people": _still_posted(request, one, row),
        "latest": latest,
        "back": reverse("pages:grids-history", args=[one.id]),
    }
    return render(request, "pages/desk/grids_change.html", context | may)


def _still_posted(request: ActorRequest, one: UnitRef, row: Regridding) -> list[dict[str, str]]:
    """People with a post at a grid that this change ended; a link for who may see their post. One statement, if any ended."""
    after = {line["id"] for line in row.after}
    ended = {int(line["id"]): str(line["name"]) for line in row.before if line["id"] not in after}
    found = posted_to(sorted(ended), today_in(one.subdistrict, timezone.now())) if ended else []
    sees = request.actor.reach(access.VIEW_APPOINTMENTS).covers(one.reach_facts())
    return [
        {
            "name": post.account_name,
            "url": reverse("pages:person", args=[post.pk]) if sees else "",
            "unit": ended.get(post.unit_id or 0, ""),
        }
        for post in found
    ]


def _may(request: ActorRequest, one: UnitRef) -> dict[str, bool]:
    may = not one.ended and request.actor.reach(permissions.MANAGE_UNITS).covers(one.reach_facts())
    return {"may_redraw": may}


def _community_or_404(request: ActorRequest, unit_id: int) -> UnitRef:
    one = unit_or_404(request, unit_id)
    if one.kind != Unit.Kind.COMMUNITY:
        raise Http404
    return one


def _collection(lines: list[dict[str, Any]]) -> dict[str, Any]:
    features = [{"type": "Feature", "geometry": one["boundary"], "properties": {"name": one["name"]}} for one in lines]
    return {"type": "FeatureCollection", "features": features}


def _changes(row: Regridding) -> list[dict[str, Any]]:
    """Each grid that is not as it was: formed, ended, renamed, redrawn."""
    before, after = ({line["id"]: line for line in lines} for lines in (row.before, row.after))
    found: list[dict[str, Any]] = [{"kind": "ended", **one} for key, one in before.items() if key not in after]
    for key, one in after.items():
        old = before.get(key)
        if old is None:
            found.append({"kind": "added", **one})
            continue
        if old["name"] != one["name"]:
            found.append({"kind": "renamed", "was": old["name"], **one})
        if old["boundary"] != one["boundary"]:
            found.append({"kind": "redrawn", **one})
    return sorted(found, key=lambda line: str(line["code"]))


def change_of(text: str, stands: Standing) -> Regridding | None:
    """The change that an address or a form names, of just this community. One statement, none for no name."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= HIGHEST_ID):
        return None
    found = Regridding.objects.within(stands.community.subdistrict_id).applied_to(stands.community.pk)
    return found.filter(pk=int(text)).first()


def earlier(undoes: str, stands: Standing) -> Division:
    """The division before a change, if nothing has changed since; grids that ended are formed anew, since a code is never used again."""
    row = change_of(undoes, stands)
    if row is None or row.result != stands.base:
        raise Http404
    pieces = []
    for number, line in enumerate(row.before, start=1):
        key = str(line["id"]) if str(line["id"]) in stands.grids else f"n{number}"
        pieces.append(Piece(key, line["code"], line["name"], shapely.from_geojson(json.dumps(line["boundary"]))))
    return Division(stands.base, tuple(fresh_codes(pieces, stands)))
