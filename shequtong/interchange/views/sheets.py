"""Sheets of the month (月度报表): which units have sent which, what changed, what is late; and the filling of one."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.interchange import permissions as own
from shequtong.interchange.forms.sheets import FillForm
from shequtong.interchange.models import SheetTemplate
from shequtong.interchange.sheets_out.counting import day_of
from shequtong.interchange.sheets_out.plan import plan_of
from shequtong.interchange.sheets_out.shown import EARLIEST, asked_of, month_board
from shequtong.interchange.usecases import ask_sheet
from shequtong.interchange.usecases.ask_sheet import listed_of
from shequtong.people import permissions
from shequtong.people.usecases import ALONE
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, with_code


@require_GET
@for_staff(permissions.EXPORT, own.MANAGE_SHEETS)
def desk_sheets(request: ActorRequest) -> HttpResponse:
    """The sheets of a month. Four statements beside the session, however many."""
    today = timezone.localdate()
    month = month_of(request.GET.get("month", ""), today) or today.replace(day=1)
    board = month_board(request.actor, month, today, timezone.now())
    context = {
        "board": board,
        "month": month,
        "manages": bool(request.actor.reach(own.MANAGE_SHEETS).of_post.grants),
        "back": reverse("people:desk-persons"),
    }
    return render(request, "interchange/desk/sheets.html", context)


def month_of(text: str, today: date) -> date | None:
    """2026-11 as its first day; None for what is none, or lies ahead."""
    year, dash, month = text.partition("-")
    if not (dash and year.isascii() and year.isdecimal() and month.isascii() and month.isdecimal()):
        return None
    if (len(year), len(month)) != (4, 2) or not 1 <= int(month) <= 12 or int(year) < EARLIEST:
        return None
    found = date(int(year), int(month), 1)
    return found if found <= today else None


@require_http_methods(["GET", "POST"])
@for_staff(permissions.EXPORT)
def desk_sheet_fill(request: ActorRequest, template_id: int, code: str, month: str) -> HttpResponse:
    """What will be in it, masked or in clear; a POST fills it as a task. One statement a list beside template and session, and the deed's."""
    template, unit, first = _asked_or_404(request, template_id, code, month)
    plan, now = plan_of(template.looked), timezone.now()
    count = len(listed_of(plan, unit.path, day_of(first, timezone.localdate(now)), request.actor))
    reveals = bool(plan.facts) and request.actor.reach(permissions.REVEAL).of_post.covers(unit.reach_facts())
    form = FillForm(request.POST or None)
    if form.is_bound and form.is_valid():
        in_clear = reveals and form.cleaned_data["in_clear"]

        def perform() -> str:
            told = {"template_id": template.pk, "path": unit.path, "month": first, "in_clear": in_clear}
            _sheet, export, task = ask_sheet(by=request.actor, now=now, **told)
            return f"{task.url}?fetch" if task is not None else reverse("people:desk-export", args=[export.pk])

        try:
            return once(request, perform, place=template.subdistrict_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "template": template,
        "unit": unit_name(unit),
        "month": first,
        "form": form,
        "count": count,
        "lists": bool(plan.lists),
        "reveals": reveals,
        "alone": ALONE,
        "second": count > ALONE,
        "back": f"{reverse('interchange:desk-sheets')}?month={first:%Y-%m}",
    }
    return render(request, "interchange/desk/sheet_fill.html", context, status=422 if form.is_bound else 200)


def _asked_or_404(request: ActorRequest, template_id: int, code: str, month: str) -> tuple[SheetTemplate, UnitRef, date]:
    unit, first = with_code(code), month_of(month, timezone.localdate())
    if unit is None or first is None:
        raise Http404
    mine: Any = SheetTemplate.objects.within(unit.subdistrict).in_use()
    template: SheetTemplate = get_object_or_404(mine, pk=template_id)
    if unit not in asked_of(template, request.actor):
        raise Http404
    return template, unit, first
