"""Answers found again (答复查询), and closed cases that are due for a call back (待回访)."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.call_backs import calls_in_turn
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms.answers import AnswerSearchForm
from shequtong.cases.models import Answer, Case
from shequtong.cases.models.case import REACH
from shequtong.cases.numbers import parse_number
from shequtong.cases.shown import Dresser
from shequtong.core.actors import Actor

_PAGE = 30


@require_GET
@for_staff(permissions.VIEW)
def desk_answers(request: ActorRequest) -> HttpResponse:
    """Answers of the cases within reach, the latest first. One statement, which reads rows until the page is full."""
    form = AnswerSearchForm(request.GET)
    form.is_valid()
    found = _searched(request.actor, form.cleaned_data)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 20:
        found = found.filter(pk__lt=int(before))
    rows = list(found.select_related("case").order_by("-id")[: _PAGE + 1])
    kept = {key: value for key, value in request.GET.items() if key != "before"}
    older = "?" + urlencode({**kept, "before": rows[_PAGE - 1].pk}) if len(rows) > _PAGE else ""
    dress = Dresser(timezone.now())
    context = {
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "rows": [{"answer": row, "shown": dress(row.case)} for row in rows[:_PAGE]],
        "older": older,
    }
    return render(request, "cases/desk/answers.html", context)


def _searched(actor: Actor, wanted: dict[str, Any]) -> Any:
    reach = actor.reach(permissions.VIEW).of_post
    cases = Case.objects.filter(reach.condition(REACH), pk=OuterRef("case_id"))
    found = Answer.objects.filter(Q() if reach.everything else Q(subdistrict__in=reach.subdistricts))
    words = wanted.get("q", "").strip()
    if number := parse_number(words):
        cases = cases.filter(subdistrict=number.place, year=number.year, serial=number.serial)
    elif words:
        found = found.filter(text__icontains=words)
    if kind := catalogue().by_code.get(wanted.get("cls", "")):
        cases = cases.filter(case_class=kind.id)
    if wanted.get("state"):
        found = found.filter(state=wanted["state"])
    return found.filter(Exists(cases.filter(subdistrict=OuterRef("subdistrict"))))


@require_GET
@for_staff(permissions.CALL_BACK)
def desk_call_backs(request: ActorRequest) -> HttpResponse:
    """Closed cases whose reporter has not been heard since, the oldest first. Three statements."""
    now, said = timezone.now(), request.GET.get("from", "")
    first = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0
    calls, total = calls_in_turn(request.actor, now, first, _PAGE)
    dress = Dresser(now)
    context = {
        "rows": [{"shown": dress(one.case), "call": one, "left": max((one.until - now).days, 0)} for one in calls],
        "total": total,
        "newer": f"?from={max(first - _PAGE, 0)}" if first else "",
        "older": f"?from={first + _PAGE}" if first + _PAGE < total else "",
    }
    return render(request, "cases/desk/call_backs.html", context)
