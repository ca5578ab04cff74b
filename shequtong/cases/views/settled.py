"""Settled on the spot (自行处置): a walk finds something, settles it, and reports both in one form; somebody else reviews it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.forms.window import SettledForm
from shequtong.cases.places import find_spot
from shequtong.cases.shown import place_name
from shequtong.cases.usecases import NewCase, self_handle
from shequtong.cases.usecases.open_case import reserve_serial
from shequtong.cases.views.intake import chosen_building
from shequtong.cases.views.photos import Taken, shown_again, take_more, take_photos
from shequtong.core.locality import part_of
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.territory.address import search_buildings


@require_http_methods(["GET", "POST"])
@for_staff(permissions.SELF_HANDLE)
def desk_self_handle(request: ActorRequest) -> HttpResponse:
    """First the place, then one form with photos before and after; a repeat gets the first case."""
    q, building = request.GET.get("q", "").strip()[:60], chosen_building(request)
    form = SettledForm(request.POST or None, request.FILES or None)
    before = after = Taken()
    if form.is_bound and building is not None:
        before = take_photos(request, form, part_of(building))
        after = take_more(request, form, "after", part_of(building))
    if building is not None and form.is_bound and form.is_valid():
        serial, number = reserve_serial(part_of(building), now=timezone.now())
        sheet = reverse("cases:desk-detail", args=[number])

        def perform() -> str:
            self_handle(new=_told(form.cleaned_data, building, before, after, serial), **_done(request, form, after))
            return sheet

        try:
            answer = once(request, perform, place=part_of(building), answer=sheet)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Reported: %(number)s. Somebody else reviews it.") % {"number": number})
            return answer
    if form.is_bound and after.ids:
        form.add_error("after", _("Please choose the photos after once more."))
    return _page(request, form, q, building, before)


def _told(data: dict[str, Any], building: int, before: Taken, after: Taken, serial: int) -> NewCase:
    return NewCase(
        class_code=data["cls"],
        text=data["text"],
        channel="staff",
        building_id=building,
        photos=before.ids,
        claim=before.claim,
        after_claim=after.claim,
        serial=serial,
    )


def _done(request: ActorRequest, form: SettledForm, after: Taken) -> dict[str, Any]:
    return {"done": form.cleaned_data["done"], "after": after.ids, "by": request.actor, "now": timezone.now()}


def _page(request: ActorRequest, form: SettledForm, q: str, building: int | None, before: Taken) -> HttpResponse:
    spot = find_spot(building, None, "", "") if building is not None else None
    reach = request.actor.reach(permissions.SELF_HANDLE)
    context = {
        "form": form,
        "q": q,
        "spot": spot,
        "spot_name": place_name(spot.path) if spot else "",
        "matches": search_buildings(q, reach.subdistricts, limit=10) if q and spot is None else [],
        **shown_again(before),
    }
    return render(request, "cases/desk/settled.html", context, status=422 if request.method == "POST" else 200)
