"""Blocked senders (限制上报): decided on a report, listed with reason and end, lifted before it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions, usecases
from shequtong.cases.blocks import last_day
from shequtong.cases.forms.screening import BlockForm, LiftForm
from shequtong.cases.models import Blocked, Case
from shequtong.cases.shown import shown
from shequtong.cases.usecases.block_sender import senders_of
from shequtong.core.places import place
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.figures.write import day_of

KIND_NAMES = {
    Blocked.Kind.PHONE: gettext_lazy("Telephone"),
    Blocked.Kind.ACCOUNT: gettext_lazy("Account"),
    Blocked.Kind.ADDRESS: gettext_lazy("Network address"),
}
_OVER = 50  # of those that are over, the latest


@require_http_methods(["GET", "POST"])
@for_staff(permissions.BLOCK)
def desk_block(request: ActorRequest, number: str) -> HttpResponse:
    """Block who sent a report, with reason and end; the sender is told."""
    now, back = timezone.now(), reverse("cases:desk-detail", args=[number])
    found = Case.objects.numbered(number).within_post(request.actor, permissions.BLOCK)
    case = found.select_related("reporter").first()
    if case is None or not senders_of(case):
        raise Http404
    form = BlockForm(request.POST or None, kinds=_choices(case), today=day_of(case.subdistrict_id, now))
    if form.is_valid():
        told = form.cleaned_data

        def perform() -> str:
            usecases.block_sender(number=number, **told, by=request.actor, now=now)
            return back

        try:
            answer = once(request, perform, place=case.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The sender is limited until %(date)s and was told why.") % {"date": told["until"]})
            return answer
    context = {"case": case, "shown": shown(case, now), "form": form, "back": back}
    return render(request, "cases/desk/block.html", context, status=422 if form.is_bound else 200)


def _choices(case: Case) -> list[tuple[Blocked.Kind, str]]:
    """What the sender is known by, masked."""
    teller = case.reporter
    assert teller is not None  # `senders_of` found one
    hints = {
        Blocked.Kind.PHONE: str(teller.phone),
        Blocked.Kind.ACCOUNT: str(teller.name),
        Blocked.Kind.ADDRESS: _("the one it was sent from; neighbours may share it"),
    }
    return [(kind, f"{KIND_NAMES[kind]} {hints[kind]}".strip()) for kind in senders_of(case)]


@require_GET
@for_staff(permissions.BLOCK)
def desk_blocked(request: ActorRequest) -> HttpResponse:
    """Who is limited in the subdistrict, the one that ends first on top; then those that are over. Two statements."""
    now = timezone.now()
    rows = Blocked.objects.filter(subdistrict=request.actor.home).select_related("case")
    in_force = rows.filter(lifted_at=None, until__gt=now).order_by("until", "id")
    over = rows.exclude(lifted_at=None, until__gt=now).order_by("-until", "-id")[:_OVER]
    context = {"rows": [_shown(row) for row in in_force], "over": [_shown(row) for row in over]}
    return render(request, "cases/desk/blocked.html", context)


def _shown(row: Blocked) -> dict[str, Any]:
    """With the last day on which it holds."""
    return {
        "row": row,
        "kind": KIND_NAMES[Blocked.Kind(row.kind)],
        "last_day": last_day(row.until, place(row.subdistrict_id).zone),
    }


@require_http_methods(["GET", "POST"])
@for_staff(permissions.BLOCK)
def desk_blocked_lift(request: ActorRequest, block_id: int) -> HttpResponse:
    """Lift it before its end, with a reason."""
    now, back = timezone.now(), reverse("cases:desk-blocked")
    form = LiftForm(request.POST or None)
    if form.is_valid():

        def perform() -> str:
            usecases.lift_block(block_id=block_id, why=form.cleaned_data["why"], by=request.actor, now=now)
            return back

        try:
            answer = once(request, perform, place=request.actor.home, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The limit is lifted; reports of this sender go the usual way again."))
            return answer
    mine = Blocked.objects.filter(subdistrict=request.actor.home, lifted_at=None, until__gt=now).select_related("case")
    row = get_object_or_404(mine, pk=block_id)
    context = {**_shown(row), "form": form, "back": back}
    return render(request, "cases/desk/lift.html", context, status=422 if form.is_bound else 200)
