"""Whom the model tells (模拟告知): each audience of the page of rules as people and channels."""

from collections.abc import Callable
from datetime import date

from tests.simulator.case import AT_STATION, Case, Reporter
from tests.simulator.clock import SUZHOU, is_open
from tests.simulator.people import CLASSES, PEOPLE, Person

Where = list[tuple[str, str]]
# Who takes the next step, the nearest first: the first group that has somebody over the place.
_ACCEPTORS = (("acceptor",), ("head",))
_NEAREST = (("grid_worker",), ("community_worker",), ("inspector",), ("head",))
_CALLS = ("dispatch", "decide", "rework", "assist", "hand_over", "remind", "escalate")
_OFFICE = (("head", "dispatcher"),)
_MAKES_IT = {"held": "SCREEN", "confirmation": "CONFIRM", "intake": "REGISTER", "registered": "DISPATCH", "decision": "DECIDE"}
_NEXT = {
    "held": _ACCEPTORS,
    "intake": _ACCEPTORS,
    "closing": _ACCEPTORS,
    "confirmation": _NEAREST,
    "verification": _NEAREST,
    "registered": _OFFICE,
    "decision": (("head",),),
}


def _over(case: Case, groups: tuple[tuple[str, ...], ...]) -> Where:
    day = case.steps[-1].at.astimezone(SUZHOU).date()
    for group in groups:
        over = [one for one in PEOPLE.values() if one.role in group and case.place.startswith(one.path)]
        found = [one.name for one in over if one.until is None or day <= one.until]
        if found:
            return [("in_app", name) for name in found]
    return []


def _reporters(case: Case, _station: str | None, _level: int) -> Where:
    """The first, unless withdrawn, and all who joined."""
    return [*_first(case, _station, _level), *(where for one in case.joined for where in _addresses(one))]


def _first(case: Case, _station: str | None, _level: int) -> Where:
    return _addresses(case.reporter) if case.reporter is not None and case.told else []


def _addresses(reporter: Reporter) -> Where:
    return [(channel, whom) for channel, whom in (("sms", reporter.phone), ("in_app", reporter.account)) if whom]


def _of_station(case: Case, station: str | None, _level: int) -> Where:
    """Its people; at night who is called."""
    wanted = station or case.lead
    return _called(case, wanted) or [("in_app", one.name) for one in _people(wanted)]


def _people(station: str | None) -> list[Person]:
    return [one for one in PEOPLE.values() if one.role.startswith("station") and station and one.station == station]


def _called(case: Case, station: str | None) -> Where:
    """An urgent case outside office hours calls the head of the station (nobody is on its roster here), in the app and by phone."""
    step = case.steps[-1]
    if not case.standard(CLASSES).urgent or is_open(step.at) or case.stage not in AT_STATION or step.move not in _CALLS:
        return []
    people = _people(station)
    heads = [one for one in people if one.role == "station_head"] or people
    return [(channel, one.name) for one in heads for channel in ("in_app", "sms")]


def _office(case: Case, _station: str | None, _level: int) -> Where:
    return _over(case, _OFFICE)


def _next(case: Case, _station: str | None, _level: int) -> Where:
    return _over(case, _ACCEPTORS if case.self_handled else _NEXT[case.stage])


def _holder(case: Case, station: str | None, level: int) -> Where:
    if case.stage not in AT_STATION:
        return _office(case, station, level)
    return [*_called(case, case.lead), *_assignee(case, station, level)] or _of_station(case, None, level)


def urged(case: Case, by: str, day: date) -> list[str]:
    """Whose post makes the next move where no station has the case; never who urges, who leads only where nobody else is left."""
    if case.stage == "verification":
        right = "REVIEW" if case.self_handled else "VERIFY"
    elif case.stage == "closing":
        right = "APPROVE_ANSWER" if case.draft_by else "CLOSE"
    else:
        right = _MAKES_IT[case.stage]
    holders = [one for one in PEOPLE.values() if right in one.rights and not one.station and case.place.startswith(one.path)]
    others = [one for one in holders if one.name != by and (one.until is None or day <= one.until)]
    return [one.name for one in others if "DECIDE" not in one.rights] or [one.name for one in others]


def _urged(case: Case, station: str | None, level: int) -> Where:
    if case.stage in AT_STATION:
        return _holder(case, station, level)
    step = case.steps[-1]
    return [("in_app", name) for name in urged(case, step.who, step.at.astimezone(SUZHOU).date())]


def _above(case: Case, _station: str | None, level: int) -> Where:
    return [*_called(case, case.lead), *_over(case, (("supervisor",), *_OFFICE) if level > 1 else _OFFICE)]


def _assignee(case: Case, _station: str | None, _level: int) -> Where:
    return [("in_app", case.assignee)] if case.assignee else []


def _urgers(case: Case, _station: str | None, _level: int) -> Where:
    return [("in_app", who) for who in sorted(case.urgers)]


RECIPIENTS: dict[str, Callable[[Case, str | None, int], Where]] = {
    "reporter": _reporters,
    "first": _first,
    "station": _of_station,
    "office": _office,
    "next": _next,
    "holder": _holder,
    "urged": _urged,
    "above": _above,
    "assignee": _assignee,
    "urgers": _urgers,
}
