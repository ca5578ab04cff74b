"""Intake at the desk (窗口受理、电话受理): staff take down what somebody tells them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.chosen_place import served
from shequtong.cases.forms.window import WindowForm
from shequtong.cases.nearby import near_spot
from shequtong.cases.notice import NOTICE_VERSION
from shequtong.cases.places import Spot, find_spot
from shequtong.cases.shown import place_name, shown
from shequtong.cases.usecases import NewCase, NewReporter, open_case
from shequtong.cases.usecases.open_case import reserve_serial
from shequtong.cases.views.photos import Taken, shown_again, take_photos
from shequtong.cases.views.printing import taken_in_address
from shequtong.core.locality import part_of
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.territory.address import search_buildings


@require_http_methods(["GET", "POST"])
@for_staff(permissions.INTAKE)
def desk_intake(request: ActorRequest) -> HttpResponse:
    """First the place (in the address of the page), then one form; a repeat gets the first case."""
    q, building = request.GET.get("q", "").strip()[:60], chosen_building(request)
    form = WindowForm(request.POST or None, request.FILES or None, channel=_usual_channel(request))
    taken = take_photos(request, form, part_of(building)) if form.is_bound and building is not None else Taken()
    if building is not None and form.is_bound and form.is_valid():
        serial, number = reserve_serial(part_of(building), now=timezone.now())
        sheet = taken_in_address(request, number)  # known before, so that it is stored with the key

        def perform() -> str:
            _open(request, form.cleaned_data, building, taken, serial)
            return sheet

        try:
            return once(request, perform, place=part_of(building), answer=sheet)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    spot = find_spot(building, None, "", "") if building is not None else None
    reach = request.actor.reach(permissions.INTAKE)
    matches = search_buildings(q, reach.subdistricts, limit=10) if q and spot is None else []
    if len(matches) == 1 and matches[0].exact:  # nothing to choose
        return redirect(f"{request.path}?{urlencode({'building': matches[0].building_id, 'q': q})}")
    context: dict[str, Any] = {
        "form": form,
        "q": q,
        "spot": spot,
        "spot_name": place_name(spot.path) if spot else "",
        "matches": matches,
        "near_by": _near_by(request, spot) if spot else [],
        **shown_again(taken),
    }
    return render(request, "cases/desk/intake.html", context, status=422 if request.method == "POST" else 200)


def _usual_channel(request: ActorRequest) -> str:
    """How this post mostly hears of things: who registers sits at the telephone, who settles on the spot walks about."""
    for permission, channel in ((permissions.REGISTER, "phone"), (permissions.SELF_HANDLE, "staff")):
        if request.actor.reach(permission).of_post.grants:
            return channel
    return "window"


def _near_by(request: ActorRequest, spot: Spot) -> list[dict[str, Any]]:
    """What has been told there this week, of any class: it is not known yet which. One statement."""
    now = timezone.now()
    return [{"near": one, "shown": shown(one.case, now)} for one in near_spot(spot, "", now, seen_by=request.actor)]


def chosen_building(request: ActorRequest) -> int | None:
    """The building chosen: in the address of the page, or in the form that was made for it. Whether it stands, the use-case asks."""
    chosen = request.POST.get("building") or request.GET.get("building", "")
    known = chosen.isdecimal() and len(chosen) < 20 and part_of(chosen) in served()
    return int(chosen) if known else None


def _open(request: ActorRequest, data: dict[str, Any], building: int, taken: Taken, serial: int) -> None:
    told = bool(data["name"] or data["phone"])
    reporter = NewReporter(data["name"], data["phone"], consent="spoken" if told else "", notice_version=NOTICE_VERSION)
    case = open_case(
        new=NewCase(
            class_code=data["cls"],
            text=data["text"],
            channel=data["channel"],
            building_id=building,
            reporter=reporter if data["channel"] != "staff" or told else None,
            photos=taken.ids,
            claim=taken.claim,
            serial=serial,
        ),
        by=request.actor,
        now=timezone.now(),
    )
    said = _("Taken in: %(number)s") % {"number": case.number}
    if case.reporter is not None:
        # Shown once, to be read out or written down for the reporter; staff do not see it again.
        said += " " + _("Key for the reporter: %(key)s") % {"key": case.reporter.key.reveal()}
    messages.success(request, said)
