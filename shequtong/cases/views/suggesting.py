"""Suggestions while somebody types (分类建议): asked by POST, so that no word of it stands in an address or a log; nothing is kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.accounts.addresses import address_of
from shequtong.accounts.usecases.take_allowance import TooMany, take_allowance
from shequtong.cases import permissions
from shequtong.cases.chosen_place import chosen_place
from shequtong.cases.shown import class_name, station_name
from shequtong.cases.suggested import Suggested, leading_station, suggest, suggests
from shequtong.triage.grams import LONGEST_TEXT

AN_HOUR = 600  # suggestions of one address or account


@never_cache
@sensitive_post_parameters()
@require_POST
def report_suggest(request: ActorRequest) -> HttpResponse:
    """The classes residents may choose. One statement, which counts the asking; none where nothing was trained."""
    return _answer(request, for_residents=True)


@never_cache
@sensitive_post_parameters()
@require_POST
@for_staff(permissions.INTAKE)
def desk_suggest(request: ActorRequest) -> HttpResponse:
    """Every class, and who would lead it at the place of the form."""
    return _answer(request, for_residents=False)


def _answer(request: ActorRequest, *, for_residents: bool) -> HttpResponse:
    if not suggests():
        return HttpResponse(status=204)
    sender = f"account:{request.user.pk}" if request.user.is_authenticated else address_of(request)
    try:
        take_allowance(wanted={"suggest": (1, AN_HOUR)}, address=sender, now=timezone.now())
    except TooMany:
        return HttpResponse(status=429)
    found = suggest(request.POST.get("text", "")[:LONGEST_TEXT], for_residents=for_residents)
    chosen = None if for_residents else chosen_place(request.POST)
    spot = chosen.spot() if chosen else None
    return render(request, "cases/_suggested.html", suggestion(found, path=spot.path if spot else ""))


def suggestion(found: Suggested | None, *, path: str = "") -> dict[str, Any]:
    """What `_suggested.html` wants; with a place, also who would lead each class there."""
    if found is None:
        return {"suggested": None, "suggests": suggests()}
    stations = [leading_station(one, path) if path else None for one in found.classes]
    return {
        "suggests": True,
        "suggested": {
            "classes": [
                {"code": one.code, "name": class_name(one), "station": station_name(station) if station else ""}
                for one, station in zip(found.classes, stations, strict=True)
            ],
            "certain": found.certain,
            "words": found.words,
        },
    }
