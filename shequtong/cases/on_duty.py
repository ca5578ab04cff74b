"""Whom a case calls outside office hours (夜间值班): the person on the roster of the station it comes to, noted with the step.

Only where the standard counts day and night (紧急工时): anything else waits for the morning. Issue 3: never everybody at midnight.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from shequtong.access.posts import people_of_station
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.places import calendar_at
from shequtong.cases.workflow import STATION_STAGES, Clock, Move
from shequtong.core.clock import ClockKind, elapsed
from shequtong.figures.write import day_of
from shequtong.organizations.duty import on_duty
from shequtong.organizations.stations import directory

# Beside whatever starts the clock of handling: what else puts an urgent case before a station, or says that its time is up.
_CALLS = frozenset({"assist", "hand_over", "remind", "escalate"})


def calls_somebody(case: Case, move: Move, to: str, now: datetime) -> bool:
    """Whether this step must reach somebody now, and not in the morning. No statement."""
    if case.is_history or to not in STATION_STAGES or (move.clock != Clock.HANDLING and move.name not in _CALLS):
        return False
    return is_urgent(case) and not in_office_hours(case.place_path, now)


def is_urgent(case: Case) -> bool:
    """Its standard counts day and night."""
    return catalogue().standards[case.standard_id].limit.kind == ClockKind.URGENT_HOURS


def in_office_hours(path: str, now: datetime) -> bool:
    """Whether the office of a place is open at a moment."""
    return elapsed(ClockKind.WORK_HOURS, calendar_at(path), now, now + timedelta(microseconds=1)) > timedelta()


def duty_at(case: Case, stations: Iterable[int], now: datetime) -> list[dict[str, Any]]:
    """Who of each station is on duty, as the step keeps it: station, its name, people as account and name. No statement when warm.

    Who has left the station is not called. Nobody means that its head is called (flows/case_told/at_night.py).
    """
    wanted, day = list(dict.fromkeys(stations)), day_of(case.subdistrict_id, now)
    roster, known = on_duty(wanted, now), directory().by_id
    found = []
    for station in wanted:
        members = people_of_station(station, day)
        people = [[account, members[account]] for account, _name in roster.get(station, []) if account in members]
        found.append({"station": station, "name": known[station].name, "people": people})
    return found
