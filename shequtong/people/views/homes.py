"""Pages that write of a home (房屋核实): how it is lived in, confirmed; what it is."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.people import permissions, usecases
from shequtong.people.forms import ConfirmHomeForm, DescribeHomeForm
from shequtong.people.gate import room_or_404
from shequtong.people.models import Home
from shequtong.people.shown import room_text
from shequtong.territory.models import Room

_DM2 = 100  # in a square metre


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_confirm_home(request: ActorRequest, room_id: int) -> HttpResponse:
    """Somebody has seen how a home is lived in; who lives there is confirmed with it."""
    room = room_or_404(request, room_id, permissions.RECORD)
    back, home = reverse("pages:registry-door", args=[room.pk]), _home(room)
    form = ConfirmHomeForm(request.POST or None, initial={"state": home.state if home else Home.State.OWNED})
    if form.is_valid():
        told = form.cleaned_data

        def perform() -> str:
            usecases.confirm_home(
                room_id=room.pk, state=told["state"], source=told["source"], by=request.actor, now=timezone.now()
            )
            return back

        answer = once(request, perform, place=room.subdistrict_id, answer=back)
        messages.success(request, _("The home is confirmed."))
        return answer
    context = {"form": form, "back": back, "home": room_text(room), "title": _("Confirm this home")}
    return render(request, "people/desk/home.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_describe_home(request: ActorRequest, room_id: int) -> HttpResponse:
    """What a home is: its use, its area, let by beds, public."""
    room = room_or_404(request, room_id, permissions.RECORD)
    back, home = reverse("pages:registry-door", args=[room.pk]), _home(room)
    held = {}
    if home is not None:
        area = Decimal(home.area) / _DM2 if home.area is not None else None
        held = {"use": home.use, "area": area, "shared": home.shared, "public": home.public, "version": home.version}
    form = DescribeHomeForm(request.POST or None, initial=held)
    if form.is_valid():

        def perform() -> str:
            version = form.cleaned_data["version"]
            usecases.describe_home(room_id=room.pk, facts=form.facts, version=version, by=request.actor, now=timezone.now())
            return back

        try:
            answer = once(request, perform, place=room.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The change is on record."))
            return answer
    context = {"form": form, "back": back, "home": room_text(room), "title": _("About this home")}
    return render(request, "people/desk/home.html", context, status=422 if form.is_bound else 200)


def _home(room: Room) -> Home | None:
    return Home.objects.within(room.subdistrict_id).filter(room=room).first()
