"""Answering a question (补充情况): by the link of the message, without signing in, or from one's own matter. Over is over, and said so."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.access.request import ActorRequest
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms.question import AnswerQuestionForm
from shequtong.cases.models import Case, Question
from shequtong.cases.numbers import parse_number
from shequtong.cases.shown import class_name
from shequtong.cases.usecases.ask_reporter import hash_of, place_of
from shequtong.cases.views import resident_shown as words
from shequtong.cases.views.photos import shown_again, take_photos
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once

_THANKS = gettext_lazy("Thank you. Your answer has reached who handles it.")


@never_cache
@require_http_methods(["GET", "POST"])
def question(request: ActorRequest, token: str) -> HttpResponse:
    """The link is the right to answer this one question; it opens nothing else of the matter."""
    place = place_of(token)
    found = (
        Question.objects.filter(subdistrict=place, token_hash=hash_of(token)) if place is not None else Question.objects.none()
    )
    asked = found.select_related("case").first()
    if asked is None:
        raise Http404
    actor = request.actor if words.is_reporter(request.actor, asked.case) else AnonymousActor(held=frozenset({asked.case_id}))
    return _answer_page(request, asked.case, asked, actor, back=request.path, may_open=False)


@never_cache
@require_http_methods(["GET", "POST"])
def answer_question(request: ActorRequest, number: str) -> HttpResponse:
    """The same from the reporter's own page, signed in or with the key."""
    if request.method == "POST" and not request.FILES and (parsed := parse_number(number)) is not None:
        answered = _answered(request, number, parsed.place)
        if answered is not None:
            return answered
    case = Case.objects.numbered(number).first()
    if case is None or not words.is_reporter(request.actor, case):
        raise Http404
    asked = Question.objects.filter(case=case).order_by("-id").first()
    back = reverse("cases:public", args=[case.number])
    return _answer_page(request, case, asked, request.actor, back=back, may_open=True)


def _answered(request: ActorRequest, number: str, place: int) -> HttpResponse | None:
    """Words without photos, as most are: the use-case alone looks at the case. None for what has to come back with its reason."""
    form, back = AnswerQuestionForm(request.POST), reverse("cases:public", args=[number])
    if not form.is_valid():
        return None

    def perform() -> str:
        usecases.answer_question(number=number, words=form.cleaned_data["note"], by=request.actor, now=timezone.now())
        return back

    try:
        answer = once(request, perform, place=place, answer=back)
    except Refusal:
        return None
    messages.success(request, _THANKS)
    return answer


def _answer_page(
    request: ActorRequest,
    case: Case,
    asked: Question | None,
    actor: AccountActor | AnonymousActor,
    *,
    back: str,
    may_open: bool,
) -> HttpResponse:
    is_open = asked is not None and asked.ended_at is None
    # One that comes again after its answer is answered as it was: only the key of the form can tell.
    form = AnswerQuestionForm(request.POST or None, request.FILES or None) if is_open or request.method == "POST" else None
    context: dict[str, Any] = {
        "case": case,
        "kind_name": class_name(catalogue().classes[case.case_class_id]),
        "asked": asked,
        "back": back if may_open else "",
    }
    if form is None or not form.is_bound:
        return render(request, "cases/resident/question.html", {**context, "form": form})
    if not is_open and request.FILES:
        form, taken = AnswerQuestionForm(request.POST), None  # nobody leaves files with a question that is over
    else:
        taken = take_photos(request, form, case.subdistrict_id)
    if form.is_valid():

        def perform() -> str:
            words_said = form.cleaned_data["note"]
            photos, claim = (taken.ids, taken.claim) if taken else ((), "")
            usecases.answer_question(
                number=case.number, words=words_said, by=actor, now=timezone.now(), photos=photos, claim=claim
            )
            return back

        try:
            answer = once(request, perform, place=case.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _THANKS)
            return answer
    shown = shown_again(taken) if taken else {}
    return render(request, "cases/resident/question.html", {**context, "form": form, **shown}, status=422)
