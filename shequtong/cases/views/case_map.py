"""The map of cases (案件地图): the page with its list, and what a viewport shows, asked for again as the map is moved.

A sign says class, grid, stage and light; no title, no words, no house number, nobody's name.
"""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.forms.viewport import viewport_from
from shequtong.cases.lookups import Filters, queue
from shequtong.cases.lookups.by_hour import ground_of
from shequtong.cases.lookups.on_map import LISTED, View, headers_of, view_of
from shequtong.cases.map_layers import queue_layers
from shequtong.cases.models import Case
from shequtong.cases.shown import LIGHT_LOOKS, Badge, Dresser, Shown, light_badge, light_of
from shequtong.cases.views.own_list import own_list_shown
from shequtong.cases.views.queue_asked import queue_asked, reaches, same_query, without_words
from shequtong.core.clock import Light

_SEE = (permissions.VIEW, permissions.VIEW_HEADER)
_SECONDS = 5  # what a browser has just been told, it need not ask again
_ON_A_CARD = 8  # cases of one spot
_DIGITS = 6  # of a degree: a hand's width


@require_GET
@for_staff(*_SEE)
def desk_map(request: ActorRequest) -> HttpResponse:
    """The page. Without a script its list shows the soonest due of the whole reach, and says so. At most eight statements."""
    now, asked = timezone.now(), without_words(queue_asked(request))
    page = queue(request.actor, asked.filters, now, asked.permission, page=LISTED)
    context = {
        "rows": list(map(Dresser(now), page.rows)),
        "more": page.next is not None,
        "form": asked.form,
        "filtered": asked.filters != Filters(),
        "clear": asked.clear,
        "reaches": reaches(request, asked),
        "headers_only": asked.wide,
        "list_url": reverse("cases:desk-queue") + same_query(request),
        "view_url": reverse("cases:desk-map-view") + same_query(request, "view"),
        "hours_url": _hours_url(request),
        "layers": queue_layers(request.actor.reach(asked.permission).of_post),
        "legend": [*(light_badge(one) for one in LIGHT_LOOKS), Badge(_("No clock runs"), "ring", "info")],
        "listed": LISTED,
        **own_list_shown(request),
    }
    return render(request, "cases/desk/map.html", context)


@require_GET
@for_staff(*_SEE)
@gzip_page
@conditional_page
@cache_control(private=True, max_age=_SECONDS)
def desk_map_view(request: ActorRequest) -> HttpResponse:
    """The signs of a viewport, the list beside it, and how many there are, as JSON. 422 says what is wrong with the box or the zoom."""
    viewport = viewport_from(request.GET.get("bbox", ""), request.GET.get("zoom", ""))
    if isinstance(viewport, str):
        return JsonResponse({"refused": viewport}, status=422)
    now, asked = timezone.now(), without_words(queue_asked(request))
    found = (headers_of if asked.wide else view_of)(request.actor, asked.filters, viewport, now)
    dress = Dresser(now)
    rows = list(map(dress, found.listed))
    body = {
        "n": found.n,
        "said": _said(found),
        "signs": [*_clusters(found), *_points(found.points, dress)],
        "list": render_to_string(
            "cases/desk/_map_list.html", {"rows": rows, "places": not asked.wide, "more": found.n > len(rows)}
        ),
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def _hours_url(request: ActorRequest) -> str:
    """The hours of the same place and class, for who sees a ground."""
    ground = ground_of(request.actor)
    kept = {name: request.GET[name] for name in ("cls", "under") if request.GET.get(name)}
    address = reverse("cases:desk-map-hours") + (f"?{urlencode(kept)}" if kept else "")
    return address if ground.grants or ground.everything else ""


def _said(found: View) -> str:
    told = {"n": found.n, "late": found.late, "soon": found.soon}
    if not found.n:
        return _("No case in this view")
    said = _("In this view: %(n)s, overdue %(late)s, due soon %(soon)s") % told
    by_grid = _("Too many for single signs: they are counted by grid.")
    return f"{said} {by_grid}" if found.by_grid else said


def _clusters(found: View) -> list[dict[str, Any]]:
    if found.points:
        return []
    return [
        {
            "lon": round(one.lon, _DIGITS),
            "lat": round(one.lat, _DIGITS),
            "n": one.n,
            "late": one.late,
            "soon": one.soon,
            "box": [round(edge, _DIGITS) for edge in one.box],
        }
        for one in found.clusters
    ]


def _points(cases: list[Case], dress: Dresser) -> list[dict[str, Any]]:
    """A sign a spot; what is most urgent is drawn last, and so on top."""
    spots: dict[tuple[float | None, float | None], list[Case]] = defaultdict(list)
    for case in cases:
        spots[case.lon, case.lat].append(case)
    return [_spot(lon, lat, some, dress) for (lon, lat), some in reversed(spots.items())]


def _spot(lon: float | None, lat: float | None, some: list[Case], dress: Dresser) -> dict[str, Any]:
    """Those on its card are dressed; of the others the light alone matters."""
    told = list(map(dress, some[:_ON_A_CARD]))
    at: dict[str, Any] = {"lon": lon, "lat": lat, "cases": [_card(one) for one in told]}
    if len(some) > 1:
        lights = [light_of(case, dress.now) for case in some]
        return {**at, "n": len(some), "late": lights.count(Light.RED), "soon": lights.count(Light.AMBER)}
    look = told[0].light or told[0].stage
    return {**at, "shape": look.shape, "tone": look.tone}


def _card(one: Shown) -> dict[str, Any]:
    return {
        "number": one.number,
        "url": one.url,
        "name": one.class_name,
        "place": one.place_name,
        "looks": [_look(badge) for badge in (one.stage, one.light) if badge],
    }


def _look(badge: Badge) -> dict[str, str]:
    return {"label": badge.label, "shape": badge.shape, "tone": badge.tone}
