"""Which calendar a unit counts by (单位适用日历): its own or that of the unit above; choosing another, or taking a copy of its own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.territory import calendars, permissions, units
from shequtong.territory.calendar_users import calendar_id_at, may_choose, open_work, within_sight
from shequtong.territory.forms import ChooseForm, CopyForm
from shequtong.territory.shown import calendar_name, unit_name
from shequtong.territory.units import UnitRef
from shequtong.territory.usecases.copy_calendar import copy_calendar
from shequtong.territory.usecases.use_calendar import use_calendar
from shequtong.territory.views.gate import actor_of, for_calendar_staff, unit_or_404

_KINDS = ("district", "subdistrict", "precinct", "community")


@require_GET
@for_calendar_staff
def calendar_units(request: HttpRequest) -> HttpResponse:
    """The units at the top of the reader's reach."""
    reach = actor_of(request).reach(permissions.MANAGE_CALENDAR)
    if reach.everything:
        tops = [one for one in units.under("") if one.parent_id is None]
    else:
        tops = [one for one in (units.at_path(grant.path) for grant in reach.grants) if one is not None and not one.ended]
    return render(request, "territory/desk/calendar_units.html", {"rows": _rows(tops), "unit": None})


@require_http_methods(["GET", "POST"])
@for_calendar_staff
def calendar_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: choose its calendar, or let it count by the one above again; the units below with theirs."""
    unit = unit_or_404(request, unit_id)
    form = ChooseForm(request.POST or None, choices=_choices(request, unit), initial={"calendar": unit.calendar_id or ""})
    if form.is_valid():
        chosen = form.cleaned_data["calendar"]
        here = reverse("territory:desk-calendar-unit", args=[unit_id])
        try:
            answer = _choose(request, unit_id, chosen, here)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Open due times are being computed anew."))
            return answer
    return _page(request, unit, form, CopyForm())


def _choose(request: HttpRequest, unit_id: int, chosen: int | None, here: str) -> HttpResponse:
    def deed() -> str:
        use_calendar(unit_id=unit_id, calendar_id=chosen, by=actor_of(request), now=timezone.now())
        return here

    return once(request, deed, answer=here)


@require_http_methods(["GET", "POST"])
@for_calendar_staff
def calendar_copy(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Give the unit a calendar of its own, which begins as a copy."""
    unit, form = unit_or_404(request, unit_id), CopyForm(request.POST or None)
    if form.is_valid():

        def deed() -> str:
            made = copy_calendar(unit_id=unit_id, name=form.cleaned_data["name"], by=actor_of(request), now=timezone.now())
            return reverse("territory:desk-calendar", args=[made.pk])

        try:
            return once(request, deed)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    choose = ChooseForm(choices=_choices(request, unit), initial={"calendar": unit.calendar_id or ""})
    return _page(request, unit, choose, form)


def _page(request: HttpRequest, unit: UnitRef, form: ChooseForm, copy: CopyForm) -> HttpResponse:
    counted = calendar_id_at(unit.path)
    above = [one for one in units.ancestors(unit.path) if one.calendar_id is not None]
    context = {
        "unit": unit,
        "name": unit_name(unit),
        "counted": calendar_name(calendars.refs()[counted]) if counted else "",
        "counted_url": reverse("territory:desk-calendar", args=[counted]) if counted in within_sight(actor_of(request)) else "",
        "inherited_from": "" if unit.calendar_id or not above else unit_name(above[-1]),
        "form": form,
        "copy": copy,
        "rows": _rows([one for one in units.children(unit.id) if one.kind in _KINDS]),
        "open_work": open_work(counted) if counted else 0,
        "back": _back(request, unit),
    }
    return render(request, "territory/desk/calendar_unit.html", context, status=422 if form.errors or copy.errors else 200)


def _choices(request: HttpRequest, unit: UnitRef) -> list[tuple[str, str]]:
    refs, actor = calendars.refs(), actor_of(request)
    above = [one.calendar_id for one in units.ancestors(unit.path)[:-1] if one.calendar_id is not None]
    # The one above is offered once, as "the unit above": it then changes with it.
    offered = [one for one in refs if one not in above[-1:] and may_choose(actor, unit, one)]
    chosen = [one for one in refs if one in offered or one == unit.calendar_id]
    inherited = calendar_name(refs[above[-1]]) if above else _("no calendar")
    return [
        ("", _("As the unit above: %(name)s") % {"name": inherited}),
        *((str(one), calendar_name(refs[one])) for one in chosen),
    ]


def _rows(found: list[UnitRef]) -> list[dict[str, object]]:
    refs = calendars.refs()
    counted = {one.id: calendar_id_at(one.path) for one in found}
    return [
        {
            "name": unit_name(one),
            "url": reverse("territory:desk-calendar-unit", args=[one.id]),
            "own": one.calendar_id is not None,
            "calendar": calendar_name(refs[calendar]) if (calendar := counted[one.id]) is not None else "",
        }
        for one in found
    ]


def _back(request: HttpRequest, unit: UnitRef) -> str:
    parent = units.tree().by_id.get(unit.parent_id or 0)
    if parent and actor_of(request).reach(permissions.MANAGE_CALENDAR).covers(parent.reach_facts()):
        return reverse("territory:desk-calendar-unit", args=[parent.id])
    return reverse("territory:desk-calendar-units")
