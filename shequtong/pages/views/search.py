"""One box for everything (全局检索): case numbers, places, addresses, words; grouped, and nothing beyond one's reach."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shequtong.access import permissions as access
from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.catalogue import open_classes
from shequtong.cases.found import is_telephone, what_is_wrong, why_found
from shequtong.cases.lookups import Filters, Page, cases_saying
from shequtong.cases.lookups.search import cases_with_serial, numbered_case
from shequtong.cases.models import Case
from shequtong.cases.shown import Dresser, Shown, class_name, place_name, station_name
from shequtong.cases.usecases.find_by_phone import may_find_by_phone
from shequtong.core.actors import Actor, Facts, Reach
from shequtong.core.pinyin import initials
from shequtong.organizations import permissions as organizations
from shequtong.organizations.stations import stations_of_subdistrict
from shequtong.pages.views.search_caller import CallerForm, by_caller
from shequtong.pages.views.search_homes import board_of, homes_of, sees_building
from shequtong.pages.views.search_residents import is_document, residents_called
from shequtong.people import permissions as registry
from shequtong.territory.address.search import CANDIDATES, Match, search_buildings
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef, under

_PLACES, _ADDRESSES, _SHOWN = 10, 5, 20  # of each group
_READ = 200  # characters of what was typed


@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW, permissions.VIEW_HEADER)
def search(request: ActorRequest) -> HttpResponse:
    """What fits; an exact number goes straight to its case. Ten statements at most, whatever the number of cases. POST looks for a caller, or takes a number from the box."""
    if request.method == "POST":
        return by_caller(request)
    q, actor, now = request.GET.get("q", "").strip()[:_READ], request.actor, timezone.now()
    exact = numbered_case(actor, q) if q else None
    if exact is not None:
        return redirect("cases:desk-detail", exact.number)
    if q and (is_telephone(q) or is_document(q)):
        return redirect(f"{reverse('pages:search')}?by=telephone")  # a number stays in no address
    wrong = what_is_wrong(q) if q else ""
    if wrong:
        return render(request, "pages/desk/search.html", {"q": q, "search_q": q, "wrong": wrong, **_about(actor)}, status=422)
    numbers, words = cases_with_serial(actor, q, now), _saying(actor, q, now)
    beside, dress = _beside(actor, q) if q else {}, Dresser(now)
    context = {
        "q": q,
        "search_q": q,
        "numbers": list(map(dress, numbers.full)),
        "headers": list(map(dress, numbers.headers)),
        "words": [_found(q, case, dress) for case in words.rows if case not in numbers.full],
        "words_url": f"{reverse('cases:desk-queue')}?{urlencode({'stage': 'all', 'q': q})}",
        "total": words.total,
        "more": words.total is None or words.total > len(words.rows),
        **beside,
        "people_url": _posts_url(actor, q),
        "telephone": request.GET.get("by") == "telephone",
        **_about(actor),
        "nothing": not (numbers.full or numbers.headers or words.rows or words.total is None or any(beside.values())),
    }
    return render(request, "pages/desk/search.html", context)


def _beside(actor: Actor, q: str) -> dict[str, list[Any]]:
    """What else is called so, by groups. Three statements, four where a room is named."""
    buildings = _buildings(actor, q)
    return {
        "homes": homes_of(actor, buildings),
        "residents": residents_called(actor, q),
        "places": _places(actor, q),
        "addresses": [_address(actor, one) for one in buildings],
        "classes": _classes(q),
        "stations": _stations(actor, q),
    }


def _posts_url(actor: Actor, q: str) -> str:
    """Where the same is looked for among staff, for who sees them."""
    sees = bool(actor.reach(access.VIEW_APPOINTMENTS).of_post.grants)
    return f"{reverse('pages:people')}?{urlencode({'q': q})}" if q and sees else ""


def _about(actor: Actor) -> dict[str, Any]:
    """What the page says of itself: what this post may look for. No statement."""
    return {
        "reads_words": bool(actor.reach(permissions.VIEW).of_post.grants),
        "caller_form": CallerForm() if may_find_by_phone(actor) else None,
        "sees_registry": actor.may(registry.VIEW),
    }


def _saying(actor: Actor, q: str, now: datetime) -> Page:
    """The newest of all cases within reach that say it; where they are too many to be counted, those the list begins with."""
    return cases_saying(actor, Filters(stage="all", words=q), now, _SHOWN, newest=True)


def _found(q: str, case: Case, dress: Dresser) -> Shown:
    return replace(dress(case), why=why_found(q, case.title, case.text, case.address))


def _reaches(actor: Actor) -> tuple[Reach, Reach]:
    """What the post sees in full, and as headers."""
    return actor.reach(permissions.VIEW).of_post, actor.reach(permissions.VIEW_HEADER).of_post


def _places(actor: Actor, q: str) -> list[dict[str, Any]]:
    """Communities and grids by a part of the name, or by pinyin or its initials from the beginning; each leads to its cases. No statement."""
    full, headers = _reaches(actor)
    wanted = q.casefold()
    fitting = [
        unit
        for unit in _reached(full, headers)
        if _is_called(unit, wanted)
        and (_covers(full, unit.subdistrict, unit.path) or _covers(headers, unit.subdistrict, unit.path))
    ]
    fitting.sort(key=lambda unit: (wanted not in unit.name.casefold(), unit.depth, unit.path))
    return [{"name": place_name(unit.path), "url": _cases_of(full, unit)} for unit in fitting[:_PLACES]]


def _reached(full: Reach, headers: Reach) -> Iterable[UnitRef]:
    """The communities and grids where one may see something: a city has thousands more. No statement."""
    paths = {grant.path for reach in (full, headers) for grant in reach.grants if grant.station is None}
    if full.everything or headers.everything or "" in paths:
        paths = {""}
    return {unit.path: unit for path in paths for unit in under(path, Unit.Kind.COMMUNITY, Unit.Kind.GRID)}.values()


def _is_called(unit: UnitRef, wanted: str) -> bool:
    pinyin = unit.pinyin.casefold()
    said = pinyin.replace(" ", "").startswith(wanted) or (len(wanted) > 1 and initials(pinyin).startswith(wanted))
    # Whatever one reads in, one may type what stands on the signs of the place.
    return said or any(wanted in place_name(unit.path, as_written=own).casefold() for own in (True, False))


def _classes(q: str) -> list[dict[str, str]]:
    """Classes by a part of the name; each leads to its cases. No statement."""
    wanted = q.casefold()
    fitting = [one for one in open_classes() if wanted in one.name.casefold() or wanted in one.name_en.casefold()]
    queue = reverse("cases:desk-queue")
    return [{"name": class_name(one), "url": f"{queue}?{urlencode({'cls': one.code})}"} for one in fitting[:_PLACES]]


def _stations(actor: Actor, q: str) -> list[dict[str, str]]:
    """Stations of the street by a part of the name, with whom to ring; for who may look them up. No statement."""
    wanted, reach = q.casefold(), actor.reach(organizations.VIEW_STATIONS)
    of_street = [one for number in reach.of_post.subdistricts for one in stations_of_subdistrict(number)]
    return [
        {"name": station_name(one), "phone": one.office_phone, "url": reverse("pages:station", args=[one.id])}
        for one in of_street
        if reach.covers(one.reach_facts()) and (wanted in one.name.casefold() or wanted in one.name_en.casefold())
    ][:_PLACES]


def _covers(reach: Reach, subdistrict: int, path: str) -> bool:
    return reach.covers(Facts(subdistrict, path))


def _cases_of(full: Reach, unit: UnitRef) -> str:
    """The queue of a place: the post's own where it works there, else the headers."""
    filters = {"under": unit.code} if _covers(full, unit.subdistrict, unit.path) else {"reach": "all", "under": unit.code}
    return f"{reverse('cases:desk-queue')}?{urlencode(filters)}"


def _buildings(actor: Actor, q: str) -> list[Match]:
    """Buildings by compound, street, house number, of whose cases or homes the post sees something. Two statements.

    All that is read is asked whether it lies within reach, and then cut: the best five of a street may lie in the next community.
    """
    full, headers = _reaches(actor)
    places = tuple(sorted({*full.subdistricts, *headers.subdistricts, *actor.reach(registry.VIEW).of_post.subdistricts}))
    reached = (
        one
        for one in search_buildings(
            q, places, limit=CANDIDATES, within=_around(full, headers, actor.reach(registry.VIEW).of_post)
        )
        if _covers(full, one.subdistrict, one.grid_path)
        or _covers(headers, one.subdistrict, one.grid_path)
        or sees_building(actor, one)
    )
    return list(islice(reached, _ADDRESSES))


def _around(*reaches: Reach) -> str | None:
    """The path that all their territories lie under; None where there is none."""
    paths = {grant.path for reach in reaches for grant in reach.grants if grant.station is None}
    outermost = min(paths, key=len, default="")
    bounded = not any(reach.everything for reach in reaches) and all(path.startswith(outermost) for path in paths)
    return outermost if outermost and bounded else None


def _address(actor: Actor, one: Match) -> dict[str, Any]:
    """It leads to its board, to the cases of its grid, and to a new one."""
    full, headers = _reaches(actor)
    sees = _covers(full, one.subdistrict, one.grid_path) or _covers(headers, one.subdistrict, one.grid_path)
    grid = next(iter(under(one.grid_path, Unit.Kind.GRID)), None)
    may_intake = _covers(actor.reach(permissions.INTAKE).of_post, one.subdistrict, one.grid_path)
    return {
        "label": one.label,
        "board": board_of(actor, one),
        "place": place_name(one.grid_path),
        "url": _cases_of(full, grid) if grid and sees else "",
        "new_url": f"{reverse('cases:desk-intake')}?{urlencode({'building': one.building_id})}" if may_intake else "",
    }
