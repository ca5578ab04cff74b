"""What somebody told (本人反映的事项): the cases whose caller has the telephone of a person on record, after a reason, under the limit of such looks."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.shown import Dresser
from shequtong.cases.usecases.find_by_phone import find_by_phone_again, may_find_by_phone
from shequtong.core.sent_forms import looked_once
from shequtong.people import permissions
from shequtong.people.gate import person_or_404
from shequtong.people.shown import who_text


class ReasonToLookForm(forms.Form):
    """Why somebody looks."""

    reason = forms.CharField(label=gettext_lazy("What do you need it for?"), min_length=4, max_length=200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW)
def registry_cases(request: ActorRequest, person_id: int) -> HttpResponse:
    """The number is not typed and not shown; what is found are cases whose reporter this post may see anyway. At most twelve statements."""
    person = person_or_404(request, person_id, permissions.VIEW)
    if not person.phone or not may_find_by_phone(request.actor):
        raise Http404
    form = ReasonToLookForm(request.POST or None)
    now, found = timezone.now(), None

    def look(again: bool) -> list[Case]:
        phone = person.phone.reveal()
        if again:
            return list(find_by_phone_again(phone=phone, by=request.actor, now=now))
        return list(usecases.find_by_phone(phone=phone, reason=form.cleaned_data["reason"], by=request.actor, now=now))

    if form.is_valid():
        found, refused = looked_once(request, look, place=request.actor.home)
        if refused:
            form.add_error(None, refused)
    looked = found is not None
    context: dict[str, Any] = {
        "who": who_text(person, timezone.localdate()),
        "form": form,
        "looked": looked,
        "rows": list(map(Dresser(now), found or ())),
        "back": reverse("pages:registry-person", args=[person.pk]),
    }
    response = render(request, "pages/desk/registry_cases.html", context, status=422 if form.is_bound and not looked else 200)
    response["Cache-Control"] = "no-store"
    return response
