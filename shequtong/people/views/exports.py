"""Exports of the list of persons (名单导出): asked with columns and reason, decided by a second person, made once."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.people import codes, permissions, usecases
from shequtong.people.exports import USUAL, columns_of, labels_of
from shequtong.people.facts import MARKS
from shequtong.people.lookups.listed import Wanted, capped
from shequtong.people.models import ExportRequest
from shequtong.people.resident_forms import DecideForm, ExportForm
from shequtong.people.usecases._exports import ALONE
from shequtong.people.views.persons import asked
from shequtong.territory.shown import unit_name
from shequtong.territory.units import at_path

State = ExportRequest.State
_LIST, _COUNTED = 100, 100_001


@require_GET
@for_staff(permissions.EXPORT, permissions.APPROVE_EXPORT)
def desk_exports(request: ActorRequest) -> HttpResponse:
    """One's own, and what waits for a second person within reach. One statement beside the session."""
    now = timezone.now()
    rows = list(_within(request).defer("listed").order_by("-asked_at", "-id")[:_LIST])
    context = {"rows": [{"one": one, **_stands(one, now, request)} for one in rows], "back": reverse("people:desk-persons")}
    return render(request, "people/desk/exports.html", context)


def _within(request: ActorRequest) -> Any:
    actor, own = request.actor, Q(account_id=request.actor.account_id)
    approves, exports = actor.reach(permissions.APPROVE_EXPORT).of_post, actor.reach(permissions.EXPORT).of_post
    places = tuple(sorted({*approves.subdistricts, *exports.subdistricts}))
    mine = ExportRequest.objects.within(*places).within_reach(actor, permissions.EXPORT).filter(own)
    return mine | ExportRequest.objects.within(*places).within_reach(actor, permissions.APPROVE_EXPORT)


def _stands(one: ExportRequest, now: Any, request: ActorRequest) -> dict[str, Any]:
    own = one.account_id == request.actor.account_id
    late = one.is_late(now)
    covered = request.actor.reach(permissions.APPROVE_EXPORT).of_post.covers(one.reach_facts())
    return {
        "state": pgettext("export", "Its day is over") if late else one.get_state_display(),
        "tone": "quiet" if late or one.state == State.USED else {"waiting": "warn", "approved": "good"}.get(one.state, "bad"),
        "decides": one.state == State.WAITING and not late and not own and covered,
        "makes": one.state == State.APPROVED and not late and own,
    }


@require_http_methods(["GET", "POST"])
@for_staff(permissions.EXPORT)
def desk_export_new(request: ActorRequest) -> HttpResponse:
    """Columns, masked or in clear, and why; for the filter of the list it was pressed on. One statement beside the session, and the deed's."""
    wanted = asked(request)
    count = capped(request.actor, wanted, _COUNTED)
    reveals = bool(request.actor.reach(permissions.REVEAL).of_post.grants)
    known = columns_of(wanted.marks)
    form = ExportForm(request.POST or None, columns=known, reveals=reveals, initial={"columns": list(USUAL)})
    # The second person reads it: "all within reach" would be theirs.
    grants = request.actor.reach(permissions.EXPORT).grants
    filters = in_words(replace(wanted, path=wanted.path or grants[0].path) if grants else wanted)
    if form.is_valid():
        told, now = form.cleaned_data, timezone.now()
        chosen = [name for name in known if name in told["columns"]]
        new = usecases.NewExport(wanted, chosen, filters, told["reason"], bool(told.get("in_clear")))

        def perform() -> str:
            made = usecases.ask_export(new=new, by=request.actor, now=now)
            if made.state == State.APPROVED:
                return f"{usecases.make_export(export_id=made.pk, by=request.actor, now=now).url}?fetch"
            return reverse("people:desk-export", args=[made.pk])

        try:
            return once(request, perform, place=request.actor.home)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    back = f"{reverse('people:desk-persons')}?{urlencode([(k, v) for k, vs in request.GET.lists() for v in vs])}"
    context = {"form": form, "count": count, "filters": filters, "alone": ALONE, "second": count > ALONE, "back": back}
    return render(request, "people/desk/export_new.html", context, status=422 if form.is_bound else 200)


def in_words(wanted: Wanted) -> str:
    """The filter for who decides and who reads the table a year later."""
    unit = at_path(wanted.path) if wanted.path else None
    parts = [unit_name(unit)] if unit else []
    labels = dict(MARKS)
    parts += [str(labels[mark]) for mark in wanted.marks]
    if wanted.born_before:
        parts.append(_("born on or before %(day)s") % {"day": wanted.born_before})
    if wanted.born_after:
        parts.append(_("born on or after %(day)s") % {"day": wanted.born_after})
    if wanted.population:
        parts.append(codes.word("population", wanted.population))
    return pgettext("between names", ", ").join(parts) or _("All within reach")


def _export_or_404(request: ActorRequest, export_id: int) -> ExportRequest:
    found: ExportRequest | None = _within(request).filter(pk=export_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@for_staff(permissions.EXPORT, permissions.APPROVE_EXPORT)
def desk_export(request: ActorRequest, export_id: int) -> HttpResponse:
    """One export: who, why, what; decided here by the second person. Two statements beside the session."""
    one, now, back = _export_or_404(request, export_id), timezone.now(), reverse("people:desk-exports")
    form = DecideForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data

        def perform() -> str:
            usecases.decide_export(
                export_id=one.pk, approve=told["done"] == "yes", words=told["words"], by=request.actor, now=timezone.now()
            )
            return back

        try:
            answer = once(request, perform, place=one.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The decision is on record, and who asked is told."))
            return answer
    columns = labels_of(one.columns)
    context = {"one": one, "form": form, "columns": columns, "back": back, **_stands(one, now, request)}
    return render(request, "people/desk/export.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_staff(permissions.EXPORT)
def desk_export_make(request: ActorRequest, export_id: int) -> HttpResponse:
    """What was approved becomes a task, once."""
    one = _export_or_404(request, export_id)

    def perform() -> str:
        return f"{usecases.make_export(export_id=one.pk, by=request.actor, now=timezone.now()).url}?fetch"

    try:
        return once(request, perform, place=one.subdistrict_id)
    except Refusal as refusal:
        columns = labels_of(one.columns)
        context = {"one": one, "form": DecideForm(), "columns": columns, "refused": str(refusal)}
        context |= {"back": reverse("people:desk-exports"), **_stands(one, timezone.now(), request), "makes": False}
        return render(request, "people/desk/export.html", context, status=422)
