"""Showing one protected value (查看明文): after a reason, once; the page is not kept by the browser."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.sent_forms import looked_once
from shequtong.people import permissions
from shequtong.people.facts import FACT_OF
from shequtong.people.forms import RevealForm
from shequtong.people.gate import person_or_404
from shequtong.people.shown import who_text
from shequtong.people.usecases import NoSuchFact, reveal_fact


@require_http_methods(["GET", "POST"])
@for_staff(permissions.REVEAL)
def desk_reveal(request: ActorRequest, person_id: int, what: str) -> HttpResponse:
    """`what` is a fact of the person, or set.fact."""
    person = person_or_404(request, person_id, permissions.REVEAL)
    set_name, _dot, name = what.rpartition(".")
    fact = FACT_OF.get(set_name, {}).get(name)
    if fact is None or not fact.sealed:
        raise Http404
    form = RevealForm(request.POST or None)
    text = None

    def look(again: bool) -> str:
        told = {"person": person, "set_name": set_name, "fact": name, "reason": form.cleaned_data["reason"]}
        try:
            return reveal_fact(**told, by=request.actor, now=timezone.now(), again=again)
        except NoSuchFact:
            raise Http404 from None

    if form.is_valid():
        text, refused = looked_once(request, look, place=person.subdistrict_id)
        if refused:
            form.add_error(None, refused)
    context = {
        "form": form,
        "fact": fact,
        "text": text,
        "who": who_text(person, timezone.localdate()),
        "back": reverse("pages:registry-person", args=[person.pk]),
    }
    response = render(request, "people/desk/reveal.html", context, status=422 if form.is_bound and text is None else 200)
    response["Cache-Control"] = "no-store"
    return response
