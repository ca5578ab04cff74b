"""Changing stations and seats (派驻单位调整): add, change, end a station; give and take a seat. Each goes through one use-case."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.posts import people_of_station
from shequtong.access.request import ActorRequest
from shequtong.cases.counting import IN_STAGE
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.refusals import Refusal
from shequtong.core.sent_forms import done_once
from shequtong.core.submissions import once
from shequtong.figures.read import total
from shequtong.organizations import permissions
from shequtong.organizations.models import Agency
from shequtong.organizations.stations import OfficeRef, StationRef, directory, stations_of_subdistrict
from shequtong.organizations.usecases.add_station import add_station
from shequtong.organizations.usecases.change_station import change_station
from shequtong.organizations.usecases.end_station import end_station
from shequtong.organizations.usecases.give_seat import give_seat
from shequtong.organizations.usecases.take_seat import take_seat
from shequtong.pages.views.station_forms import AddForm, ChangeForm, EndStationForm, SeatForm
from shequtong.pages.views.stations import office_or_404, office_shown, shown, station_or_404, streets_within
from shequtong.territory.models import Unit
from shequtong.territory.units import under

_SERVED = (Unit.Kind.SUBDISTRICT, Unit.Kind.PRECINCT, Unit.Kind.COMMUNITY)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_STATIONS)
def station_new(request: ActorRequest) -> HttpResponse:
    """A new station of the street the address names."""
    streets = streets_within(request, permissions.MANAGE_STATIONS)
    street = next(
        (one for one in streets if one.code == request.GET.get("street", "")), streets[0] if len(streets) == 1 else None
    )
    if street is None:
        raise Http404
    agencies = list(Agency.objects.order_by("code"))
    form = AddForm(
        request.POST or None, places=under(street.path, *_SERVED), agencies=agencies, initial={"code": f"{street.code}-"}
    )
    if form.is_valid():
        told = form.cleaned_data

        def perform() -> str:
            ids = {"agency_id": told["agency"], "unit_id": told["unit"]}
            words = {name: told[name] for name in ("code", "name", "name_en", "office_phone")}
            made = add_station(**ids, **words, by=request.actor, now=timezone.now())
            return reverse("pages:station", args=[made.pk])

        if answer := done_once(request, form, perform, _("The station is added.")):
            return answer
    context = {"form": form, "street": street, "back": f"{reverse('pages:stations')}?street={street.code}"}
    return render(request, "pages/desk/station_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_STATIONS)
def station_change(request: ActorRequest, station_id: int) -> HttpResponse:
    """Name, telephone, and what it serves."""
    one, back = _standing(request, station_id), reverse("pages:station", args=[station_id])
    initial = {"name": one.name, "name_en": one.name_en, "unit": one.unit_id, "office_phone": one.office_phone}
    street = next(found for found in under("", Unit.Kind.SUBDISTRICT) if found.subdistrict == one.subdistrict)
    form = ChangeForm(request.POST or None, places=under(street.path, *_SERVED), initial=initial)
    if form.is_valid():
        told = form.cleaned_data

        def perform() -> str:
            words = {name: told[name] for name in ("name", "name_en", "office_phone")}
            change_station(station_id=station_id, unit_id=told["unit"], **words, by=request.actor, now=timezone.now())
            return back

        if answer := done_once(request, form, perform, _("The station is changed.")):
            return answer
    context = {"form": form, "one": shown(request, one, 0), "back": back}
    return render(request, "pages/desk/station_change.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_STATIONS)
def station_end(request: ActorRequest, station_id: int) -> HttpResponse:
    """Nothing new comes to it; what it still has, and who works there, is said first."""
    one, back, form = (
        station_or_404(request, station_id, permissions.MANAGE_STATIONS),
        reverse("pages:station", args=[station_id]),
        None,
    )
    if one.ended and request.method == "GET":
        raise Http404
    form = EndStationForm(request.POST or None)
    if form.is_valid():

        def perform() -> str:
            end_station(station_id=station_id, reason=form.cleaned_data["reason"], by=request.actor, now=timezone.now())
            return back

        if answer := done_once(request, form, perform, _("The station has ended.")):
            return answer
    context = {
        "form": form,
        "one": shown(request, one, total(one.subdistrict, IN_STAGE, station=one.id, stage=OPEN_STAGES)),
        "people": list(people_of_station(one.id, timezone.localdate()).values()),
        "led": [office_shown(office) for office in directory().offices.values() if office.lead == one.id],
        "sits": [
            office_shown(office) for office in directory().offices.values() if one.id in office.seats and office.lead != one.id
        ],
        "back": back,
    }
    return render(request, "pages/desk/station_end.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW_STATIONS)
def office(request: ActorRequest, office_id: int) -> HttpResponse:
    """The table of a precinct office; who manages stations gives a seat there."""
    permission = permissions.MANAGE_STATIONS if request.method == "POST" else permissions.VIEW_STATIONS
    one, back = office_or_404(request, office_id, permission), reverse("pages:office", args=[office_id])
    manages = request.actor.reach(permissions.MANAGE_STATIONS)
    near = _near(one)
    free = [found for found in near if found.id not in one.seats]
    # Who has a seat is no choice, but taken when posted: the second press of the same form gives it once.
    form = (
        SeatForm(request.POST or None, stations=near if request.method == "POST" else free)
        if manages.everything or manages.grants
        else None
    )
    if form is not None and form.is_valid():

        def perform() -> str:
            give_seat(office_id=office_id, station_id=form.cleaned_data["station"], by=request.actor, now=timezone.now())
            return back

        if answer := done_once(request, form, perform, _("The seat is given."), answer=back):
            return answer
    context = {"one": office_shown(one), "form": form, "free": free, "back": reverse("pages:stations")}
    return render(request, "pages/desk/office.html", context, status=422 if form is not None and form.is_bound else 200)


@require_POST
@for_staff(permissions.MANAGE_STATIONS)
def seat_take(request: ActorRequest, office_id: int, station_id: int) -> HttpResponse:
    """Take a seat."""
    office_or_404(request, office_id, permissions.MANAGE_STATIONS)
    back = reverse("pages:office", args=[office_id])

    def perform() -> str:
        take_seat(office_id=office_id, station_id=station_id, by=request.actor, now=timezone.now())
        return back

    try:
        return once(request, perform, answer=back)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(back)


def _near(one: OfficeRef) -> list[StationRef]:
    """Stations that serve the precinct: their unit lies above, in, or at it."""
    of_street = stations_of_subdistrict(directory().by_id[one.lead].subdistrict)
    return [found for found in of_street if found.path.startswith(one.path) or one.path.startswith(found.path)]


def _standing(request: ActorRequest, station_id: int) -> StationRef:
    found = station_or_404(request, station_id, permissions.MANAGE_STATIONS)
    if found.ended:
        raise Http404
    return found
