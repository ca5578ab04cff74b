"""Many cases at once (批量签收、批量派遣): ticked in the queue, looked at before it is done, told row by row afterwards."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions, usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.forms.bulk import BulkForm
from shequtong.cases.models import Bulk, Case
from shequtong.cases.shown import move_name, shown, station_name
from shequtong.cases.usecases.ask_bulk import MOST, VERBS, Line
from shequtong.cases.usecases.turns import is_late, standing
from shequtong.cases.views.moves.dispatching import grouped_stations, suggested_station
from shequtong.cases.workflow import KEYS, MOVES, why_closed
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.organizations.stations import StationRef, directory


def bulk_offered(actor: Actor, cases: list[Case], now: datetime) -> dict[str, Any]:
    """For the queue: which rows have a box, and what can be done to the ticked ones. No statement."""
    open_to = {verb: _open_to(actor, verb, cases, now) for verb in VERBS if actor.may(_right(verb))}
    names = {
        "accept": pgettext("bulk move", "Accept the ticked cases"),
        "dispatch": pgettext("bulk move", "Dispatch the ticked cases"),
        "close": pgettext("bulk move", "Close the ticked cases"),
        "urge": pgettext("bulk move", "Urge the ticked overdue cases"),
    }
    verbs = [
        {"url": reverse(f"cases:desk-bulk-{verb}"), "label": names[verb], "key": KEYS[verb]}
        for verb, numbers in open_to.items()
        if numbers
    ]
    return {"pick": set().union(*open_to.values()), "verbs": verbs}


def _open_to(actor: Actor, verb: str, cases: list[Case], now: datetime) -> set[str]:
    """Numbers of those the move can be made on. Of most the stage says already that it cannot, without words."""
    sources = MOVES[verb].sources
    return {case.number for case in cases if case.stage in sources and not _why_not(actor, verb, case, now)}


def _right(verb: str) -> str:
    return MOVES[verb].permission


def _why_not(actor: Actor, verb: str, case: Case, now: datetime) -> str:
    """Why the move cannot be made, in words; "" where it can. The same rule as the move itself asks, and no statement."""
    if not actor.reach(_right(verb)).of_post.covers(case.reach_facts()):
        return _("No such case within your reach.")
    if verb in flow_of(case.subdistrict_id).off:
        return _("This step is not used in this subdistrict.")
    if verb == "urge" and not is_late(case, now):
        return _("It is not overdue.")
    return str(why_closed(MOVES[verb], standing(case, now)))


@require_http_methods(["GET", "POST"])
@for_staff(*(MOVES[verb].permission for verb in VERBS))
def desk_bulk(request: ActorRequest, verb: str) -> HttpResponse:
    """What would be done to the ticked cases, and what the move asks for; POST does it, each case for itself. Three statements to look."""
    if not request.actor.may(_right(verb)):
        raise Http404
    told = request.POST if request.method == "POST" else request.GET
    form, numbers = BulkForm(request.POST or None, verb=verb), list(dict.fromkeys(told.getlist("case")))
    if form.is_bound and form.is_valid():
        lines = [Line(number, form.whole(f"to-{number}"), form.whole(f"seen-{number}")) for number in numbers]
        note, back = form.cleaned_data.get("note", ""), _filters(told.get("back", ""))

        def ask() -> str:
            asked = usecases.ask_bulk(verb=verb, lines=lines, note=note, back=back, by=request.actor, now=timezone.now())
            return reverse("cases:desk-bulk-done", args=[asked.pk])

        try:
            answer = once(request, ask, place=request.actor.home)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            usecases.work_bulk(bulk_id=int(answer["Location"].split("/")[-2]), by=request.actor, now=timezone.now())
            return answer
    if not numbers:
        messages.warning(request, _("No case is ticked. Tick cases in the list, then choose what to do."))
        return redirect(_queue(told.get("back", "")))
    return _look(request, verb, form, numbers)


def _look(request: ActorRequest, verb: str, form: BulkForm, numbers: list[str]) -> HttpResponse:
    now = timezone.now()
    found = _cases(request.actor, numbers)
    rows = [_row(request, verb, number, found.get(number), form, now) for number in numbers[:MOST]]
    context = {
        "form": form,
        "verb": verb,
        "verb_name": move_name(verb),
        "rows": rows,
        "open": sum(not row["why"] for row in rows),
        "left_out": len(numbers) - len(rows),
        "most": MOST,
        "back": _queue(request.POST.get("back") or request.GET.get("back", "")),
        "filters": _filters(request.POST.get("back") or request.GET.get("back", "")),
    }
    return render(request, "cases/desk/bulk.html", context, status=422 if form.is_bound else 200)


def _cases(actor: Actor, numbers: list[str]) -> dict[str, Case]:
    """The cases the post may see in full, by number. One statement."""
    found = Case.objects.all_numbered(numbers[:MOST], actor.home).within_post(actor, permissions.VIEW).defer("text")
    return {case.number: case for case in found}


def _row(request: ActorRequest, verb: str, number: str, case: Case | None, form: BulkForm, now: datetime) -> dict[str, Any]:
    if case is None:
        return {"number": number[:40], "why": _("No such case within your reach.")}
    why = _why_not(request.actor, verb, case, now)
    row: dict[str, Any] = {"number": number, "shown": shown(case, now), "why": why, "seen": case.step_count}
    if verb == "close":
        row["condition"] = catalogue().standards[case.standard_id].close_condition
    if verb == "dispatch" and not why:
        chosen = form.whole(f"to-{number}") if form.is_bound else suggested_station(case)
        row |= {"stations": [(one.id, station_name(one)) for one in _stations(case)], "chosen": chosen}
    return row


def _stations(case: Case) -> list[StationRef]:
    """The duty list's stations first, then every other that serves the place; those of other places stand on the page of the one case."""
    return [one for group in grouped_stations(case) for one in group.stations if case.place_path.startswith(one.path)]


def _filters(text: str) -> str:
    """The filters of a queue, as its address says them; without the page one was on."""
    return urlencode([(key, value) for key, value in parse_qsl(text[:1000]) if key not in ("after", "before")])[:300]


def _queue(text: str) -> str:
    filters = _filters(text)
    return reverse("cases:desk-queue") + (f"?{filters}" if filters else "")


@require_http_methods(["GET", "POST"])
@for_staff(*(MOVES[verb].permission for verb in VERBS))
def desk_bulk_done(request: ActorRequest, bulk_id: int) -> HttpResponse:
    """What became of each; where it was broken off, POST goes on. Four statements to look."""
    address = reverse("cases:desk-bulk-done", args=[bulk_id])
    if request.method == "POST":
        answer = once(request, lambda: address, place=request.actor.home, answer=address)
        usecases.work_bulk(bulk_id=bulk_id, by=request.actor, now=timezone.now())
        return answer
    bulk = Bulk.objects.filter(subdistrict=request.actor.home, pk=bulk_id, account_id=request.actor.account_id or 0).first()
    if bulk is None:
        raise Http404
    found, now = _cases(request.actor, [line["number"] for line in bulk.lines]), timezone.now()
    rows = [{**line, "shown": shown(found[line["number"]], now) if line["number"] in found else None} for line in bulk.lines]
    for row in rows:
        station = directory().by_id.get(row["to"] or 0)
        row["station"] = station_name(station) if station and row["state"] == Bulk.State.DONE else ""
    context = {
        "bulk": bulk,
        "verb_name": move_name(bulk.verb),
        "rows": sorted(rows, key=lambda row: row["state"] == Bulk.State.DONE),
        "done": sum(row["state"] == Bulk.State.DONE for row in rows),
        "refused": sum(row["state"] == Bulk.State.REFUSED for row in rows),
        "waits": sum(row["state"] == Bulk.State.WAITS for row in rows),
        "back": _queue(bulk.back),
    }
    return render(request, "cases/desk/bulk_done.html", context)
