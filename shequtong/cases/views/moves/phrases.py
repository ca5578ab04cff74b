"""Phrases beside a move (常用语): one that is picked fills the text of the form, by an address and without JavaScript."""

from typing import Any

from django import forms
from django.db.models import Q

from shequtong.access.request import ActorRequest
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Phrase

# Where the words of a phrase go.
FIELDS = {"answer": "text", "handle": "note", "send_back": "note", "not_accept": "note"}


def _holds_something(request: ActorRequest, field: str) -> bool:
    """Whether a form that comes back has words or photos: a phrase loads the page anew, and would take them away."""
    return bool(request.POST.get(field, "").strip() or request.FILES or request.POST.get("photos_kept"))


def offered(request: ActorRequest, case: Case, verb: str, form: forms.Form) -> dict[str, Any]:
    """The phrases for this move and class; the one the address names fills the form. One statement, none where no phrase is offered."""
    if verb not in FIELDS or (form.is_bound and _holds_something(request, FIELDS[verb])):
        return {}
    code = catalogue().classes[case.case_class_id].code
    fit = Q(class_code="") | Q(class_code=code)
    rows = Phrase.objects.filter(fit, subdistrict=case.subdistrict_id, use=verb, ended_at=None)
    phrases = sorted(rows, key=lambda each: (not each.class_code, each.rank, each.pk))
    picked = next((each for each in phrases if str(each.pk) == request.GET.get("phrase")), None)
    if picked is not None:
        form.initial[FIELDS[verb]] = picked.text
    return {"phrases": phrases, "picked": picked.pk if picked else None}
