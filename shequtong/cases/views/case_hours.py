"""The map of hours (诉求时段热力): where reports come in at which hours of the day, as shades by grid, bars by hour and tables of both.

Numbers by grid alone: no case, no house, nobody's name.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.forms.filters import WHOLE
from shequtong.cases.forms.hours import BANDS, HoursForm, code_of, said
from shequtong.cases.hours_shown import Shades, bars_of, named, rows_of
from shequtong.cases.lookups.by_hour import ALL_DAY, HoursAsked, HoursTold, ground_of, told_by_hour, within
from shequtong.cases.map_layers import HEAT, heat_layers
from shequtong.cases.views.queue_asked import same_query
from shequtong.core.refusals import Forbidden

_FIRST, _LISTED = 10, 30  # places that stand open; that stand there, with a link to all


@require_GET
@for_staff(permissions.VIEW, permissions.VIEW_HEADER)
def desk_map_hours(request: ActorRequest) -> HttpResponse:
    """The page. At most three statements, over several streets four."""
    ground = ground_of(request.actor)
    if not (ground.grants or ground.everything):
        raise Forbidden(permissions.VIEW_HEADER)
    form = HoursForm(request.GET, reach=ground)
    asked = form.asked(timezone.localdate())
    told = told_by_hour(request.actor, asked)
    by_hour, shades, nearer = told.by_hour, Shades(told.areas.values()), _nearer(request, asked, several=told.several)
    everywhere = request.GET.get("places") == "all"
    rows = [(row, nearer(row.code)) for row in rows_of(told, asked.hours, None if everywhere else _LISTED)]
    context = {
        "form": form,
        "bands": _bands(request, asked, by_hour),
        "bars": [(bar, _with(request, hours=code_of(range(bar.hour, bar.until)))) for bar in bars_of(by_hour, asked.hours)],
        "rows": rows[:_FIRST],
        "others": rows[_FIRST:],
        "more": len(told.places) - _FIRST,
        "all_places": len(told.places),
        "everywhere": everywhere,
        "all_url": _with(request, places="all") if len(rows) < len(told.places) else "",
        "several": told.several,
        "whole_day": asked.hours == ALL_DAY,
        "said": _said(asked, by_hour),
        "no_hour": told.no_hour,
        "legend": shades.legend(),
        "heat_id": HEAT,
        "heat": _heat(told, asked, shades, nearer),
        "layers": heat_layers(ground, asked.under, several=told.several),
        "map_url": f"{reverse('cases:desk-map')}{same_query(request, 'hours', 'months', 'places')}",
    }
    return render(request, "cases/desk/map_hours.html", context)


def _bands(request: ActorRequest, asked: HoursAsked, by_hour: Counter[int]) -> list[dict[str, Any]]:
    """The whole day and its parts, each with how many reports."""
    named = [(ALL_DAY, _("Whole day")), *((band, f"{name} {said(band)}") for band, name in BANDS)]
    return [
        {"label": name, "url": _with(request, hours=code_of(band)), "active": band == asked.hours, "count": within(by_hour, band)}
        for band, name in named
    ]


def _said(asked: HoursAsked, by_hour: Counter[int]) -> str:
    day, n = by_hour.total(), within(by_hour, asked.hours)
    if asked.hours == ALL_DAY:
        return ngettext("%(n)s report", "%(n)s reports", day) % {"n": day}
    told = {"hours": said(asked.hours), "n": n, "day": day, "share": round(n * 100 / day) if day else 0}
    return _("Between %(hours)s o'clock: %(n)s of %(day)s reports (%(share)s%%)") % told


def _heat(told: HoursTold, asked: HoursAsked, shades: Shades, nearer: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    """What the map draws of each area, by its path."""
    hours = "" if asked.hours == ALL_DAY else f" · {said(asked.hours)}"
    found: dict[str, dict[str, Any]] = {}
    for path, n in told.areas.items():
        unit, name = named(path)
        if unit:
            note = ngettext("%(n)s report", "%(n)s reports", n) % {"n": n}
            found[path] = {
                "heat": shades.of(n),
                "n": n,
                "title": name,
                "note": f"{note}{hours}",
                "url": nearer(unit.code),
            }
    return found


def _with(request: ActorRequest, **changes: str) -> str:
    """This page with other hours or another place."""
    rest, more = same_query(request, *changes), urlencode({name: value for name, value in changes.items() if value})
    return f"{rest}{'&' if rest else '?'}{more}" if more else rest or "?"


def _nearer(request: ActorRequest, asked: HoursAsked, *, several: bool) -> Callable[[str], str]:
    """By the code of a place: of a street or community among several streets its own hours, of a grid its cases.

    These are all of the class asked for, with the widest reach: numbers here are of all of them.
    """
    if several:
        base, rest = reverse("cases:desk-map-hours"), same_query(request, "under", "places")
    else:
        told = {"reach": WHOLE, "stage": "all", "cls": asked.class_code}
        base, rest = reverse("cases:desk-queue"), f"?{urlencode({name: value for name, value in told.items() if value})}"
    before = f"{base}{rest}{'&' if rest else '?'}under="
    return lambda code: f"{before}{quote(code)}"
