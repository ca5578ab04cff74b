"""Pages of phrases (常用语): the words a subdistrict's offices write often, by the move they are for."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions, usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms.answers import PhraseForm
from shequtong.cases.models import Phrase
from shequtong.cases.models.phrase import USES
from shequtong.cases.shown import class_name, move_name
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_PHRASES)
def desk_phrases(request: ActorRequest) -> HttpResponse:
    """All phrases in use, by move; and the form of a new one."""
    form = PhraseForm(request.POST or None)
    return _written(request, form, None) or _page(request, form)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_PHRASES)
def desk_phrase(request: ActorRequest, phrase_id: int) -> HttpResponse:
    """One phrase, to be written anew or ended."""
    phrase = _own(request, phrase_id)
    initial = {name: getattr(phrase, name) for name in ("use", "class_code", "title", "text", "rank")}
    form = PhraseForm(request.POST or None, initial=initial)
    return _written(request, form, phrase_id) or render(
        request, "cases/desk/phrase.html", {"form": form, "phrase": phrase}, status=422 if form.is_bound else 200
    )


@require_POST
@for_staff(permissions.MANAGE_PHRASES)
def desk_phrase_end(request: ActorRequest, phrase_id: int) -> HttpResponse:
    """Offer it no more."""
    back = reverse("cases:desk-phrases")

    def perform() -> str:
        usecases.end_phrase(phrase_id=phrase_id, by=request.actor, now=timezone.now())
        return back

    return once(request, perform, place=request.actor.home, answer=back)


def _written(request: ActorRequest, form: PhraseForm, phrase_id: int | None) -> HttpResponse | None:
    """The answer to a form that was right; None where the page is to be shown."""
    if not form.is_bound or not form.is_valid():
        return None
    back = reverse("cases:desk-phrases")

    def perform() -> str:
        usecases.write_phrase(**form.cleaned_data, phrase_id=phrase_id, by=request.actor, now=timezone.now())
        return back

    try:
        answer = once(request, perform, place=request.actor.home, answer=back)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The phrase is kept."))
    return answer


def _page(request: ActorRequest, form: PhraseForm) -> HttpResponse:
    rows = list(Phrase.objects.filter(subdistrict=request.actor.home, ended_at=None).order_by("use", "rank", "id"))
    groups: list[dict[str, Any]] = [
        {"name": move_name(use), "rows": [_shown(row) for row in rows if row.use == use]} for use in USES
    ]
    context = {"groups": [group for group in groups if group["rows"]], "form": form}
    return render(request, "cases/desk/phrases.html", context, status=422 if form.is_bound else 200)


def _shown(row: Phrase) -> dict[str, Any]:
    kind = catalogue().by_code.get(row.class_code)
    return {"phrase": row, "class_name": class_name(kind) if kind else _("Every class")}


def _own(request: ActorRequest, phrase_id: int) -> Phrase:
    found = Phrase.objects.filter(subdistrict=request.actor.home, pk=phrase_id, ended_at=None).first()
    if found is None:
        raise Http404
    return found
