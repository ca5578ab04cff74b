"""What reporters do to their own matter while it is open (补充、更正、撤回、重开): with the key or signed in, as they evaluate and reopen it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shequtong.access.request import ActorRequest
from shequtong.accounts.usecases.take_allowance import TooMany
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms.own_correct import OwnCorrectForm
from shequtong.cases.models import Case, Reporter
from shequtong.cases.places import Spot
from shequtong.cases.resident_forms import AddForm, ReopenForm, WithdrawForm
from shequtong.cases.shown import class_name
from shequtong.cases.usecases.reopen_case import reopen_until
from shequtong.cases.usecases.turns import standing
from shequtong.cases.views import resident_shown as words
from shequtong.cases.views.allowance import allow
from shequtong.cases.views.photos import Taken, shown_again, take_photos
from shequtong.cases.views.resident_classes import choice
from shequtong.cases.workflow import EARLY_STAGES, MOVES, Stage, why_closed
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once

Perform = Callable[[Case, Taken], object]


@never_cache
@sensitive_post_parameters("note")
@require_http_methods(["GET", "POST"])
def add(request: ActorRequest, number: str) -> HttpResponse:
    """More words and photos; who has the matter in hand is told."""
    form = AddForm(request.POST or None, request.FILES or None)

    def perform(case: Case, taken: Taken) -> object:
        note = form.cleaned_data["note"]
        return usecases.add_to_case(
            number=case.number, words=note, by=request.actor, now=timezone.now(), photos=taken.ids, claim=taken.claim
        )

    return _own_move(request, number, "add", form, perform, _("Thank you. It has reached who handles it."))


@never_cache
@sensitive_post_parameters("note")
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, number: str) -> HttpResponse:
    """The reporter wants nothing more of it."""
    form = WithdrawForm(request.POST or None)

    def perform(case: Case, _taken: Taken) -> object:
        return usecases.withdraw_case(number=case.number, reason=form.cleaned_data["note"], by=request.actor, now=timezone.now())

    return _own_move(request, number, "withdraw", form, perform, _("It has been withdrawn."))


@never_cache
@sensitive_post_parameters("note")
@require_http_methods(["GET", "POST"])
def reopen(request: ActorRequest, number: str) -> HttpResponse:
    """The reporter says that it is not over, with photos of how it stands."""
    form, case = ReopenForm(request.POST or None, request.FILES or None), _own(request, number)

    def perform(case: Case, taken: Taken) -> object:
        note = form.cleaned_data["note"]
        return usecases.reopen_case(
            number=case.number, reason=note, by=request.actor, now=timezone.now(), photos=taken.ids, claim=taken.claim
        )

    until = reopen_until(case) if case.stage == Stage.CLOSED else None
    thanks = _("It has been reopened; the office decides who handles it.")
    return _own_move(request, number, "reopen", form, perform, thanks, more=lambda: {"until": until})


@never_cache
@sensitive_post_parameters("note", "phone", "q")
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, number: str) -> HttpResponse:
    """Class, place or telephone were told wrongly. What stood there before stays with the case."""
    case = _own(request, number)
    # Words that were looked for among the classes, by the button beside them or by Enter: the page narrows, nothing is corrected.
    said = request.POST
    narrows = "narrow" in said or (bool(said.get("find")) and not said.get("cls") and "send" not in said)
    form = OwnCorrectForm(
        None if narrows else said or None,
        initial=said.dict() if narrows else {},
        place=case.subdistrict_id,
        early=Stage(case.stage) in EARLY_STAGES,
        reached_by="phone" if case.reporter is not None and _typed_phone(case.reporter) else "",
        agreed=case.reporter is not None and bool(case.reporter.consent),
    )

    def perform(_case: Case, _taken: Taken) -> object:
        note = form.cleaned_data["note"]
        return usecases.correct_case(
            number=case.number, correction=form.correction(), by=request.actor, now=timezone.now(), note=note
        )

    thanks = _("It has been corrected. What you told first is kept beside it.")
    return _own_move(request, number, "correct", form, perform, thanks, more=lambda: _choice(case, form, said.get("find", "")))


def _choice(case: Case, form: forms.Form, q: str) -> dict[str, Any]:
    """The classes as the first form offers them, "as it is" before them, while one may choose. Two statements at most."""
    if "cls" not in form.fields:
        return {}
    spot = Spot(case.subdistrict_id, case.unit_id, case.place_path, case.address)
    chosen = str(form["cls"].value() or "")
    offered = choice(spot, chosen, q.replace("\x00", "").strip()[:40])
    return {"choice": offered | {"as_it_is": class_name(catalogue().classes[case.case_class_id]), "kept": not chosen}}


def _own(request: ActorRequest, number: str) -> Case:
    """The reporter's case; for everybody else there is nothing here."""
    case = Case.objects.numbered(number).select_related("reporter").first()
    if case is None or not words.is_reporter(request.actor, case):
        raise Http404
    return case


def _typed_phone(reporter: Reporter) -> bool:
    """Whether the number of this reporter is one they type here: not that of an account, and not one that was taken back."""
    return reporter.account_id is None and reporter.contact_removed_at is None


def _own_move(
    request: ActorRequest,
    number: str,
    verb: str,
    form: forms.Form,
    perform: Perform,
    thanks: str,
    more: Callable[[], dict[str, Any]] = dict,
) -> HttpResponse:
    """GET asks, POST makes the move once; `more` says what the page shows besides. For everybody but the reporter there is nothing here."""
    case = _own(request, number)
    back = reverse("cases:public", args=[case.number])
    closed_because, taken, status = "", Taken(), 422
    if not form.is_bound:
        closed_because, status = why_not_now(case, verb, timezone.now()) if verb == "reopen" else why_not(case, verb), 200
    else:
        try:
            if request.FILES:
                allow(request, reports=0)  # asked before anything of them is read
            taken = take_photos(request, form, case.subdistrict_id)
            if form.is_valid():
                answer = once(request, lambda: (perform(case, taken), back)[1], place=case.subdistrict_id, answer=back)
                messages.success(request, thanks)
                return answer
        except TooMany as refusal:
            form.add_error(None, str(refusal))
            status = 429
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {**_shown(case), "form": form, "closed_because": closed_because, "back": back, **shown_again(taken), **more()}
    return render(request, f"cases/resident/{verb}.html", context, status=status)


def _shown(case: Case) -> dict[str, Any]:
    """The matter as the forms name it."""
    return {
        "case": case,
        "kind_name": class_name(catalogue().classes[case.case_class_id]),
        "early": Stage(case.stage) in EARLY_STAGES,
        "place_words": " ".join(part for part in (words.community_name(case.place_path), case.address) if part),
    }


def why_not(case: Case, verb: str) -> str:
    """Why the reporter cannot make this move now; "" when they can."""
    if verb == "withdraw" and case.withdrawn_at is not None:
        return _("You have withdrawn it already.")
    return _("It is over; nothing can be changed any more.") if why_closed(MOVES[verb], standing(case)) else ""


def why_not_now(case: Case, verb: str, now: datetime) -> str:
    """Why the reporter cannot make this move now; "" when they can."""
    because = str(why_closed(MOVES[verb], standing(case)))
    if not because and verb == "reopen" and now > reopen_until(case):
        return _("A closed matter can be reopened for 15 days. Please report it anew.")
    return because
