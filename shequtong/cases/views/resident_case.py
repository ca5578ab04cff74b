"""A resident's matter (我的事项): found again by number and key, followed, evaluated, reopened."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.request import ActorRequest, hold_case
from shequtong.accounts.addresses import address_of
from shequtong.accounts.usecases.guards import LockedOut, give_back, take_try
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Answer, Case
from shequtong.cases.resident_forms import EvaluateForm, FindForm
from shequtong.cases.sheets import case_sheet
from shequtong.cases.shown import class_name, undecided_limits
from shequtong.cases.usecases.withdraw_consent import joined_by
from shequtong.cases.views import resident_shown as words
from shequtong.cases.views.resident_own import why_not, why_not_now
from shequtong.cases.views.resident_story import happened
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import Answer as Answered
from shequtong.core.submissions import once, tried_once


@never_cache
@sensitive_post_parameters("key")
@require_http_methods(["GET", "POST"])
def find(request: ActorRequest) -> HttpResponse:
    """Open one's matter with number and key. A number that names nothing and a wrong key are answered alike, and both count as tries."""
    form = FindForm(request.POST or None, initial={"number": request.GET.get("number", "")[:40]})
    if not form.is_valid():
        return render(request, "cases/resident/find.html", {"form": form}, status=422 if form.is_bound else 200)

    if not form.cleaned_data["key"]:
        return redirect("cases:public", form.cleaned_data["number"])  # with the number alone, what anybody may know

    def attempt() -> Answered:
        try:
            case = _unlocked(request, form.cleaned_data["number"], form.cleaned_data["key"])
        except LockedOut as refusal:
            return Answered(429, str(refusal))
        if case is None:
            return Answered(422, _("Number and key do not belong together. Please compare both with what you wrote down."))
        return Answered(302, reverse("cases:public", args=[case.number]))

    answer = tried_once(request, attempt)
    if answer.status == 302:
        # A repeat as well, for it lost the session that the first was given; only for the very matter that was opened then.
        opened = Case.objects.numbered(form.cleaned_data["number"]).first()
        if opened is not None and answer.text == reverse("cases:public", args=[opened.number]):
            hold_case(request, opened.pk)
        return answer.redirect()
    form.add_error(None, answer.text)
    return render(request, "cases/resident/find.html", {"form": form}, status=answer.status)


def _unlocked(request: ActorRequest, number: str, key: str) -> Case | None:
    """The case that number and key open. Raises LockedOut after too many tries from this address, at this number or at all.

    Numbers are public, so tries from elsewhere lock nobody out of their own matter. A key has 40 bits: with 20 free tries and then one
    an hour an address, a million addresses would guess for a lifetime.
    """
    case = Case.objects.numbered(number).select_related("reporter").first()
    address = address_of(request)
    login = f"case:{case.number if case else number.upper()[:40]}@{address}"
    take_try(login, address=address, now=timezone.now())
    true_key = case.reporter.key.reveal() if case is not None and case.reporter is not None else ""
    if not constant_time_compare(true_key or "no key at all", key):
        return None
    give_back(login, address=address)
    return case


@never_cache
@require_GET
def public(request: ActorRequest, number: str) -> HttpResponse:
    """What anybody with the number may know; its reporter sees all of their own matter."""
    case = Case.objects.numbered(number).select_related("reporter").first()
    if case is None:
        return words.no_case(request, number)
    context: dict[str, Any] = {
        "case": case,
        "kind_name": class_name(catalogue().classes[case.case_class_id]),
        "community": words.community_name(case.place_path),
        "stage": words.public_stage(case),
        "kept": words.kept(case),
        "promised": words.promised(case),
        "expected": words.expected(case),
        "undecided": undecided_limits(case),
        "milestones": words.milestones(case),
        "pause": words.pause_words(case, own=words.is_reporter(request.actor, case)),
    }
    if not words.is_reporter(request.actor, case):
        return render(request, "cases/resident/public.html", context | _for_anybody(request, case))
    sheet = case_sheet(case)
    context |= {
        "sheet": sheet,
        "answers": [answer for answer in sheet.answers if answer.state == Answer.State.SENT],
        "photos_after": words.photos_after(case, sheet),
        "station": words.who_answers(case),
        "next": words.what_next(case),
        "happened": happened(sheet.steps),
        "may_evaluate": not why_not_now(case, "evaluate", timezone.now()),
        "may_reopen": not why_not_now(case, "reopen", timezone.now()),
        "may_add": not why_not(case, "add"),
        "may_correct": not why_not(case, "correct"),
        "may_withdraw": not why_not(case, "withdraw"),
        "removed_for": case.reporter.contact_removed_for if case.reporter else "",
        "has_contact": case.reporter is not None and case.reporter.has_contact,
        "address": case.address,
        "question": next((step.note for step in reversed(sheet.steps) if step.move == "ask_reporter"), ""),
    }
    response = render(request, "cases/resident/mine.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _for_anybody(request: ActorRequest, case: Case) -> dict[str, Any]:
    """Beside where it stands: answers that were published, and whether the reader joined it, signed in. Up to two statements."""
    answers = Answer.objects.filter(case=case).public().order_by("-id")
    joined = joined_by(case, request.actor)
    return {"answers": list(answers), "form": FindForm(initial={"number": case.number}), "joined": joined is not None}


def _own_case(request: ActorRequest, number: str) -> Case:
    """The reporter's case; for everybody else there is nothing here."""
    case = Case.objects.numbered(number).first()
    if case is None or not words.is_reporter(request.actor, case):
        raise Http404
    return case


@never_cache
@require_http_methods(["GET", "POST"])
def evaluate(request: ActorRequest, number: str) -> HttpResponse:
    """Was it solved, and how satisfied is the reporter: once for each closing."""
    form = EvaluateForm(request.POST or None)

    def perform(case: Case) -> object:
        return usecases.evaluate_case(number=case.number, by=request.actor, now=timezone.now(), **form.cleaned_data)

    thanks = _("Thank you. Your evaluation has been recorded.")
    if form.is_valid() and not form.cleaned_data["solved"]:
        thanks = _("Your evaluation has been recorded. It stays closed until you press “It is not solved: reopen”.")
    return _move_page(request, number, "evaluate", form, perform, thanks)


def _move_page(
    request: ActorRequest, number: str, verb: str, form: forms.Form, perform: Callable[[Case], object], thanks: str
) -> HttpResponse:
    """GET asks, POST makes the move once; a repeat gets the first answer, a refusal comes back with the form."""
    case = _own_case(request, number)
    back = reverse("cases:public", args=[case.number])
    if form.is_valid():
        try:
            answer = once(request, lambda: (perform(case), back)[1], place=case.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, thanks)
            return answer
    context = {
        "case": case,
        "form": form,
        "kind_name": class_name(catalogue().classes[case.case_class_id]),
        "closed_because": "" if form.is_bound else why_not_now(case, verb, timezone.now()),
    }
    return render(request, f"cases/resident/{verb}.html", context, status=422 if form.is_bound else 200)
