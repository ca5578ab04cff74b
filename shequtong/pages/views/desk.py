"""The workbench (工作台): it answers "what now?" for the post in use."""

from datetime import datetime
from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shequtong.access.actor import AccountActor
from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.call_backs import due_for_call_back
from shequtong.cases.lookups import CAPPED, Filters, asked_of, assigned_to, capped_count, queue, stage_counts
from shequtong.cases.shown import STAGE_LOOKS, move_name, shown
from shequtong.cases.workflow import KEYS
from shequtong.pages.board import board_of
from shequtong.pages.workbench import waiting, waiting_beside

_ROWS = 10  # of the list on the workbench


@require_GET
@for_staff(permissions.VIEW, permissions.VIEW_HEADER)
def workbench(request: ActorRequest) -> HttpResponse:
    """Tiles by stage from the figures, what is late, and the next cases this post should take up."""
    now, actor = timezone.now(), cast(AccountActor, request.actor)
    full = bool(actor.reach(permissions.VIEW).grants)
    permission = permissions.VIEW if full else permissions.VIEW_HEADER
    grants = actor.reach(permission).grants
    counts = stage_counts(grants)
    tiles = waiting(actor)
    first = next((tile.filters for tile in tiles if tile.mine and counts[tile.stage]), Filters())
    station = next((grant.station for grant in actor.reach(permissions.ANSWER_ASSIST).grants if grant.station is not None), None)
    address = reverse("cases:desk-queue")
    context = {
        "tiles": [
            {
                "stage": tile.stage,
                "n": counts[tile.stage],
                "mine": tile.mine,
                "url": f"{address}?stage={tile.stage.value}",
                "shape": STAGE_LOOKS[tile.stage][0],
                "tone": STAGE_LOOKS[tile.stage][1],
            }
            for tile in tiles
        ],
        "late": _capped(capped_count(actor, Filters(light="red"), now, permission)),
        "soon": _capped(capped_count(actor, Filters(light="amber"), now, permission)),
        "late_url": f"{address}?light=red",
        "soon_url": f"{address}?light=amber",
        "rows": [shown(case, now) for case in queue(actor, first, now, permission, page=_ROWS).rows],
        "rows_url": f"{address}?stage={first.stage}" if first.stage else address,
        "rows_stage": next((tile.stage for tile in tiles if tile.stage.value == first.stage), None),
        **(_at_station(actor, station, now) if station is not None else {}),
        "call_backs": [shown(case, now) for case in due_for_call_back(actor, now, _ROWS)],
        "beside": waiting_beside(actor),
        "may_intake": bool(actor.reach(permissions.INTAKE).grants),
        "has_board": board_of(actor) is not None,
        "at_station": station is not None and full,
        "headers_only": not full,
    }
    return render(request, "pages/desk/workbench.html", context)


def _at_station(actor: AccountActor, station: int, now: datetime) -> dict[str, object]:
    """What is offered to the station, asked of it, and in the reader's own hands. Two statements."""
    own, asked = assigned_to(actor.home, station, actor.account_id, _ROWS), asked_of(actor.home, station)
    return {
        "offers": [one for one in asked if one.kind == "offer"],
        "assistances": [one for one in asked if one.kind == "assist"],
        "own": [shown(case, now) for case in own],
        "own_url": f"{reverse('cases:desk-queue')}?mine=me",
    }


def _capped(n: int) -> str:
    """A count as shown: exact, or "999+"."""
    return str(n) if n < CAPPED else f"{CAPPED - 1}+"


@require_GET
@for_staff()
def keys(request: ActorRequest) -> HttpResponse:
    """The keys of the desk, and the switch that turns single letters off. The session's two statements."""
    of_moves = [
        {"key": letter, "moves": [move_name(verb) for verb in KEYS if KEYS[verb] == letter]}
        for letter in sorted(set(KEYS.values()))
    ]
    return render(request, "pages/desk/keys.html", {"of_moves": of_moves, "switch_url": reverse("ui:display")})
