"""Who has a case in hand on its page (承办协同): stations by their part, sub-tasks with their light, a hand-over that waits, who was on duty.

Read from the steps and sub-tasks that the page has loaded already: no statement.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Assistance, Case, Step
from shequtong.cases.sheets import CaseSheet
from shequtong.cases.shown import Badge, light_badge, station_name
from shequtong.core.clock import Due
from shequtong.core.clock import light as light_at
from shequtong.organizations.stations import directory

_LEADS = ("dispatch", "decide", "take_over")


@dataclass(frozen=True)
class Task:
    """A sub-task as shown. `state` is asked, taken, done, declined or off: the case left the station before it was answered."""

    asked: Assistance
    station: str
    state: str
    light: Badge | None
    late: bool


def between_stations(request: ActorRequest, sheet: CaseSheet, now: datetime) -> dict[str, Any]:
    """What the page says of stations: `tasks`, `answerable`, `takeable`, `offer`, `may_take_over`, `former`, `duty`."""
    case, own = sheet.case, _own_task(request, sheet)
    off = flow_of(case.subdistrict_id).off
    return {
        "tasks": [_task(asked, now) for asked in sheet.assistances],
        "answerable": own,
        "takeable": own is not None and own.state == Assistance.State.ASKED and "take_assist" not in off,
        "offer": _offer(sheet),
        "may_take_over": _is_offered_to(request, case),
        "former": _former(sheet),
        "duty": next((step.details["duty"] for step in reversed(sheet.steps) if step.details.get("duty")), None),
    }


def _name(station_id: int | None) -> str:
    found = directory().by_id.get(station_id or 0)
    return station_name(found) if found else ""


def _task(asked: Assistance, now: datetime) -> Task:
    left = not asked.is_open and asked.state in (Assistance.State.ASKED, Assistance.State.TAKEN)
    badge = light_badge(light_at(Due(asked.amber_at, asked.due_at), now)) if asked.is_open else None
    late = not left and asked.answered_at is not None and asked.answered_at > asked.due_at
    return Task(asked, _name(asked.station_id), "off" if left else asked.state, badge, late)


def _own_task(request: ActorRequest, sheet: CaseSheet) -> Assistance | None:
    """The open sub-task of the actor's own station."""
    reach = request.actor.reach(permissions.ANSWER_ASSIST)
    return next(
        (asked for asked in sheet.assistances if asked.is_open and reach.covers(asked.reach_facts()) and not reach.everything),
        None,
    )


def _offer(sheet: CaseSheet) -> dict[str, Any] | None:
    """The hand-over that waits: to whom, and the step that offered it."""
    if sheet.case.offered_station_id is None:
        return None
    step = next((step for step in reversed(sheet.steps) if step.move == "hand_over"), None)
    return {"to": _name(sheet.case.offered_station_id), "step": step}


def _is_offered_to(request: ActorRequest, case: Case) -> bool:
    """Whether the reader's own station is the one that may take it."""
    grants = request.actor.reach(permissions.HAND_OVER).grants
    return case.offered_station_id is not None and any(grant.station == case.offered_station_id for grant in grants)


def _former(sheet: CaseSheet) -> list[str]:
    """The stations that led before, in their order."""
    led = [step.station_id for step in sheet.steps if _led(step) and step.station_id != sheet.case.lead_station_id]
    return [_name(station) for station in dict.fromkeys(led)]


def _led(step: Step) -> bool:
    return step.move in _LEADS
