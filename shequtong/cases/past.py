"""A past case (历史案件): what another system knows of a matter, and the steps that follow from it. Pure but for the tables in memory.

A step is made for each time the source knows and for no other: a history is not filled up with what nobody recorded. The limit of the
class runs from the dispatch and says whether handling was late; no clock goes on, for nobody waits at it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shequtong.cases import sla
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import NEVER, Case, Step
from shequtong.cases.places import calendar_at
from shequtong.cases.workflow import MOVES, STATION_STAGES, Stage
from shequtong.core.clock import CalendarExhaustedError
from shequtong.core.geo import tile_of
from shequtong.core.places import place
from shequtong.figures.write import day_of

# Moves along the main line with the milestone each fills, in their order.
LINE = (
    ("intake", "reported"),
    ("register", "registered"),
    ("dispatch", "dispatched"),
    ("accept", "accepted"),
    ("handle", "handled"),
    ("verify", "verified"),
    ("close", "closed"),
)
ENDINGS = {Stage.VOIDED: "void", Stage.NOT_ACCEPTED: "not_accept", Stage.WITHDRAWN: "withdraw"}
STANDS = (Stage.INTAKE, Stage.REGISTERED, Stage.DISPATCHED, Stage.HANDLING, Stage.CLOSED, *ENDINGS)
_TITLE = 40


@dataclass(frozen=True)
class PastCase:
    """`times` are by the names of LINE, in its order, and "ended" for an ending beside it; the move that led to `stage` has its time."""

    source: str
    source_ref: str
    class_id: int
    text: str
    unit_id: int
    path: str
    channel: str
    stage: Stage
    times: Mapping[str, datetime]
    station_id: int | None = None
    address: str = ""
    point: tuple[float, float] | None = None
    crs: str = ""
    due_at: datetime | None = None  # the source's own
    first_closed_at: datetime | None = None  # where it was closed before
    note: str = ""  # of its last step
    told: Mapping[str, Any] = field(default_factory=dict)  # what the source says beside it, kept with the last step


def case_of(past: PastCase, subdistrict: int, case_id: int, serial: int, received_at: datetime) -> Case:
    """The case as it stands, without its steps."""
    here, times = place(subdistrict), past.times
    standard = catalogue().classes[past.class_id].standard
    assert standard is not None  # whoever makes a past case has chosen a class that is open
    lon, lat = past.point or (None, None)
    words = " ".join(past.text.split())
    case = Case(
        id=case_id,
        subdistrict_id=subdistrict,
        year=day_of(subdistrict, times["reported"]).year,
        serial=serial,
        letters=here.letters,
        case_class_id=past.class_id,
        standard_id=standard.id,
        title=words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…",
        text=past.text,
        unit_id=past.unit_id,
        place_path=past.path,
        address=past.address,
        lon=lon,
        lat=lat,
        tile=tile_of(*past.point) if past.point else 0,
        source_crs=past.crs if past.point else "",
        channel=past.channel,
        source=past.source,
        source_ref=past.source_ref,
        source_at=times["reported"],
        is_history=True,
        stage=past.stage,
        stage_since=times["reported"],
        received_at=received_at,
    )
    for _move, name in LINE:
        setattr(case, f"{name}_at", times.get(name))
    case.first_handled_at = case.handled_at
    case.first_closed_at = past.first_closed_at or case.closed_at
    return case


def steps_of(past: PastCase, case: Case, by: str) -> list[Step]:
    """Its steps without their ids; fills in what the case knows by them: since when, in whose hands, whether it was late."""
    found: list[Step] = []
    stage: str = ""
    station: int | None = None
    due: datetime | None = None
    for name, at in _moves(past):
        move = MOVES[name]
        to = move.to or past.stage  # to withdraw ends a case or not
        late = due is not None and stage in STATION_STAGES and at > due
        if name == "dispatch":
            station, due = past.station_id, _due(past, case, at)
            case.promised_at = due or NEVER
        elif stage in STATION_STAGES and to not in STATION_STAGES:
            due = None
        found.append(
            Step(
                subdistrict_id=case.subdistrict_id,
                case=case,
                number=len(found) + 1,
                move=name,
                from_stage=stage,
                to_stage=to,
                at=at,
                actor=by,
                station_id=station,
                due_at=due,
                late=late,
            )
        )
        case.handled_late = case.handled_late or late
        stage = to
    last = found[-1]
    last.note, last.details = past.note, dict(past.told)
    assert stage == past.stage, f"{past.source_ref} ends in {stage}, not in {past.stage}"
    case.lead_station_id, case.stage_since, case.step_count = station, last.at, len(found)
    return found


def _moves(past: PastCase) -> list[tuple[str, datetime]]:
    ending = ENDINGS.get(past.stage)
    line = LINE[:2] if ending else LINE
    found = [(move, past.times[name]) for move, name in line if name in past.times]
    return [*found, (ending, past.times["ended"])] if ending else found


def _due(past: PastCase, case: Case, since: datetime) -> datetime | None:
    limit = catalogue().standards[case.standard_id].limit
    try:
        due = sla.start(limit, calendar_at(past.path), since, past.due_at).due.due_at
    except CalendarExhaustedError:  # a place without office hours: there is no limit to count by
        return past.due_at
    return max(due, since)
