"""One record of special care (特殊人群档案): looked at, written, visited, ended; each look is in the log with the reason of the opening."""

import hmac
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.audit.reveal import CannotReveal
from shequtong.core.locality import part_of
from shequtong.core.sent_forms import done_once
from shequtong.core.submissions import answered
from shequtong.people import permissions, usecases
from shequtong.people.care_facts import KINDS, ROLE_OF
from shequtong.people.forms import CareEndForm, CareForm, CareVisitForm
from shequtong.people.gate import person_or_404
from shequtong.people.lookups.care import Opened, looked_within, opened, opening_of, past_of
from shequtong.people.models import CareRecord, Source
from shequtong.people.shown import fact_text, who_text
from shequtong.people.usecases import look_at_care
from shequtong.people.views.care import closed, kind_token, opening_shown, unkept

# What a form does, said above it and on its button.
_DEEDS = {
    "change": gettext_lazy("Change the record"),
    "visit": gettext_lazy("Note a visit"),
    "end": gettext_lazy("Applies no more"),
}
_VISIT = {"source": Source.VISIT}


def _record_or_404(request: ActorRequest, record_id: int, permission: str) -> CareRecord:
    """The standing record within reach, with its person. One statement."""
    rows = CareRecord.objects.filter(pk=record_id).within_reach(request.actor, permission).standing()
    found = rows.select_related("person__room__entrance__building__compound").first()
    if found is None:
        raise Http404
    return found


@require_GET
@for_staff(permissions.VIEW_CARE)
@unkept
def desk_care_record(request: ActorRequest, record_id: int) -> HttpResponse:
    """The record. Eight statements beside the session."""
    record, now = _record_or_404(request, record_id, permissions.VIEW_CARE), timezone.now()
    opening = opening_of(request.actor, now)
    if opening is None:
        return closed(request)
    context = {
        **opening_shown(opening),
        "who": who_text(record.person, timezone.localdate()),
        "person": record.person,
        "back": reverse("people:desk-care-person", args=[record.person_id]),
    }
    try:
        known = look_at_care(record=record, by=request.actor, now=now)
    except CannotReveal as refusal:
        return render(request, "people/desk/care_record.html", {**context, "wrong": str(refusal)}, status=429)
    today = timezone.localdate()
    context |= {
        "record": record,
        "kind": known.kind,
        "lines": _lines(known),
        "due": [(ROLE_OF[role], day, day < today) for role, day in known.due.items()],
        "visits": [
            (ROLE_OF.get(one.role, ""), {"said": one.said, "meta": f"{one.on:%Y-%m-%d} · {one.recorded_by}"})
            for one in known.visits
        ],
        "past": past_of(record),
        "may": request.actor.reach(permissions.RECORD_CARE).of_post.covers(record.reach_facts()),
    }
    return render(request, "people/desk/care_record.html", context)


def _lines(known: Opened) -> list[tuple[Any, str]]:
    lines = [(fact.label, fact_text(fact, known.facts.get(fact.name))) for fact in known.kind.all_facts]
    return [(label, text) for label, text in lines if text]


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD_CARE)
@unkept
def desk_care_new(request: ActorRequest, person_id: int, token: str) -> HttpResponse:
    """A person enters the store under one kind. The address names the kind by a hash that only this opening understands: addresses are kept."""
    person = person_or_404(request, person_id, permissions.RECORD_CARE)
    opening = opening_of(request.actor, timezone.now())
    if opening is None:
        return closed(request, reverse("people:desk-care-person", args=[person.pk]))
    kind = next((one for one in KINDS if hmac.compare_digest(kind_token(opening, person, one.name), token)), None)
    if kind is None:
        raise Http404
    form = CareForm(request.POST or None, facts=kind.all_facts, initial=_VISIT)

    def perform() -> str:
        made = usecases.record_care(
            person_id=person.pk,
            kind=kind.name,
            facts=form.changes,
            source=form.cleaned_data["source"],
            by=request.actor,
            now=timezone.now(),
        )
        return reverse("people:desk-care-record", args=[made.pk])

    back = reverse("people:desk-care-person", args=[person.pk])
    asked = {"deed": pgettext_lazy("care", "Record"), "kind": kind.label, "who": who_text(person, timezone.localdate())}
    return _written(request, form, perform, person.subdistrict_id, {**asked, "back": back})


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD_CARE)
@unkept
def desk_care_write(request: ActorRequest, record_id: int, verb: str) -> HttpResponse:
    """A record changed, visited or ended. Writing it looks at it: the look is noted once an opening, when the form is shown, or sent unseen."""
    if verb not in _DEEDS:
        raise Http404
    if verb == "end" and (first := answered(request, place=part_of(record_id))):
        return first.redirect()  # the same press once more: the first ended the record
    record, now = _record_or_404(request, record_id, permissions.RECORD_CARE), timezone.now()
    opening = opening_of(request.actor, now)
    if opening is None:
        return closed(request)
    back = reverse("people:desk-care-record", args=[record.pk])
    noted = request.method == "POST" and looked_within(opening, record)
    try:
        known = opened([record])[0] if noted else look_at_care(record=record, by=request.actor, now=now)
    except CannotReveal as refusal:
        return render(request, "people/desk/care_record.html", {"wrong": str(refusal), "back": back}, status=429)
    form = _form(request, verb, record, known)

    def perform() -> str:
        told, act = form.cleaned_data, {"record_id": record.pk, "by": request.actor, "now": timezone.now()}
        if verb == "change":
            usecases.change_care(changes=form.changes, source=told["source"], version=told["version"], **act)
        elif verb == "visit":
            usecases.note_care_visit(role=told["role"], on=told["on"], said=told["said"], **act)
        else:
            usecases.end_care(why=told["why"], **act)
            return reverse("people:desk-care-person", args=[record.person_id])
        return back

    asked = {"deed": _DEEDS[verb], "kind": known.kind.label, "who": who_text(record.person, timezone.localdate())}
    return _written(request, form, perform, record.subdistrict_id, {**asked, "back": back, "ends": verb == "end"})


def _form(request: ActorRequest, verb: str, record: CareRecord, known: Opened) -> Any:
    """What is asked for a verb."""
    if verb == "change":
        shown = {**_VISIT, "version": record.version}
        return CareForm(request.POST or None, facts=known.kind.all_facts, now_held=known.facts, initial=shown)
    if verb == "visit":
        roles = [(role, ROLE_OF[role]) for role in known.kind.roles]
        return CareVisitForm(request.POST or None, roles=roles, initial={"on": timezone.localdate()})
    return CareEndForm(request.POST or None)


def _written(request: ActorRequest, form: Any, perform: Any, place: int, asked: dict[str, Any]) -> HttpResponse:
    """The form under the name of what it does, and what came of it."""
    if answer := done_once(request, form, perform, _("The change is on record."), place=place):
        return answer
    return render(request, "people/desk/care_form.html", {"form": form, **asked}, status=422 if form.is_bound else 200)
