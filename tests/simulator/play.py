"""Playing the model (模拟推演): one act of somebody, or all that time does by a moment, in order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.simulator import moves_after, moves_before, moves_reporters, moves_station
from tests.simulator.case import OPEN, Act, Case, NoMove, NotAllowed, WouldPass
from tests.simulator.clock import NEVER
from tests.simulator.world import ESCALATE_HOURS, World

MOVES: dict[str, Callable[..., Any]] = {
    name: found
    for module in (moves_before, moves_station, moves_after, moves_reporters)
    for name, found in vars(module).items()
    if callable(found) and getattr(found, "__module__", "") == module.__name__ and not name.startswith("_")
}
for _helper in ("give_to", "is_member", "leave_station", "closed", "take_back"):
    del MOVES[_helper]
MOVES["self_handle"] = MOVES["intake"]
_OPENS = ("intake", "self_handle")


def play(world: World, act: Act) -> str:
    """Play an act; "" when it was made, else "forbidden" or "refused"."""
    if act.move == "wake":
        wake(world, act)
        return ""
    case = Case(len(world.cases), "", "", "", None) if act.move in _OPENS else world.cases[act.case]
    world.act = act
    world.begin(case)
    try:
        MOVES[act.move](world, case, **act.args)
    except NotAllowed:
        return "forbidden"
    except WouldPass:
        return ""
    except NoMove:
        return "refused"
    if act.move in _OPENS:
        case.spot = act.args["place"]
        world.cases.append(case)
    return ""


def would_pass(world: World, act: Act) -> bool:
    """Whether the rules allow it, without doing it."""
    world.asking_only = True
    try:
        return not play(world, act)
    finally:
        world.asking_only = False


def wake(world: World, act: Act) -> None:
    """All whose moment has come, the first of each case first, asked anew after each."""
    for case in world.cases:
        while (found := waiting(case)) and found[0][0] <= act.at:
            _at, _rank, move, level = found[0]
            world.act = replace(act, move=move, who="clock", case=case.key)
            world.begin(case)
            _fire(world, case, move, level)


def waiting(case: Case) -> list[tuple[datetime, int, str, int]]:
    """What waits for a moment; a case that stands still waits for nothing but the end of it."""
    if case.stage not in OPEN or case.history:
        return []
    if case.paused:
        return [(case.resume_at, 0, "resume", 0)]
    found = []
    if case.stage == "dispatched":
        found.append((case.accept_by, 1, "take_back", 0))
    if case.stage == "closing" and not case.draft_by:
        found.append((case.close_by, 2, "auto_close", 0))
    if not case.warned:
        found.append((case.amber, 3, "remind", 0))
    level = max(case.warned, 1)  # warned: 1 reminded, 1 + n escalated to level n
    if level <= len(ESCALATE_HOURS) and case.due != NEVER:
        found.append((case.due + timedelta(hours=ESCALATE_HOURS[level - 1]), 4, "escalate", level))
    return sorted(one for one in found if one[0] != NEVER)


def _fire(world: World, case: Case, move: str, level: int) -> None:
    if move == "resume":
        moves_after.resume(world, case)
    elif move == "take_back":
        moves_station.take_back(world, case)
    elif move == "auto_close":
        moves_after.closed(world, case)
    elif move == "remind":
        case.warned = 1
        world.step(case, told=("holder",))
    else:
        case.warned = 1 + level
        case.count("urge")
        case.open_urges += 1
        world.step(case, told=("above",), level=level)
