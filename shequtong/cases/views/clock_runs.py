"""Recomputed due times (时限重算结果): each run with how far it is, and what moved from when to when."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.models import Case, ClockMove, ClockRun
from shequtong.cases.shown import Dresser
from shequtong.core.keyset import parse_keyset
from shequtong.core.places import place, places
from shequtong.territory import calendars
from shequtong.territory import permissions as territory
from shequtong.territory.shown import calendar_name

_PAGE = 30


def _places(request: ActorRequest) -> tuple[int, ...]:
    """Subdistricts whose runs concern the reader: where their calendars or their cases are."""
    reaches = [request.actor.reach(one).of_post for one in (permissions.VIEW_HEADER, territory.MANAGE_CALENDAR)]
    if any(reach.everything for reach in reaches):
        return tuple(one.number for one in places())
    return tuple(sorted({number for reach in reaches for number in reach.subdistricts}))


@require_GET
@for_staff(permissions.VIEW_HEADER, territory.MANAGE_CALENDAR)
def desk_clock_runs(request: ActorRequest) -> HttpResponse:
    """The latest first. One statement."""
    found = ClockRun.objects.filter(subdistrict__in=_places(request))
    key = parse_keyset(request.GET.get("after", ""))
    if key:
        found = found.filter(Q(asked_at__lt=key[0]) | Q(asked_at=key[0], id__lt=key[1]))
    runs = list(found.order_by("-asked_at", "-id")[: _PAGE + 1])
    older = _link(runs[_PAGE - 1].asked_at, runs[_PAGE - 1].pk) if len(runs) > _PAGE else ""
    context = {"rows": [_shown_run(run) for run in runs[:_PAGE]], "older": older}
    return render(request, "cases/desk/clock_runs.html", context)


@require_GET
@for_staff(permissions.VIEW_HEADER, territory.MANAGE_CALENDAR)
def desk_clock_run(request: ActorRequest, run_id: int) -> HttpResponse:
    """One run; of its list, what lies within the reader's reach. Three statements."""
    run = ClockRun.objects.filter(subdistrict__in=_places(request)).filter(pk=run_id).first()
    if run is None:
        raise Http404
    after = request.GET.get("after", "")
    seen = Case.objects.filter(subdistrict=run.subdistrict_id).within_post(request.actor, permissions.VIEW_HEADER)
    moves = ClockMove.objects.filter(Exists(seen.filter(pk=OuterRef("case_id"))), subdistrict=run.subdistrict_id, run=run)
    if after.isascii() and after.isdigit() and len(after) < 20:
        moves = moves.filter(id__gt=int(after))
    rows = list(moves.order_by("id")[: _PAGE + 1])
    cases = {case.pk: case for case in Case.objects.filter(subdistrict=run.subdistrict_id, pk__in={row.case_id for row in rows})}
    dress = Dresser(timezone.now())
    context = {
        "run": _shown_run(run),
        "rows": [{"move": row, "shown": dress(cases[row.case_id]), "later": _is_later(row)} for row in rows[:_PAGE]],
        "older": f"?after={rows[_PAGE - 1].pk}" if len(rows) > _PAGE else "",
        "first": "?" if after else "",
        "back": reverse("cases:desk-clock-runs"),
        "sees_cases": bool(request.actor.reach(permissions.VIEW_HEADER).of_post.grants),
    }
    return render(request, "cases/desk/clock_run.html", context)


def _is_later(move: ClockMove) -> bool:
    return move.new_due_at > move.old_due_at


def _shown_run(run: ClockRun) -> dict[str, Any]:
    known = calendars.refs().get(run.calendar_id)
    looks = {"queued": ("ring", "quiet"), "running": ("half", "info"), "done": ("check", "good")}
    return {
        "run": run,
        "url": reverse("cases:desk-clock-run", args=[run.pk]),
        "calendar": calendar_name(known) if known else "—",
        "place": place(run.subdistrict_id).name,
        "shape": looks[run.state][0],
        "tone": looks[run.state][1],
        "is_done": run.state == ClockRun.State.DONE,
    }


def _link(at: datetime, last: int) -> str:
    return "?" + urlencode({"after": f"{at.isoformat()}_{last}"})
