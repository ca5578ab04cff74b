"""The store of special care (特殊人群库): opened for a reason, looked over, closed again. Its pages are kept by no browser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.audit.reveal import CannotReveal
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.core.sealed import hash_of
from shequtong.core.sent_forms import done_once
from shequtong.core.submissions import LONGEST_ADDRESS, once
from shequtong.people import permissions
from shequtong.people.care_facts import KIND_CHOICES, OPEN_MINUTES, ROLE_OF
from shequtong.people.forms import RevealForm
from shequtong.people.gate import person_or_404
from shequtong.people.lookups.care import PAGE, Opened, ended_lately, listed, opening_of, records_of
from shequtong.people.models import CareOpening, Person
from shequtong.people.shown import room_text, who_text
from shequtong.people.usecases import close_care, look_over_care, open_care

_LATELY = timedelta(days=90)
View = Callable[..., HttpResponse]


def unkept(view: View) -> View:
    """The answer is kept by no browser and no proxy."""

    @wraps(view)
    def answered(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    return answered


def closed(request: ActorRequest, back: str = "") -> HttpResponse:
    """To where the store is opened, and back here (or to `back`)."""
    return redirect(f"{reverse('people:desk-care-open')}?next={back or request.path}")


def kind_token(opening: CareOpening, person: Person, kind: str) -> str:
    """A kind in an address, which may be kept in a history or a row: different in each opening, and of each person. Who has not looked at what
    there is of somebody cannot name it, and is not told by a refusal what stands."""
    return hash_of("care.kind", f"{opening.pk}:{person.pk}:{kind}")[-24:]


def opening_shown(opening: CareOpening) -> dict[str, Any]:
    """Who has the store open, why and until when: on each of its pages, on paper too."""
    return {"opening": opening, "reason": opening.reason.reveal()}


@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW_CARE)
@unkept
def desk_care_open(request: ActorRequest) -> HttpResponse:
    """Why somebody opens the store."""
    told = request.GET.get("next", "")
    store = reverse("people:desk-care")
    fits = len(told) <= LONGEST_ADDRESS and told.isprintable()  # it is kept as the answer of the form
    to = told if fits and told.startswith("/desk/registry/") and url_has_allowed_host_and_scheme(told, None) else store
    form = RevealForm(request.POST or None)

    def perform() -> str:
        open_care(reason=form.cleaned_data["reason"], by=request.actor, now=timezone.now())
        return to

    if answer := done_once(request, form, perform, place=request.actor.home, answer=to):
        return answer
    context = {"form": form, "minutes": OPEN_MINUTES, "back": reverse("people:desk-persons")}
    return render(request, "people/desk/care_open.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_staff(permissions.VIEW_CARE)
def desk_care_close(request: ActorRequest) -> HttpResponse:
    """Closed before its time."""
    to = reverse("people:desk-persons")

    def perform() -> str:
        close_care(by=request.actor, now=timezone.now())
        return to

    return once(request, perform, place=request.actor.home, answer=to)


@require_GET
@for_staff(permissions.VIEW_CARE)
@unkept
def desk_care(request: ActorRequest) -> HttpResponse:
    """Who is in the store within reach: masks, kinds, who is due; below the first page whose record ended lately. Eight statements beside the session."""
    now = timezone.now()
    opening = opening_of(request.actor, now)
    if opening is None:
        return closed(request)
    told = request.GET.get("after", "")
    after = int(told) if told.isascii() and told.isdecimal() and len(told) < 20 and int(told) <= HIGHEST_ID else 0
    found, ended = listed(request.actor, after), [] if after else ended_lately(request.actor, timezone.localdate(now) - _LATELY)
    context = {**opening_shown(opening), "back": reverse("people:desk-persons")}
    try:
        rows = look_over_care(
            records=[*found[:PAGE], *ended], of=f"page {after}", place=request.actor.home, by=request.actor, now=now
        )
    except CannotReveal as refusal:
        return render(request, "people/desk/care.html", {**context, "wrong": str(refusal)}, status=429)
    context |= {
        "rows": [_row(one, now) for one in rows if one.record.ended_on is None],
        "ended": [_ended(one, now) for one in rows if one.record.ended_on is not None],
        "next": f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "first": "?" if after else "",
    }
    return render(request, "people/desk/care.html", context)


@require_GET
@for_staff(permissions.VIEW_CARE)
@unkept
def desk_care_person(request: ActorRequest, person_id: int) -> HttpResponse:
    """What there is of one person, and what can be recorded."""
    person = person_or_404(request, person_id, permissions.VIEW_CARE)
    now = timezone.now()
    opening = opening_of(request.actor, now)
    if opening is None:
        return closed(request)
    back = reverse("pages:registry-person", args=[person.pk])
    context = {**opening_shown(opening), "who": who_text(person, timezone.localdate()), "person": person, "back": back}
    place = person.subdistrict_id
    try:
        rows = look_over_care(records=records_of(person), of=f"person {person.pk}", place=place, by=request.actor, now=now)
    except CannotReveal as refusal:
        return render(request, "people/desk/care_person.html", {**context, "wrong": str(refusal)}, status=429)
    there = {one.kind.name for one in rows}
    may = request.actor.reach(permissions.RECORD_CARE).of_post.covers(person.reach_facts()) and person.ended_on is None
    context |= {
        "rows": [_row(one, now, who="") for one in rows],
        "missing": [(kind_token(opening, person, name), label) for name, label in KIND_CHOICES if name not in there]
        if may
        else [],
    }
    return render(request, "people/desk/care_person.html", context)


def _row(one: Opened, now: datetime, *, who: str | None = None) -> dict[str, Any]:
    """A record as a list shows it: a mask, the kind, when a helper is due."""
    today, person = timezone.localdate(now), one.record.person
    return {
        "url": reverse("people:desk-care-record", args=[one.record.pk]),
        "who": who_text(person, today) if who is None else who,
        "home": room_text(person.room) if who is None else "",
        "kind": one.kind.label,
        "next": one.next_on,
        "late": one.next_on is not None and one.next_on < today,
        "due": [(ROLE_OF[role], day, day < today) for role, day in sorted(one.due.items(), key=lambda pair: pair[1])],
    }


def _ended(one: Opened, now: datetime) -> dict[str, Any]:
    person = one.record.person
    return {
        "who": who_text(person, timezone.localdate(now)),
        "kind": one.kind.label,
        "on": one.record.ended_on,
        "why": one.why or _("By hand"),
    }
