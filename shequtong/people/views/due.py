"""Homes due for confirmation (待核实房屋): a list as one walks, a press each, and the same on paper without names."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.core.submissions import once
from shequtong.people import permissions
from shequtong.people.gate import room_or_404
from shequtong.people.lookups.due import MOST_ON_PAPER, Asked, buildings_due, counts, due_homes
from shequtong.people.lookups.life import arrived
from shequtong.people.models import Home, Person
from shequtong.people.shown import place_text, room_text, who_text
from shequtong.people.usecases import confirm_home
from shequtong.people.views.persons import keyset_of
from shequtong.territory.shown import unit_name
from shequtong.territory.units import at_path, with_code


@require_GET
@for_staff(permissions.VIEW)
def desk_due(request: ActorRequest) -> HttpResponse:
    """Four statements beside the session: the page, the counts of grids, the buildings, who was handed over. `?paper=1`: a sheet of a grid for the walk."""
    get, today = request.GET, timezone.localdate()
    place = with_code(get.get("under", "")[:30]) if get.get("under") else None
    paper = get.get("paper") == "1"
    building = get.get("building", "")
    known = building.isascii() and building.isdecimal() and len(building) <= 19 and int(building) <= HIGHEST_ID
    asked = Asked(today, place.path if place else "", int(building) if known else None)
    page = due_homes(request.actor, asked, after=keyset_of(get.get("after", "")), page=MOST_ON_PAPER if paper else 40)
    grids = counts(request.actor, Asked(today))
    kept = [(name, get[name]) for name in ("under", "building", "paper") if get.get(name)]
    context = {
        "rows": [_row(request, one) for one in page.rows],
        "grids": [_grid(path, n, never) for path, (n, never) in grids.items()],
        "place": unit_name(place) if place else "",
        "under": place.code if place else "",
        "building": building if known else "",
        "buildings": buildings_due(request.actor, Asked(today, asked.path)) if place else [],
        "paper_url": f"?{urlencode([*((n, v) for n, v in kept if n != 'paper'), ('paper', 1)])}",
        "screen_url": f"?{urlencode([(n, v) for n, v in kept if n != 'paper'])}",
        "older": f"?{urlencode([*kept, ('after', '_'.join(map(str, page.next)))])}" if page.next else "",
        "arrived": [] if paper else [_arrived(one, today) for one in arrived(request.actor)],
        "here": request.get_full_path(),
        "today": today,
        "count": sum(n for n, _never in (grids[path] for path in grids if not place or path.startswith(place.path))),
        "states": [name for code, name in Home.State.choices if code != Home.State.UNKNOWN],
    }
    return render(request, "people/desk/due_paper.html" if paper else "people/desk/due.html", context)


def _arrived(person: Person, today: date) -> dict[str, Any]:
    url = reverse("pages:registry-person", args=[person.pk])
    return {"url": url, "who": who_text(person, today), "place": place_text(person.grid_path)}


def _row(request: ActorRequest, home: Home) -> dict[str, Any]:
    building = home.building
    return {
        "home": home,
        "url": reverse("pages:registry-door", args=[home.room_id]),
        "seen": reverse("people:desk-seen", args=[home.room_id]),
        "ask": reverse("people:desk-confirm-home", args=[home.room_id]) if home.state == Home.State.UNKNOWN else "",
        "text": room_text(home.room),
        "building": f"{building.compound.name if building.compound else building.street + building.house_no}{building.name}",
        "place": place_text(home.grid_path),
        "may": request.actor.reach(permissions.RECORD).of_post.covers(home.reach_facts()),
    }


def _grid(path: str, number: int, never: int) -> dict[str, Any]:
    place = at_path(path)
    return {
        "name": place_text(path) or path,
        "code": place.code if place else "",
        "n": number,
        "never": never,
    }


@require_POST
@for_staff(permissions.RECORD)
def desk_seen(request: ActorRequest, room_id: int) -> HttpResponse:
    """A home is as the record says: seen today. One of which nothing is known is asked for instead."""
    room = room_or_404(request, room_id, permissions.RECORD)
    home = Home.objects.within(room.subdistrict_id).filter(room=room).first()
    back = _back(request, reverse("pages:registry-door", args=[room.pk]))
    if home is None or home.state == Home.State.UNKNOWN:
        return HttpResponseRedirect(reverse("people:desk-confirm-home", args=[room.pk]))

    def perform() -> str:
        confirm_home(room_id=room.pk, state=home.state, by=request.actor, now=timezone.now())
        return back

    answer = once(request, perform, place=room.subdistrict_id, answer=back)
    messages.success(request, _("The home is confirmed as of today."))
    return answer


def _back(request: ActorRequest, door: str) -> str:
    """To the list one came from, where the form says so and it is that list."""
    told = request.POST.get("back", "")[:250]
    due = reverse("people:desk-due")
    return told if told == due or told.startswith(f"{due}?") else door
