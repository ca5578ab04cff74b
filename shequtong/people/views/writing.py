"""Pages that write of a person (登记、变更): registered behind a door, changed, a set written or ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.people import permissions, usecases
from shequtong.people.facts import FACT_OF, GROUPS, PERSON, SET_OF
from shequtong.people.forms import ChangeForm, EndForm, RegisterForm, SetForm
from shequtong.people.gate import person_or_404, room_or_404
from shequtong.people.lookups.behind_door import behind_door
from shequtong.people.models import Person, SetRow, Source
from shequtong.people.set_rules import SAID
from shequtong.people.shown import room_text, who_text

_VISIT = {"source": Source.VISIT}


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_register(request: ActorRequest, room_id: int) -> HttpResponse:
    """A new person behind a door."""
    room = room_or_404(request, room_id, permissions.RECORD)
    today, back = timezone.localdate(), reverse("pages:registry-door", args=[room.pk])
    families = behind_door(room, today).families
    households = [(str(one.household.pk), who_text(one.members[0].person, today)) for one in families if one.members]
    form = RegisterForm(request.POST or None, facts=PERSON, households=households, initial=_VISIT)
    if form.is_valid():
        told = form.cleaned_data
        new = usecases.NewPerson(
            facts=form.changes,
            room_id=room.pk,
            kind=told["kind"],
            lives=told["lives"],
            registered=told["registered"],
            household_id=int(told["household"]) if told["household"] else None,
            relation=told["relation"] or ("" if not told["lives"] else ("90" if told["household"] else "02")),
            since=told["on"],
            source=told["source"],
        )

        def perform() -> str:
            made = usecases.register_person(new=new, by=request.actor, now=timezone.now())
            return reverse("pages:registry-person", args=[made.pk])

        try:
            return _done(request, once(request, perform, place=room.subdistrict_id), _("The person is on record."))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "back": back, "home": room_text(room), "groups": _groups(form)}
    return render(request, "people/desk/register.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_change(request: ActorRequest, person_id: int) -> HttpResponse:
    """What is recorded of a person, changed; the old goes to the past."""
    person = person_or_404(request, person_id, permissions.RECORD)
    back = reverse("pages:registry-person", args=[person.pk])
    held = {fact.name: getattr(person, fact.name) for fact in PERSON}
    form = ChangeForm(request.POST or None, facts=PERSON, now_held=held, initial={**_VISIT, "version": person.version})
    if form.is_valid():
        told = form.cleaned_data

        def perform() -> str:
            usecases.change_person(
                person_id=person.pk,
                changes=form.changes,
                source=told["source"],
                on=told["on"],
                mistaken=told["mistaken"],
                version=told["version"],
                by=request.actor,
                now=timezone.now(),
            )
            return back

        try:
            return _done(request, once(request, perform, place=person.subdistrict_id, answer=back), _("The change is on record."))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "back": back, "who": who_text(person, timezone.localdate()), "groups": _groups(form)}
    return render(request, "people/desk/change.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_set(request: ActorRequest, person_id: int, name: str) -> HttpResponse:
    """A set of a person, written."""
    person, kind = person_or_404(request, person_id, permissions.RECORD), SET_OF.get(name)
    if kind is None:
        raise Http404
    row = _held(person, name)
    held = {fact: getattr(row, fact) for fact in FACT_OF[name]} if row else {}
    back = reverse("pages:registry-person", args=[person.pk])
    form = SetForm(request.POST or None, facts=kind.facts, now_held=held, initial={**_VISIT, "shown": row.pk if row else 0})
    if form.is_valid():

        def perform() -> str:
            told = form.cleaned_data
            usecases.write_set(
                person_id=person.pk,
                name=name,
                values=form.changes,
                source=told["source"],
                on=told["on"],
                shown=told["shown"],
                **_now(request),
            )
            return back

        try:
            return _done(request, once(request, perform, place=person.subdistrict_id, answer=back), _("The change is on record."))
        except Refusal as refusal:
            form.add_error(getattr(refusal, "fact", "") or None, str(refusal))
    context = {"form": form, "back": back, "who": who_text(person, timezone.localdate()), "kind": kind, "row": row}
    context["rule"] = SAID.get(name, "")
    return render(request, "people/desk/set.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_set_end(request: ActorRequest, person_id: int, name: str) -> HttpResponse:
    """A set applies no more."""
    person, kind = person_or_404(request, person_id, permissions.RECORD), SET_OF.get(name)
    if kind is None:
        raise Http404
    back, form = reverse("pages:registry-person", args=[person.pk]), EndForm(request.POST or None, initial=_VISIT)
    if form.is_valid():

        def perform() -> str:
            told = form.cleaned_data
            usecases.end_set(person_id=person.pk, name=name, why=told["why"], on=told["on"], **_now(request))
            return back

        try:
            return _done(request, once(request, perform, place=person.subdistrict_id, answer=back), _("The change is on record."))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "back": back, "who": who_text(person, timezone.localdate()), "kind": kind, "ending": True}
    return render(request, "people/desk/set.html", context, status=422 if form.is_bound else 200)


def _held(person: Person, name: str) -> SetRow | None:
    rows = SET_OF[name].model._default_manager.filter(subdistrict=person.subdistrict_id, person=person, ended_on=None)
    return rows.first()


def _now(request: ActorRequest) -> dict[str, Any]:
    return {"by": request.actor, "now": timezone.now()}


def _done(request: ActorRequest, answer: HttpResponse, words: str) -> HttpResponse:
    messages.success(request, words)
    return answer


def _groups(form: Any) -> list[dict[str, Any]]:
    """The fields of a person under their headings."""
    return [{"title": str(title), "fields": [form[name] for name in names]} for title, names in GROUPS]
