"""The desk of rights (权利请求办理): what residents ask about their records, with deadlines; decided, always in writing."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.keyset import parse_keyset
from shequtong.core.refusals import Refusal
from shequtong.core.sent_forms import looked_once
from shequtong.core.submissions import once
from shequtong.people import permissions, usecases
from shequtong.people.bases import BASIS_OF
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.lookups.held_of import consents_of
from shequtong.people.lookups.one_person import person_on
from shequtong.people.lookups.rights_asked import requests_of
from shequtong.people.models import RightsRequest
from shequtong.people.resident_forms import AnswerForm, CorrectionForm
from shequtong.people.shown import asks, fact_text, room_text, who_text
from shequtong.people.views.own_shown import groups_of, proposed_text
from shequtong.people.views.rights_shown import light, masked_proposal

Kind = RightsRequest.Kind


@require_GET
@for_staff(permissions.ANSWER_RIGHTS)
def desk_rights(request: ActorRequest) -> HttpResponse:
    """What waits, the nearest deadline first. One statement beside the session."""
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in Kind.values else ""
    over, after = request.GET.get("show") == "over", parse_keyset(request.GET.get("after", ""))
    page, now, today = requests_of(request.actor, kind=kind, over=over, after=after), timezone.now(), timezone.localdate()
    context = {
        "rows": [
            {"one": one, "asks": asks(one), "light": light(one, now), "who": who_text(one.person, today)} for one in page.rows
        ],
        "over": over,
        "kind": kind,
        "kinds": Kind.choices,
        "tabs": [
            {"label": pgettext("rights", "Waiting"), "url": _address(kind), "active": not over},
            {"label": pgettext("rights", "Answered"), "url": _address(kind, show="over"), "active": over},
        ],
        "older": _address(kind, after=f"{page.next[0].isoformat()}_{page.next[1]}", **({"show": "over"} if over else {}))
        if page.next
        else "",
    }
    return render(request, "people/desk/rights.html", context)


def _address(kind: str, **more: str) -> str:
    return "?" + urlencode({name: value for name, value in {"kind": kind, **more}.items() if value})


def _request_or_404(request: ActorRequest, request_id: int) -> RightsRequest:
    rows = RightsRequest.objects.filter(pk=request_id).within_reach(request.actor, permissions.ANSWER_RIGHTS)
    found = rows.select_related("person__room__entrance__building__compound").first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "POST"])
@for_staff(permissions.ANSWER_RIGHTS)
def desk_right(request: ActorRequest, request_id: int) -> HttpResponse:
    """One request, and its answer. Four statements beside the session at most."""
    one = _request_or_404(request, request_id)
    form_of = CorrectionForm if one.kind == Kind.CORRECT else AnswerForm
    form, back = form_of(request.POST or None), reverse("people:desk-rights")
    if form.is_valid():
        told = form.cleaned_data
        decision = usecases.Decision(
            done=told["done"] == "yes",
            answer=told["answer"],
            source=told.get("source", ""),
            on=told.get("on"),
        )

        def perform() -> str:
            usecases.answer_rights(request_id=one.pk, decision=decision, by=request.actor, now=timezone.now())
            return back

        try:
            answer = once(request, perform, place=one.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The answer is on record, and the person is told if their account is linked."))
            return answer
    return render(request, "people/desk/right.html", _shown(one, form, proposed=""), status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@for_staff(permissions.ANSWER_RIGHTS)
def desk_right_show(request: ActorRequest, request_id: int) -> HttpResponse:
    """What a correction proposes, in clear; or all that is held, to be printed for who stands at the window. Each look is logged."""
    one, refused = _request_or_404(request, request_id), ""
    if request.method == "POST":

        def look(again: bool) -> None:
            usecases.show_asked(request=one, by=request.actor, now=timezone.now(), again=again)

        _seen, refused = looked_once(request, look, place=one.subdistrict_id)
        if not refused:
            return _in_clear(request, one)
    context = {**_shown(one, None, proposed=""), "refused": refused}
    return render(request, "people/desk/right_show.html", context, status=422 if refused else 200)


def _in_clear(request: ActorRequest, one: RightsRequest) -> HttpResponse:
    if one.kind == Kind.CORRECT:
        context = _shown(one, CorrectionForm(), proposed=proposed_text(one))
        response = render(request, "people/desk/right.html", context)
    else:
        known = person_on(one.person, timezone.localdate())
        homes = [
            {"text": room_text(each.room), "as": each.get_kind_display(), "since": each.valid_from} for each in known.residences
        ]
        groups = groups_of(known, consents_of(one.person), clear=True)
        context = {"one": one, "groups": groups, "homes": homes, "now": timezone.now()}
        response = render(request, "people/desk/copy.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _shown(one: RightsRequest, form: Any, *, proposed: str) -> dict[str, Any]:
    """One request as its page shows it; a sealed fact as its mask unless `proposed` says it."""
    held, sealed = "", False
    if one.kind == Kind.CORRECT:
        set_name, _dot, name = one.fact.rpartition(".")
        fact, row = FACT_OF[set_name][name], _holder(one, set_name)
        held, sealed = fact_text(fact, getattr(row, name)) if row is not None else "", fact.sealed
        proposed = proposed or masked_proposal(one)
    basis = BASIS_OF.get(one.group)
    return {
        "one": one,
        "form": form,
        "asks": asks(one),
        "light": light(one, timezone.now()),
        "who": who_text(one.person, timezone.localdate()),
        "home": room_text(one.person.room),
        "held": held,
        "proposed": proposed,
        "sealed": sealed,
        "words": one.words.reveal() if one.words else "",
        "answer": one.answer.reveal() if one.answer else "",
        "basis": basis,
        "back": reverse("people:desk-rights"),
    }


def _holder(one: RightsRequest, set_name: str) -> Any:
    if not set_name:
        return one.person
    rows = SET_OF[set_name].model._default_manager.filter(subdistrict=one.subdistrict_id, person=one.person_id, ended_on=None)
    return rows.first()
