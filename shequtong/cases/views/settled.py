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
from shequtong.cases.usecases import NewCase, self_handle
from shequtong.cases.usecases.open_case import reserve_serial
from shequtong.cases.views.desk_where import DeskWhere, desk_where
from shequtong.cases.views.photos import Taken, shown_again, take_more, take_photos
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once


@require_http_methods(["GET", "POST"])
@for_staff(permissions.SELF_HANDLE)
def desk_self_handle(request: ActorRequest) -> HttpResponse:
    """First the place, then one form with photos before and after; a repeat gets the first case."""
    where = desk_where(request, permissions.SELF_HANDLE)
    form = SettledForm(request.POST or None, request.FILES or None)
    before = after = Taken()
    asked = form.is_bound and where.chosen is not None and not where.outside
    if asked and where.chosen is not None:
        before = take_photos(request, form, where.chosen.subdistrict)
        after = take_more(request, form, "after", where.chosen.subdistrict)
    if asked and where.chosen is not None and form.is_valid():
        home = where.chosen.subdistrict
        serial, number = reserve_serial(home, now=timezone.now())
        sheet = reverse("cases:desk-detail", args=[number])

        def perform() -> str:
            self_handle(new=_told(form.cleaned_data, where, before, after, serial), **_done(request, form, after))
            return sheet

        try:
            answer = once(request, perform, place=home, answer=sheet)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Reported: %(number)s. Somebody else reviews it.") % {"number": number})
            return answer
    if form.is_bound and after.ids:
        form.add_error("after", _("Please choose the photos after once more."))
    led = where.led() if request.method == "GET" else None
    return led or _page(request, form, where, before)


def _told(data: dict[str, Any], where: DeskWhere, before: Taken, after: Taken, serial: int) -> NewCase:
    return NewCase(
        class_code=data["cls"],
        text=data["text"],
        channel="staff",
        **where.named,
        photos=before.ids,
        claim=before.claim,
        after_claim=after.claim,
        serial=serial,
    )


def _done(request: ActorRequest, form: SettledForm, after: Taken) -> dict[str, Any]:
    return {"done": form.cleaned_data["done"], "after": after.ids, "by": request.actor, "now": timezone.now()}


def _page(request: ActorRequest, form: SettledForm, where: DeskWhere, before: Taken) -> HttpResponse:
    may = where.outside and where.chosen is not None and where.covers(permissions.INTAKE)
    context = {
        "form": form,
        "take_in": f"{reverse('cases:desk-intake')}?{where.chosen.query}" if may and where.chosen else "",
        **where.shown(),
        **shown_again(before),
    }
    return render(request, "cases/desk/settled.html", context, status=422 if request.method == "POST" else 200)
