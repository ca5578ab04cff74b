"""The workbench (工作台): it answers "what now?" for the post in use."""

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shequtong.access.actor import AccountActor
from shequtong.access.gates import for_staff
from shequtong.access.request import APPOINTMENT, ActorRequest
from shequtong.cases import permissions
from shequtong.cases.lookups import Counted, Filters, counted_by_stage, duties, stages_of
from shequtong.cases.lookups.lights import AMBER, RED
from shequtong.cases.lookups.waits import ME, RARE
from shequtong.cases.shown import STAGE_LOOKS, move_name
from shequtong.cases.workflow import KEYS, OPEN_STAGES, Stage
from shequtong.organizations.stations import stations_of_subdistrict
from shequtong.pages.board import board_of
from shequtong.pages.navigation import desk_home, desk_nav, sees_cases
from shequtong.pages.workbench import late_in_reach, other_posts, queue_url, station_of, work_of


@require_GET
@for_staff()
def workbench(request: ActorRequest) -> HttpResponse:
    """What waits for this post, by list and verb; then how its place stands. Who sees no cases is led to where they work. Ten statements at most."""
    now, actor = timezone.now(), cast(AccountActor, request.actor)
    if not sees_cases(actor):
        return redirect(desk_home(desk_nav(actor, request.path)))
    full = bool(actor.reach(permissions.VIEW).of_post.grants)
    at_station = station_of(actor) is not None
    stages = stages_of(duties(actor)) if full else []
    mine = counted_by_stage(actor, Filters(waits=ME), now) if stages else {}
    permission = permissions.VIEW if full else permissions.VIEW_HEADER
    context = {
        "chips": _chips(mine, stages),
        "n": sum(one.n for one in mine.values()),
        "n_late": sum(one.late for one in mine.values()),
        "works": bool(stages),
        "lists": work_of(actor, now) if full else [],
        "overdue": None if full else late_in_reach(actor, now, permission),
        "tiles": [] if at_station else _tiles(counted_by_stage(actor, Filters(), now, permission), stages),
        "others": other_posts(actor, now),
        "field": APPOINTMENT,
        "switch_url": reverse("access:switch"),
        **_offered(actor, at_station=at_station),
    }
    return render(request, "pages/desk/workbench.html", context)


def _offered(actor: AccountActor, *, at_station: bool) -> dict[str, bool]:
    """What one may begin from here. No statement."""
    return {
        "may_intake": bool(actor.reach(permissions.INTAKE).of_post.grants),
        "may_settle": bool(actor.reach(permissions.SELF_HANDLE).of_post.grants),
        "has_board": board_of(actor) is not None,
        "daily_sheet": at_station or _leads_stations(actor),
    }


def _leads_stations(actor: AccountActor) -> bool:
    """Who leads an office prints the sheets of its stations, too. No statement."""
    reach = actor.reach(permissions.VIEW).of_post
    stations = (one for number in reach.subdistricts for one in stations_of_subdistrict(number))
    return bool(actor.reach(permissions.DECIDE).of_post.grants) and any(reach.covers(one.reach_facts()) for one in stations)


def _chips(mine: dict[str, Counted], stages: list[Stage]) -> list[dict[str, Any]]:
    """How much waits for this post: the late, the soon due, then stage by stage; each opens its list."""
    late, soon = sum(one.late for one in mine.values()), sum(one.soon for one in mine.values())
    found = [_light(RED, late, waits=ME), _light(AMBER, soon, waits=ME)] if stages else []
    return [one for one in found if one["n"]] + [_stage(stage, mine[stage], waits=ME) for stage in stages if mine[stage].n]


def _tiles(counted: dict[str, Counted], own: list[Stage]) -> list[dict[str, Any]]:
    """How the place stands: its late and soon due, and the stages that wait for others."""
    late, soon = sum(one.late for one in counted.values()), sum(one.soon for one in counted.values())
    rest = [stage for stage in OPEN_STAGES if stage not in own and (stage not in RARE or counted[stage].n)]
    return [_light(RED, late), _light(AMBER, soon), *(_stage(stage, counted[stage]) for stage in rest)]


def _light(light: str, n: int, **filters: str) -> dict[str, Any]:
    label, shape, tone = (_("Overdue"), "diamond", "bad") if light == RED else (_("Due soon"), "triangle", "warn")
    url = queue_url(light=light, **filters)
    return {"label": label, "n": n, "url": url, "shape": shape, "tone": tone, "word": f"light-{light}"}


def _stage(stage: Stage, counted: Counted, **filters: str) -> dict[str, Any]:
    shape, tone = STAGE_LOOKS[stage]
    url = queue_url(stage=stage.value, **filters)
    return {"label": stage.label, "n": counted.n, "url": url, "shape": shape, "tone": tone, "word": f"stage-{stage.value}"}


@require_GET
@for_staff()
def keys(request: ActorRequest) -> HttpResponse:
    """The keys of the desk, and the switch that turns single letters off. The session's two statements."""
    of_moves = [
        {"key": letter, "moves": [move_name(verb) for verb in KEYS if KEYS[verb] == letter]}
        for letter in sorted(set(KEYS.values()))
    ]
    return render(request, "pages/desk/keys.html", {"of_moves": of_moves, "switch_url": reverse("ui:display")})
