"""Consent withdrawn (撤回同意): name and telephone go, by the reporter on their own page, or at the desk at their wish."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms.reporters import ConsentForm
from shequtong.cases.models import Case, Reporter
from shequtong.cases.shown import class_name, shown
from shequtong.cases.usecases import withdraw_consent as withdrawing
from shequtong.cases.usecases.reveal_contact import may_know
from shequtong.cases.usecases.withdraw_consent import AtDesk, is_theirs, joined_by, tellers
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw_consent(request: ActorRequest, number: str) -> HttpResponse:
    """GET says what it means and asks, POST does it once. For everybody but the reporter, and who joined signed in, there is nothing here."""
    case = Case.objects.numbered(number).select_related("reporter").first()
    own = case is not None and is_theirs(case, request.actor)
    reporter = _whose(case, request.actor) if case is not None else None
    if case is None or reporter is None:
        raise Http404
    back, refused = reverse("cases:public", args=[case.number]), ""
    if request.method == "POST":
        try:
            answer = once(request, lambda: _withdraw(request.actor, case, back), place=case.subdistrict_id, answer=back)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Your name and telephone have been removed from this matter."))
            return answer
    context = {
        "case": case,
        "kind_name": class_name(catalogue().classes[case.case_class_id]),
        "reporter": reporter,
        "joined": not own,
        "signed_in": request.actor.account_id is not None and request.actor.account_id == case.reporter_account_id,
        "refused": refused,
        "back": back,
    }
    return render(request, "cases/resident/withdraw_consent.html", context, status=422 if refused else 200)


def _whose(case: Case, actor: Actor) -> Reporter | None:
    first: Reporter | None = case.reporter if is_theirs(case, actor) else None
    joined = joined_by(case, actor) if first is None else None
    further: Reporter | None = joined.reporter if joined else None
    return first or further


def _withdraw(actor: Actor, case: Case, back: str, at_desk: AtDesk | None = None) -> str:
    withdrawing(number=case.number, by=actor, now=timezone.now(), at_desk=at_desk)
    return back


@never_cache
@require_http_methods(["GET", "POST"])
@for_staff(permissions.WITHDRAW_CONSENT)
def desk_withdraw_consent(request: ActorRequest, number: str) -> HttpResponse:
    """Whose contact goes, masked, and how they asked; the reason is logged."""
    found = Case.objects.numbered(number).within_post(request.actor, permissions.WITHDRAW_CONSENT).select_related("reporter")
    case = found.first()
    if case is None or not may_know(case, request.actor):
        raise Http404
    back, choices = reverse("cases:desk-detail", args=[number]), _choices(case)
    form = ConsentForm(request.POST or None, choices=choices)
    if form.is_valid():
        told = AtDesk(form.cleaned_data["reporter"], form.cleaned_data["reason"])
        try:
            answer = once(request, lambda: _withdraw(request.actor, case, back, told), place=case.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Name and telephone have been removed."))
            return answer
    context: dict[str, Any] = {"case": case, "shown": shown(case, timezone.now()), "form": form, "back": back}
    return render(
        request,
        "cases/desk/withdraw_consent.html",
        context | {"nobody": not choices},
        status=422 if form.is_bound else 200,
    )


def may_remove_contact(case: Case, actor: Actor) -> bool:
    """Whether there is a contact to remove, and this reader may at the wish of who left it. The case has its reporter loaded; no statement."""
    kept = bool(case.joined_count) or (case.reporter is not None and case.reporter.has_contact)
    reach = actor.reach(permissions.WITHDRAW_CONSENT).of_post
    return kept and reach.covers(case.reach_facts()) and may_know(case, actor)


def _choices(case: Case) -> list[tuple[int, str]]:
    """The reporters of the case whose contact is kept, as masked as everywhere."""
    found = []
    for one in tellers(case):
        words = " ".join(str(part) for part in (one.name, one.phone) if part)
        found.append((one.pk, words if one.pk == case.reporter_id else _("%(who)s (joined)") % {"who": words}))
    return found
