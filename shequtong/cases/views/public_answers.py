"""Published answers (公开答复), for everybody: what others asked may have been answered already."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shequtong.access.request import ActorRequest
from shequtong.cases.catalogue import catalogue
from shequtong.cases.chosen_place import served
from shequtong.cases.forms.answers import PublishedSearchForm
from shequtong.cases.lookups import published_answers
from shequtong.cases.shown import class_name
from shequtong.cases.views.resident_shown import community_name
from shequtong.core.keyset import parse_keyset


@require_GET
def public_answers(request: ActorRequest) -> HttpResponse:
    """A street's published answers, the latest first, of one community or with some words. One statement."""
    form = PublishedSearchForm(request.GET, streets=served())
    form.is_valid()  # what cannot be is left out
    wanted: dict[str, Any] = form.cleaned_data
    after = parse_keyset(request.GET.get("after", ""))
    answers, older = (
        published_answers(
            form.place, under=wanted.get("community", ""), words=wanted.get("q", ""), after=after, now=timezone.now()
        )
        if form.place
        else ([], None)
    )
    kept = {key: value for key, value in request.GET.items() if key in form.fields and value}
    context = {
        "form": form,
        "filtered": bool(wanted.get("q") or wanted.get("community")),
        "rows": [
            {
                "answer": answer,
                "number": answer.case.number,
                "kind_name": class_name(catalogue().classes[answer.case.case_class_id]),
                "community": community_name(answer.case.place_path),
            }
            for answer in answers
        ],
        "first": "?" + urlencode(kept) if after else "",
        "older": "?" + urlencode({**kept, "after": f"{older[0].isoformat()}_{older[1]}"}) if older else "",
    }
    return render(request, "cases/resident/answers.html", context)
