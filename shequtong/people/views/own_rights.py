"""What a resident asks about their own record (本人申请): a fact corrected, a group deleted, consent given or taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.people import usecases
from shequtong.people.bases import BASIS_OF
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.lookups.held_of import consents_of
from shequtong.people.models import Person, RightsRequest
from shequtong.people.resident_forms import CorrectForm, WordsForm
from shequtong.people.shown import fact_label
from shequtong.people.usecases import NewRequest
from shequtong.people.views.own import own_link
from shequtong.people.views.signed import for_signed_in


@never_cache
@require_http_methods(["GET", "POST"])
@for_signed_in
def own_correct(request: ActorRequest, what: str) -> HttpResponse:
    """One fact: what it should be, and how one can tell."""
    person, home = own_link(request).person, reverse("people:own")
    set_name, _dot, name = what.rpartition(".")
    fact = FACT_OF.get(set_name, {}).get(name)
    if fact is None or (set_name and not _has(person, set_name)):
        raise Http404
    form = CorrectForm(request.POST or None, facts=[fact], now_held={"id_kind": person.id_kind})
    if form.is_valid():
        proposed, words = form.cleaned_data[name], form.cleaned_data["words"]
        new = NewRequest(RightsRequest.Kind.CORRECT, fact=what, proposed=proposed, words=words)
        try:
            return _asked(request, person, new)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "what": fact_label(what), "field": form[name], "back": home}
    return render(request, "people/resident/correct.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@for_signed_in
def own_delete(request: ActorRequest, group: str) -> HttpResponse:
    """A group of facts: whether the law lets it be deleted is said before one asks."""
    person, basis = own_link(request).person, BASIS_OF.get(group)
    if basis is None:
        raise Http404
    form = WordsForm(request.POST or None)
    if form.is_valid():
        try:
            return _asked(request, person, NewRequest(RightsRequest.Kind.DELETE, group=group, words=form.cleaned_data["words"]))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "basis": basis, "back": reverse("people:own")}
    return render(request, "people/resident/delete.html", context, status=422 if form.is_bound else 200)


def _asked(request: ActorRequest, person: Person, new: NewRequest) -> HttpResponse:
    home = reverse("people:own")

    def perform() -> str:
        usecases.ask_rights(person_id=person.pk, new=new, by=request.actor, now=timezone.now())
        return home

    answer = once(request, perform, place=person.subdistrict_id, answer=home)
    messages.success(request, _("Your request is on its way. You are answered within 15 working days."))
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
@for_signed_in
def own_consent(request: ActorRequest, group: str) -> HttpResponse:
    """Agree to a group being held, or take it back: what it alone carried is emptied at once."""
    person, basis, home = own_link(request).person, BASIS_OF.get(group), reverse("people:own")
    if basis is None or not basis.consent:
        raise Http404
    row, refused = consents_of(person).get(group), ""
    if request.method == "POST":
        told = {"person_id": person.pk, "group": group, "how": "", "by": request.actor, "now": timezone.now()}
        gives = request.POST.get("do") == "give"

        def perform() -> str:
            if gives:
                usecases.give_consent(**told)
            else:
                usecases.take_back_consent(**told)
            return home

        try:
            answer = once(request, perform, place=person.subdistrict_id, answer=home)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(
                request, _("Your consent is on record.") if gives else _("Your consent has ended; this was deleted.")
            )
            return answer
    context = {
        "basis": basis,
        "row": row,
        "stands": row is not None and row.withdrawn_at is None,
        "back": home,
        "refused": refused,
    }
    return render(request, "people/resident/consent.html", context, status=422 if refused else 200)


def _has(person: Person, set_name: str) -> bool:
    rows = SET_OF[set_name].model._default_manager.filter(subdistrict=person.subdistrict_id, person=person, ended_on=None)
    return rows.exists()
