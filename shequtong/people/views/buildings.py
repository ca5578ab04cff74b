"""The list of buildings (楼栋): of a place or by address, with how much of each is known and how much is due."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.actors import Facts
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.people import permissions
from shequtong.people.models import Home
from shequtong.people.shown import place_text
from shequtong.people.views.persons import places
from shequtong.territory.address import search_buildings
from shequtong.territory.lookups import Keyset, buildings_of
from shequtong.territory.units import with_code

_SEARCHED = 50


@dataclass
class _Where:
    """The unit whose buildings are listed."""

    subdistrict: int
    path: str
    code: str = ""


@require_GET
@for_staff(permissions.VIEW)
def desk_buildings(request: ActorRequest) -> HttpResponse:
    """Two statements beside the session, four for an address."""
    where, words = _where(request), request.GET.get("q", "").strip()[:100]
    rows: list[dict[str, Any]] = []
    pager = {"older": "", "newer": ""}
    if where is not None and words:
        found = search_buildings(words, (where.subdistrict,), _SEARCHED, within=where.path)
        rows = [{"id": one.building_id, "address": one.label, "grid_path": one.grid_path} for one in found]
    elif where is not None:
        after, before = keyset_of(request.GET.get("after", "")), keyset_of(request.GET.get("before", ""))
        page = buildings_of(where.path, where.subdistrict, after=after, before=before)
        rows = [{"id": one.pk, "address": one.address, "grid_path": one.grid_path, "rooms": one.room_count} for one in page.rows]
        pager = {"older": _link(where, "after", page.next), "newer": _link(where, "before", page.previous)}
    known = _known(where, [row["id"] for row in rows], timezone.localdate()) if where is not None and rows else {}
    for row in rows:
        row |= {"grid": place_text(row["grid_path"]), "url": reverse("pages:registry-building", args=[row["id"]])}
        row |= known.get(row["id"], {"homes": 0, "people": 0, "due": 0})
    context = {
        "rows": rows,
        "words": words,
        "places": places(request),
        "under": where.code if where else "",
        "cut": bool(words) and len(rows) == _SEARCHED,
        "pager": pager,
        "back": reverse("people:desk-persons"),
    }
    return render(request, "people/desk/buildings.html", context)


def _where(request: ActorRequest) -> _Where | None:
    """What is asked for, where the post in use reaches it; else the first place it reaches."""
    reach = request.actor.reach(permissions.VIEW).of_post
    asked = with_code(request.GET.get("under", "")[:30])
    if asked is not None and reach.covers(Facts(asked.subdistrict, asked.path)):
        return _Where(asked.subdistrict, asked.path, asked.code)
    return next((_Where(one.subdistrict, one.path) for one in reach.grants if one.station is None), None)


def _known(where: _Where, buildings: list[int], today: date) -> dict[int, dict[str, int]]:
    """Homes known, who lives there and what is due, by building. One statement."""
    homes = Home.objects.within(where.subdistrict).filter(building__in=buildings)
    rows = (
        homes.order_by()
        .values("building")
        .annotate(homes=Count("id"), lived=Sum("people"), due=Count("id", filter=Q(due_on__lte=today)))
    )
    return {row["building"]: {"homes": row["homes"], "people": row["lived"], "due": row["due"]} for row in rows}


def _link(where: _Where, way: str, key: Keyset | None) -> str:
    kept = [("under", where.code)] if where.code else []
    return f"?{urlencode([*kept, (way, '_'.join(map(str, key)))])}" if key else ""


def keyset_of(text: str) -> Keyset | None:
    """What a link to another page names; whatever else an address says is none."""
    path, number, last = (*text.rsplit("_", 2), "", "")[:3]
    numbers = all(part.isascii() and part.isdecimal() and len(part) < 20 for part in (number, last))
    if not numbers or int(number) > 2**31 or int(last) > HIGHEST_ID or "\0" in path:
        return None
    return path[:120], int(number), int(last)
