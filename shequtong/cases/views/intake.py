"""Intake at the desk (窗口受理、电话受理): staff take down what somebody tells them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.forms.window import WindowForm
from shequtong.cases.nearby import near_spot
from shequtong.cases.notice import NOTICE_VERSION
from shequtong.cases.places import Spot
from shequtong.cases.shown import place_name, shown
from shequtong.cases.suggested import suggest
from shequtong.cases.usecases import NewCase, NewReporter, open_case
from shequtong.cases.usecases.open_case import reserve_serial
from shequtong.cases.views.desk_where import DeskWhere, desk_where
from shequtong.cases.views.photos import Taken, shown_again, take_photos
from shequtong.cases.views.printing import taken_in_address
from shequtong.cases.views.suggesting import suggestion
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once


@require_http_methods(["GET", "POST"])
@for_staff(permissions.INTAKE)
def desk_intake(request: ActorRequest) -> HttpResponse:
    """First the place (in the address of the page), then one form; a repeat gets the first case."""
    where = desk_where(request, permissions.INTAKE)
    form = WindowForm(request.POST or None, request.FILES or None, channel=_usual_channel(request))
    asked = form.is_bound and where.chosen is not None and not where.outside
    taken = take_photos(request, form, where.chosen.subdistrict) if asked and where.chosen else Taken()
    takes = request.POST.get("take")  # a suggestion, pressed where there is no script
    if takes:
        form = WindowForm(initial={**request.POST.dict(), "cls": takes}, channel=_usual_channel(request))
    elif asked and where.chosen is not None and form.is_valid():
        home = where.chosen.subdistrict
        serial, number = reserve_serial(home, now=timezone.now())
        sheet = taken_in_address(request, number)  # known before, so that it is stored with the key

        def perform() -> str:
            _open(request, form.cleaned_data, where, taken, serial)
            return sheet

        try:
            return once(request, perform, place=home, answer=sheet)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    led = where.led() if request.method == "GET" else None
    if led is not None:
        return led
    context: dict[str, Any] = {
        "form": form,
        "near_by": _near_by(request, where.spot) if where.spot and not where.outside else [],
        "handled_there": where.spot is not None and not where.covers(permissions.VIEW),
        **where.shown(),
        **shown_again(taken),
        **suggestion(suggest(str(form["text"].value() or "")), path=where.spot.path if where.spot else ""),
    }
    return render(request, "cases/desk/intake.html", context, status=422 if form.is_bound else 200)


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


def _open(request: ActorRequest, data: dict[str, Any], where: DeskWhere, taken: Taken, serial: int) -> None:
    told = bool(data["name"] or data["phone"])
    reporter = NewReporter(data["name"], data["phone"], consent="spoken" if told else "", notice_version=NOTICE_VERSION)
    case = open_case(
        new=NewCase(
            class_code=data["cls"],
            text=data["text"],
            channel=data["channel"],
            **where.named,
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
    if not where.covers(permissions.VIEW):
        said += " " + _("It lies in %(place)s, where the office goes on with it.") % {"place": place_name(case.place_path)}
    messages.success(request, said)
