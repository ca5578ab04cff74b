"""The map of hours (诉求时段热力): where reports come in at which hours of the day, as shades by grid, bars by hour and tables of both.

Numbers by grid alone: no case, no house, nobody's name.
"""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

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
from shequtong.cases.hours_shown import Shades, bars_of, name_of, rows_of
from shequtong.cases.lookups.by_hour import ALL_DAY, HoursAsked, HoursTold, ground_of, told_by_hour
from shequtong.cases.map_layers import HEAT, heat_layers
from shequtong.cases.views.queue_asked import same_query
from shequtong.core.refusals import Forbidden
from shequtong.territory.units import at_path

_FIRST = 10  # places that stand open


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
    by_hour, shades = told.by_hour, Shades(told.areas.values())
    rows = [(row, _nearer(request, row.code, asked, several=told.several)) for row in rows_of(told, asked.hours)]
    context = {
        "form": form,
        "bands": _bands(request, asked, by_hour),
        "bars": [(bar, _with(request, hours=code_of(range(bar.hour, bar.until)))) for bar in bars_of(by_hour, asked.hours)],
        "rows": rows[:_FIRST],
        "others": rows[_FIRST:],
        "several": told.several,
        "whole_day": asked.hours == ALL_DAY,
        "said": _said(asked, by_hour),
        "no_hour": told.no_hour,
        "legend": shades.legend(),
        "heat_id": HEAT,
        "heat": _heat(request, told, asked, shades),
        "layers": heat_layers(ground, asked.under, several=told.several),
        "map_url": f"{reverse('cases:desk-map')}{same_query(request, 'hours', 'months')}",
    }
    return render(request, "cases/desk/map_hours.html", context)


def _bands(request: ActorRequest, asked: HoursAsked, by_hour: Counter[int]) -> list[dict[str, Any]]:
    """The whole day and its parts, each with how many reports."""
    named = [(ALL_DAY, _("Whole day")), *((band, f"{name} {said(band)}") for band, name in BANDS)]
    return [
        {"label": name, "url": _with(request, hours=code_of(band)), "active": band == asked.hours, "count": _in(by_hour, band)}
        for band, name in named
    ]


def _said(asked: HoursAsked, by_hour: Counter[int]) -> str:
    day, n = by_hour.total(), _in(by_hour, asked.hours)
    if asked.hours == ALL_DAY:
        return ngettext("%(n)s report", "%(n)s reports", day) % {"n": day}
    told = {"hours": said(asked.hours), "n": n, "day": day, "share": round(n * 100 / day) if day else 0}
    return _("Between %(hours)s o'clock: %(n)s of %(day)s reports (%(share)s%%)") % told


def _heat(request: ActorRequest, told: HoursTold, asked: HoursAsked, shades: Shades) -> dict[str, dict[str, Any]]:
    """What the map draws of each area, by its path."""
    found: dict[str, dict[str, Any]] = {}
    for path, n in told.areas.items():
        if unit := at_path(path):
            note = ngettext("%(n)s report", "%(n)s reports", n) % {"n": n}
            hours = "" if asked.hours == ALL_DAY else f" · {said(asked.hours)}"
            found[path] = {
                "heat": shades.of(n),
                "n": n,
                "title": name_of(path),
                "note": f"{note}{hours}",
                "url": _nearer(request, unit.code, asked, several=told.several),
            }
    return found


def _with(request: ActorRequest, **changes: str) -> str:
    """This page with other hours or another place."""
    rest, more = same_query(request, *changes), urlencode({name: value for name, value in changes.items() if value})
    return f"{rest}{'&' if rest else '?'}{more}" if more else rest or "?"


def _nearer(request: ActorRequest, code: str, asked: HoursAsked, *, several: bool) -> str:
    """Of a street or community among several streets its own hours, of a grid its cases."""
    return f"{reverse('cases:desk-map-hours')}{_with(request, under=code)}" if several else _queue(code, asked)


def _queue(code: str, asked: HoursAsked) -> str:
    """All cases of a place and of the class asked for, with the widest reach: numbers here are of all of them."""
    told = {"reach": WHOLE, "stage": "all", "under": code, "cls": asked.class_code}
    return f"{reverse('cases:desk-queue')}?{urlencode({name: value for name, value in told.items() if value})}"


def _in(by_hour: Counter[int], hours: range) -> int:
    return sum(by_hour[hour] for hour in hours)
