"""What might be done next (随机行为): moves by weight, with arguments that are mostly sensible and sometimes not."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from tests.simulator.case import Act, Case
from tests.simulator.clock import SUZHOU
from tests.simulator.people import CLASSES, FOREIGN, PEOPLE, PLACES, STATIONS
from tests.simulator.play import MOVES, would_pass
from tests.simulator.world import World

# How often a move is tried, against 1 for the others: lives should get far before they end.
WEIGHTS = {
    **dict.fromkeys(("register", "dispatch", "accept", "admit", "confirm", "decide"), 12.0),
    **dict.fromkeys(("handle", "verify", "answer", "approve_answer", "close", "review"), 8.0),
    **dict.fromkeys(("take_over", "answer_assist", "appeal", "judge_appeal", "judge_appeal_finally", "grant", "unmerge"), 4.0),
    **dict.fromkeys(("extend", "suspend", "answer_question", "hand_over", "reopen", "send_back"), 2.5),
    **dict.fromkeys(("urge", "reply_urge", "add", "correct", "join", "assign", "merge", "call_back"), 0.6),
    **dict.fromkeys(("void", "not_accept", "withdraw"), 0.15),
}
_TRIES = 12
_WILD = 0.1  # of acts are picked without asking the rules


def next_act(rng: Random, world: World, at: datetime) -> Act:
    """Something done at `at`, mostly what the rules allow."""
    if not world.cases or (len(world.cases) < 3 and rng.random() < 0.05):
        return opening(rng, world, at)
    case = rng.choice(world.cases)
    if rng.random() < _WILD:
        return _act(rng, world, at, case, rng.choice(_NAMES), rng.choice(_actors(world)))
    for _try in range(_TRIES):
        move = rng.choices(_NAMES, [WEIGHTS.get(name, 1.0) for name in _NAMES])[0]
        act = _act(rng, world, at, case, move, "")
        for who in rng.sample(_actors(world), k=len(_actors(world))):
            found = Act(at, move, who, case.key, act.args)
            if would_pass(world, found):
                return found
    return Act(at, "wake")


_NAMES = sorted(set(MOVES) - {"intake", "self_handle"})


def _actors(world: World) -> list[str]:
    return [*(name for name in PEOPLE if name != "clock"), "anyone", *(f"key:{case.key}" for case in world.cases)]


def _act(rng: Random, world: World, at: datetime, case: Case, move: str, who: str) -> Act:
    return Act(at, move, who, case.key, _ARGS[move](rng, world, case, at) if move in _ARGS else {})


def opening(rng: Random, world: World, at: datetime) -> Act:
    """A new case: from a resident, from staff, settled on the spot, brought in, or from the hotline."""
    args: dict[str, Any] = {"cls": rng.choice(sorted(CLASSES)), "place": rng.choice(sorted(PLACES))}
    if rng.random() < 0.08:
        return Act(at, "self_handle", rng.choice(("he", "hu", "shen")), 0, args | {"channel": "staff", "settled": True})
    channel = rng.choice(("resident", "resident", "resident", "window", "phone", "staff", "hotline"))
    staff = ("shen", "chen", "gao") if channel == "hotline" else ("shen", "chen", "hu", "he", "wang", "lin", "gao")
    who = "anyone" if channel == "resident" else rng.choice(staff)
    if channel == "resident" and rng.random() < 0.5:
        who = args["account"] = rng.choice(("qian", "fang", "hu"))
    if rng.random() < 0.8:
        args["phone"] = new_phone(rng)
    if channel == "resident" and (len(args) == 2 or rng.random() < 0.1):
        args["held"] = True
    if channel == "hotline" and rng.random() < 0.7:
        args["cap"] = at + timedelta(hours=rng.randint(1, 200))
    if rng.random() < 0.04:
        args["history"] = True
    return Act(at, "intake", who, len(world.cases), args | {"channel": channel})


def new_phone(rng: Random) -> str:
    """A number nobody else has."""
    return f"138{rng.randrange(10**8):08}"


def _row(rng: Random, _world: World, case: Case, _at: datetime) -> dict[str, Any]:
    return {"row": rng.randint(1, len(CLASSES[case.cls]) + (rng.random() < 0.05)), "note": rng.choice(("", "已与当事人核实"))}


def _dispatch(rng: Random, _world: World, _case: Case, _at: datetime) -> dict[str, Any]:
    to, helpers = _station(rng), []
    if rng.random() < 0.3:
        helpers = list(dict.fromkeys(_station(rng) for _n in range(rng.choice((1, 1, 2, 3)))))
    if rng.random() < 0.02:
        helpers = list(STATIONS[1:7])
    return {"to": to, "assisting": helpers, "task": rng.choice(("请协助", "请协助", ""))}


def _station(rng: Random) -> str:
    if rng.random() < 0.03:
        return FOREIGN
    return rng.choice(STATIONS[:3]) if rng.random() < 0.92 else rng.choice(STATIONS)


def _until(rng: Random, _world: World, _case: Case, at: datetime) -> dict[str, Any]:
    day = at.astimezone(SUZHOU).date() + timedelta(days=rng.choice((0, 1, 2, 5, 9, 20, 60, 300, 400)))
    return {"until": datetime.combine(day, time(), SUZHOU)}


def _called(rng: Random, _world: World, _case: Case, _at: datetime) -> dict[str, Any]:
    score = rng.choice((None, 1, 3, 5, 5, 7))
    return {"reached": rng.random() < 0.8, "solved": rng.choice((None, True, False)), "score": score}


def _correction(rng: Random, _world: World, _case: Case, _at: datetime) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if rng.random() < 0.4:
        found["cls"] = rng.choice(sorted(CLASSES))
    if rng.random() < 0.5:
        found["place"] = rng.choice(sorted(PLACES))
    if rng.random() < 0.3:
        found["phone"] = new_phone(rng)
    return found


def _who_joins(rng: Random, _world: World, case: Case, _at: datetime) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if rng.random() < 0.5:
        found["account"] = rng.choice(("qian", "fang", "hu"))
    if rng.random() < 0.6:
        found["phone"] = new_phone(rng)
        if rng.random() < 0.15 and case.reporter and case.reporter.phone:
            found["phone"] = case.reporter.phone
    return found


_Args = Callable[[Random, World, Case, datetime], dict[str, Any]]
_ARGS: dict[str, _Args] = {
    "register": _row,
    "dispatch": _dispatch,
    "suspend": _until,
    "call_back": _called,
    "correct": _correction,
    "join": _who_joins,
    "decide": lambda rng, *_: {"to": _station(rng)},
    "hand_over": lambda rng, *_: {"to": _station(rng)},
    "call_off": lambda rng, *_: {"what": rng.choice(("time", "question", "offer", *STATIONS[:3]))},
    "assist": lambda rng, *_: {"station": _station(rng)},
    "take_assist": lambda rng, *_: {"station": _station(rng)},
    "answer_assist": lambda rng, *_: {"station": _station(rng), "done": rng.random() < 0.7},
    "confirm": lambda rng, *_: {"finding": rng.choice(("exists", "exists", "absent", "unclear", "perhaps"))},
    "not_accept": lambda rng, *_: {"why": rng.choice(("not_ours", "in_law", "because"))},
    "assign": lambda rng, *_: {"person": rng.choice(("wang", "lu", "zhou", "ma", "tang"))},
    "handle": lambda rng, *_: {"photo": rng.random() < 0.6},
    "review": lambda rng, *_: {"valid": rng.random() < 0.7},
    "evaluate": lambda rng, *_: {"score": rng.choice((1, 2, 3, 4, 5, 5, 9))},
    "urge": lambda rng, *_: {"level": rng.choice((1, 1, 2))},
    "judge_appeal": lambda rng, *_: {"granted": rng.random() < 0.7},
    "judge_appeal_finally": lambda rng, *_: {"granted": rng.random() < 0.7},
    "merge": lambda rng, world, *_: {"into": rng.randrange(len(world.cases))},
}
