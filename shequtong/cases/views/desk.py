"""Case pages of the staff desk (工作台). A view loads, calls one use-case, and answers."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms.window import RevealForm
from shequtong.cases.lookups.own_intake import taken_in, with_header
from shequtong.cases.map_layers import case_layers, case_point
from shequtong.cases.models import Case
from shequtong.cases.next_move import waited_for
from shequtong.cases.routed_shown import why_told
from shequtong.cases.sheets import CaseSheet, case_sheet
from shequtong.cases.shown import (
    class_name,
    clock_explained,
    move_name,
    place_name,
    shown,
    stage_badge,
    teller_words,
)
from shequtong.cases.steps_shown import steps_told
from shequtong.cases.usecases.block_sender import senders_of
from shequtong.cases.usecases.reveal_contact import Contact, may_know, may_reveal, reveal_contact, show_contact_again
from shequtong.cases.views.between_stations import between_stations
from shequtong.cases.views.consent import may_remove_contact
from shequtong.cases.views.escalated import seen_from_afar
from shequtong.cases.views.hotline import order_facts
from shequtong.cases.views.next_one import next_offered
from shequtong.cases.views.offered import may_move, open_moves
from shequtong.cases.views.printing import just_taken_in
from shequtong.cases.views.side_matters import side_matters
from shequtong.cases.views.together import together
from shequtong.cases.views.told_alike import told_alike
from shequtong.cases.workflow import KEYS
from shequtong.core.clock import wording
from shequtong.core.places import place
from shequtong.core.sent_forms import looked_once

_SEE = (permissions.VIEW, permissions.VIEW_HEADER)


def case_or_404(request: ActorRequest, number: str, permission: str) -> Case:
    """The case within reach; absent and forbidden look the same. One statement."""
    case = Case.objects.numbered(number).within_post(request.actor, permission).select_related("reporter").first()
    if case is None:
        raise Http404
    return case


@require_GET
@for_staff(*_SEE)
def desk_detail(request: ActorRequest, number: str) -> HttpResponse:
    """One case as a readable sheet; only its header for who is no party to it or only took it in."""
    now = timezone.now()
    found = Case.objects.numbered(number).within_post(request.actor, permissions.VIEW).select_related("reporter").first()
    if found is None:
        return _header(request, number, now)
    sheet = case_sheet(found)
    side = side_matters(sheet.steps)
    context = {
        "shown": shown(found, now),
        "sheet": sheet,
        "kind": catalogue().classes[found.case_class_id],
        "kind_name": class_name(catalogue().classes[found.case_class_id]),
        "standard": catalogue().standards[found.standard_id],
        "limit_text": wording.limit_text(catalogue().standards[found.standard_id].limit),
        "steps": _steps(sheet, hidden=found.confidential),
        **between_stations(request, sheet, now),
        "moves": open_moves(request, found, now),
        "waited_for": waited_for(found),
        "keys": KEYS,
        "side": side,
        **told_alike(request.actor, found, now),
        "may_reply": bool(side.open_urgings) and may_move(request, found, "reply_urge"),
        "told": teller_words(found),
        "order": order_facts(found),
        "may_see_contact": may_reveal(found, request.actor),
        "may_block": bool(senders_of(found)) and request.actor.reach(permissions.BLOCK).of_post.covers(found.reach_facts()),
        "may_cure": not found.confidential and request.actor.reach(permissions.LEAD_ROOT).of_post.covers(found.reach_facts()),
        "may_remove_contact": may_remove_contact(found, request.actor),
        "place_name": place_name(found.place_path),
        "taken_in": just_taken_in(request, found),
        **next_offered(request, sheet),
        **together(found, request),
        **_map(found),
        **_clock(found, now),
    }
    return render(request, "cases/desk/detail.html", context)


def _header(request: ActorRequest, number: str, now: datetime) -> HttpResponse:
    """Class, stage, place and clock, for who is no party to it or only took it in."""
    found = with_header(Case.objects.numbered(number), request.actor).select_related("reporter").first()
    if found is None:
        raise Http404
    own = taken_in(Case.objects.filter(pk=found.pk), request.actor).exists()
    context = {"own_intake": own, "shown": shown(found, now), **_clock(found, now), **seen_from_afar(request, found)}
    return render(request, "cases/desk/header.html", context)


def _map(case: Case) -> dict[str, Any]:
    """The map of the case, which opens on a press; nothing where no point is known. No statement."""
    if case.lon is None or case.lat is None:
        return {}
    badge = stage_badge(case.stage)
    point = case_point(case.lon, case.lat, case.address or case.number, badge.shape, badge.tone)
    return {"map_layers": case_layers(case.place_path), "map_point": point}


def _clock(case: Case, now: datetime) -> dict[str, Any]:
    explanation = clock_explained(case, now)
    if explanation is None:
        return {"clock": None}
    zone = place(case.subdistrict_id).zone
    return {
        "clock": explanation,
        "clock_sentence": wording.sentence(explanation),
        "clock_lines": [wording.span_line(span, zone) for span in explanation.spans],
    }


def _told_by_residents() -> str:
    return pgettext("case move", "Reported")  # 受理 is the office's word


def _steps(sheet: CaseSheet, *, hidden: bool) -> list[dict[str, Any]]:
    """`hidden`: no page tells who told it, so the reporter's own steps name nobody."""
    teller, told = sheet.case.reporter_account_id, steps_told(sheet.steps, hidden=hidden)
    return [
        {
            "step": step,
            "name": _told_by_residents() if step.move == "intake" and not step.post else move_name(step.move),
            "actor": "" if hidden and teller is not None and step.account_id == teller and not step.post else step.actor,
            "look": stage_badge(step.to_stage),
            "told": lines,
            "why": why_told(step),
            "note": step.note,
            "photos": sheet.photos.get(step.pk, []),
        }
        for step, lines in reversed(list(zip(sheet.steps, told, strict=True)))
    ]


@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW_CONTACT)
def desk_contact(request: ActorRequest, number: str) -> HttpResponse:
    """Show the reporter's name and phone once, after a reason; the page is not kept by the browser."""
    case = case_or_404(request, number, permissions.VIEW_CONTACT)
    if not may_know(case, request.actor):
        raise Http404
    form, contact = RevealForm(request.POST or None), None

    def look(again: bool) -> Contact:
        told: dict[str, Any] = {"number": number, "by": request.actor, "now": timezone.now()}
        return show_contact_again(**told) if again else reveal_contact(**told, reason=form.cleaned_data["reason"])

    if form.is_valid():
        contact, refused = looked_once(request, look, place=case.subdistrict_id)
        if refused:
            form.add_error(None, refused)
    context = {"case": case, "form": form, "contact": contact, "back": reverse("cases:desk-detail", args=[number])}
    status = 422 if form.is_bound and contact is None else 200
    response = render(request, "cases/desk/contact.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
