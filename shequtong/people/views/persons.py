"""The list of persons (人员名单): of a place, of a mark, by age, by what is typed; as one walks from door to door."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.core.submissions import Answer, tried_once
from shequtong.people import codes, permissions
from shequtong.people.facts import MARKS, SET_OF, Fact
from shequtong.people.forms import FindForm
from shequtong.people.lookups.listed import Keyset, Wanted, capped, persons_of, sets_of
from shequtong.people.models import Person, SetRow
from shequtong.people.shown import fact_text, place_text, room_text, who_text, years_before
from shequtong.people.usecases import note_search
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import under, with_code

_MOST, _FOUND, _SHOWN = 1000, 50, 3


@require_GET
@for_staff(permissions.VIEW)
def desk_persons(request: ActorRequest) -> HttpResponse:
    """Two statements beside the session: the page, and how many as far as 999; one more where it is filtered by a set, whose facts it shows."""
    wanted = asked(request)
    after, before = keyset_of(request.GET.get("after", "")), keyset_of(request.GET.get("before", ""))
    page = persons_of(request.actor, wanted, after=after, before=before)
    today, kept = timezone.localdate(), _kept(request)
    number = capped(request.actor, wanted, _MOST)
    shown = shown_of(wanted.marks)
    sets = sets_of(page.rows, {name for name, _fact in shown})
    context = {
        "rows": [{**_row(one, today), "facts": _set_facts(shown, sets.get(one.pk, {}))} for one in page.rows],
        "heads": [str(fact.label) for _name, fact in shown],
        "wanted": wanted,
        "asked": request.GET,
        "places": places(request),
        "marks": MARKS,
        "populations": codes.choices("population"),
        "ages": [("80", _("80 and over")), ("60", _("60 and over")), ("minor", _("Under 18"))],
        "count": _("%(n)s persons") % {"n": f"{_MOST - 1}+" if number >= _MOST else number},
        "filtered": bool(kept),
        "may_export": bool(request.actor.reach(permissions.EXPORT).grants),
        "may_approve": bool(request.actor.reach(permissions.APPROVE_EXPORT).grants),
        "may_answer": bool(request.actor.reach(permissions.ANSWER_RIGHTS).grants),
        "may_care": bool(request.actor.reach(permissions.VIEW_CARE).of_post.grants),
        "newer": _link(kept, "before", page.previous),
        "older": _link(kept, "after", page.next),
        "may_import": request.actor.may(permissions.IMPORT),
    }
    return render(request, "people/desk/persons.html", context)


@require_POST
@for_staff(permissions.VIEW)
def desk_find(request: ActorRequest) -> HttpResponse:
    """Who is called so, or has this number: by a form, so that neither stands in an address; each search is in the security log."""
    form = FindForm(request.POST)
    found: list[Person] = []
    if form.is_valid():
        words = form.cleaned_data["q"]

        def attempt() -> Answer:
            note_search(words=words, by=request.actor, now=timezone.now())
            return Answer(200, "found")

        if tried_once(request, attempt, place=request.actor.home).again:  # a second press is shown the same, under the first note
            note_search(words=words, by=request.actor, now=timezone.now(), again=True)
        found = persons_of(request.actor, Wanted(words=words), page=_FOUND).rows
    today = timezone.localdate()
    context = {"form": form, "rows": [_row(one, today) for one in found], "full": len(found) == _FOUND}
    response = render(request, "people/desk/found.html", context, status=200 if form.is_valid() else 422)
    response["Cache-Control"] = "no-store"
    return response


def asked(request: ActorRequest) -> Wanted:
    """What the address of a list asks for; what it does not know is not asked."""
    get = request.GET
    place = with_code(get.get("under", "")[:30]) if get.get("under") else None
    today = timezone.localdate()
    ages = {
        "80": (years_before(today, 80), None),
        "60": (years_before(today, 60), None),
        "minor": (None, years_before(today, 18) + timedelta(days=1)),  # who is 18 today is none any more
    }
    born_before, born_after = ages.get(get.get("age", ""), (None, None))
    known = {mark for mark, _label in MARKS}
    return Wanted(
        path=place.path if place else "",
        marks=tuple(one for one in get.getlist("mark") if one in known)[:3],
        born_before=born_before,
        born_after=born_after,
        population=get.get("population", "") if get.get("population", "") in codes.tables()["population"] else "",
    )


def places(request: ActorRequest) -> list[tuple[str, str]]:
    """Communities and grids within reach, for a choice."""
    found = []
    for grant in request.actor.reach(permissions.VIEW).of_post.grants:
        if grant.station is None:
            for one in under(grant.path, Unit.Kind.COMMUNITY, Unit.Kind.GRID):
                if one.subdistrict == grant.subdistrict and not one.ended:
                    found.append((one.code, unit_name(one)))
    return found


def _row(person: Person, today: date) -> dict[str, Any]:
    if person.room is not None and person.building is not None:
        person.room.entrance.building = person.building  # loaded beside it; not asked for again
    return {
        "url": reverse("pages:registry-person", args=[person.pk]),
        "who": who_text(person, today),
        "phone": person.phone.masked,
        "id": person.id_number.masked,
        "home": room_text(person.room),
        "place": place_text(person.grid_path),
        "confirmed": person.confirmed_on,
    }


def shown_of(marks: Sequence[str]) -> list[tuple[str, Fact]]:
    """The facts of a list's first set that its page has columns for: the first few that stand in clear."""
    name = next((mark for mark in marks if mark in SET_OF), "")
    return [(name, fact) for fact in SET_OF[name].facts if not fact.sealed][:_SHOWN] if name else []


def _set_facts(shown: Sequence[tuple[str, Fact]], sets: Mapping[str, SetRow]) -> list[tuple[str, str]]:
    """Heading and words, for a row."""
    return [(str(fact.label), fact_text(fact, getattr(sets[name], fact.name)) if name in sets else "") for name, fact in shown]


def _kept(request: ActorRequest) -> list[tuple[str, str]]:
    return [
        (name, value) for name, values in request.GET.lists() for value in values if value and name not in ("after", "before")
    ]


def _link(kept: list[tuple[str, str]], way: str, key: Keyset | None) -> str:
    return f"?{urlencode([*kept, (way, '_'.join(map(str, key)))])}" if key else ""


def keyset_of(text: str) -> Keyset | None:
    """What a link to another page names; whatever else an address says is none."""
    path, door, last = (*text.rsplit("_", 2), "", "")[:3]
    if "\0" in text or not (last.isascii() and last.isdecimal()) or len(last) > 19 or int(last) > HIGHEST_ID:
        return None
    return path[:120], door[:40], int(last)
