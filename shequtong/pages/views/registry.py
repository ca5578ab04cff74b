"""One person and one door (一人一档、一户一档): what several areas know of them, as of today or a past day; parts exist only where they say something."""

import json
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases.usecases.find_by_phone import may_find_by_phone
from shequtong.core.actors import Facts
from shequtong.people import codes, permissions, tenancy
from shequtong.people.facts import FACT_OF, GROUPS, SET_OF, SETS
from shequtong.people.fresh_shown import facts_confirmed, freshness_text
from shequtong.people.gate import person_or_404, room_or_404
from shequtong.people.lookups.behind_door import DoorOn, behind_door
from shequtong.people.lookups.care import care_said
from shequtong.people.lookups.life import events_at, events_of
from shequtong.people.lookups.one_person import PersonOn, is_unsure, person_on
from shequtong.people.models import Home, LifeEvent, Membership, Person, PersonPast, Residence
from shequtong.people.shown import fact_text, mask_of, room_text, set_facts, who_text
from shequtong.people.usecases.undo_event import WITHIN as UNDO_WITHIN

EARLIEST = date(1900, 1, 1)


def day_asked(request: ActorRequest) -> date:
    """The day a page is to show: `?on=`, never ahead; today for what is none."""
    today = timezone.localdate()
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return min(max(asked, EARLIEST), today)


@require_GET
@for_staff(permissions.VIEW)
def registry_person(request: ActorRequest, person_id: int) -> HttpResponse:
    """One person. Sixteen statements at most."""
    person, on = person_or_404(request, person_id, permissions.VIEW), day_asked(request)
    known = person_on(person, on)
    today, history = timezone.localdate(), [_change(row) for row in known.past]
    may = request.actor.reach(permissions.RECORD).of_post.covers(person.reach_facts())
    context = {
        "person": person,
        "who": who_text(person, on),
        "on": on,
        "today": today,
        "past": on < today,
        "groups": _groups(known, reveals=request.actor.reach(permissions.REVEAL).of_post.covers(person.reach_facts())),
        "sets": [
            {"name": name, "label": SET_OF[name].label, "facts": set_facts(name, row), "row": row}
            for name, row in known.sets.items()
        ],
        "missing": [kind for kind in SETS if kind.name not in known.sets],
        "homes": [_home(one, on) for one in known.residences],
        "membership": known.membership,
        "relation": codes.word("relation", known.membership.relation) if known.membership else "",
        "fresh": _fresh(person, today),
        "confirmed": facts_confirmed(person, [(one["row"], one["names"]) for one in history], today),
        "events": [_event(one, request) for one in events_of(person) if one.on <= on],
        "history": history,
        "may_record": may and person.ended_on is None and on == today,
        "may_keep": may,
        "may_find_cases": bool(person.phone) and may_find_by_phone(request.actor),
        "care": care_said(request.actor, person, timezone.now()),
        "back": reverse("pages:registry-door", args=[person.room_id]) if person.room_id else reverse("people:desk-persons"),
    }
    return render(request, "pages/desk/registry_person.html", context)


def _groups(known: PersonOn, *, reveals: bool) -> list[dict[str, Any]]:
    """Facts under their headings; groups and facts that say nothing are left out."""
    found = []
    for title, names in GROUPS:
        lines = []
        for name in names:
            fact, value = FACT_OF[""][name], known.facts[name]
            text = fact_text(fact, value, mask_of("", name) if fact.sealed else "text")
            if text and not (fact.kind == "code" and name == "sex" and value == "0"):
                lines.append(
                    {"fact": fact, "text": text, "reveal": fact.sealed and reveals and value is getattr(known.person, name)}
                )
        if lines:
            found.append({"title": str(title), "lines": lines})
    return found


def _home(one: Residence, on: date) -> dict[str, Any]:
    return {
        "residence": one,
        "text": room_text(one.room),
        "url": reverse("pages:registry-door", args=[one.room_id]),
        "since": one.valid_from,
        "unsure": is_unsure(one, on),
    }


def _change(row: PersonPast) -> dict[str, Any]:
    """A past state: which facts were replaced, when and by whom; what they said stays sealed."""
    names = [name for name in json.loads(row.state.reveal()) if name in FACT_OF[""]]
    return {"row": row, "names": names, "facts": [str(FACT_OF[""][name].label) for name in names]}


@require_GET
@for_staff(permissions.VIEW)
def registry_door(request: ActorRequest, room_id: int) -> HttpResponse:
    """A home: who lives, owns and is registered behind a door. Nine statements at most."""
    room, on = room_or_404(request, room_id, permissions.VIEW), day_asked(request)
    door, today = behind_door(room, on), timezone.localdate()
    may = request.actor.reach(permissions.RECORD).of_post.covers(_facts(door))
    context = {
        "room": room,
        "home": door.home,
        "states": Home.State.choices,
        "use": codes.word("home_use", door.home.use) if door.home else "",
        "area": f"{door.home.area / 100:.2f}" if door.home and door.home.area else "",
        "title": room_text(room),
        "on": on,
        "today": today,
        "past": on < today,
        "families": [
            {"household": one.household, "members": [_member(member, door, on) for member in one.members]}
            for one in door.families
        ],
        "beside": [
            {"who": who_text(one.person, on), "residence": one, "unsure": is_unsure(one, on), "url": _url(one.person_id)}
            for one in door.beside
        ],
        "state": dict(Home.State.choices)[_state(door)] if door.home else "",
        "fresh": freshness_text(door.home.state, door.home.confirmed_on, today) if door.home else "",
        "events": [_event(one, request) for one in events_at(room) if one.on <= on],
        "may_record": may and on == today,
        "back": reverse("pages:registry-building", args=[room.entrance.building_id]),
    }
    return render(request, "pages/desk/registry_door.html", context)


def _fresh(person: Person, today: date) -> str:
    """By the home they live in, else by the row."""
    home = Home.objects.within(person.subdistrict_id).filter(room=person.room_id).first() if person.room_id else None
    state = home.state if home else Home.State.UNKNOWN
    return freshness_text(state, person.confirmed_on or (home.confirmed_on if home else None), today)


def _state(door: DoorOn) -> str:
    """How the home was lived in: as recorded today; on a past day by who lived there."""
    living = {one.kind for one in door.residences if one.lives}
    if door.home is None or door.on == timezone.localdate():
        return str(door.home.state) if door.home else ""
    return tenancy.state_after(Home.State.UNKNOWN, living, known=False)


def _event(one: LifeEvent, request: ActorRequest) -> dict[str, Any]:
    """What happened, for the timeline; a way to take it back within a day."""
    young = one.undone_at is None and timezone.now() - one.recorded_at < UNDO_WITHIN and one.kind != LifeEvent.Kind.MOVE_TO_STREET
    may = young and request.actor.reach(permissions.RECORD).of_post.covers(one.reach_facts())
    return {"row": one, "undo": reverse("people:desk-life-undo", args=[one.pk]) if may else ""}


def _facts(door: DoorOn) -> Facts:
    return Facts(door.room.subdistrict_id, door.room.entrance.building.grid_path)


def _member(one: Membership, door: DoorOn, on: date) -> dict[str, Any]:
    residence = next((each for each in door.residences if each.person_id == one.person_id), None)
    return {
        "who": who_text(one.person, on),
        "relation": codes.word("relation", one.relation),
        "residence": residence,
        "unsure": residence is not None and is_unsure(residence, on),
        "phone": one.person.phone.masked,
        "url": _url(one.person_id),
    }


def _url(person_id: int) -> str:
    return reverse("pages:registry-person", args=[person_id])
