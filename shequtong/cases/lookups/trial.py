"""A trial of routing (去向试算): what would become of reports if they came now, by the very rules that would decide. Nothing is written.

Class from what is given, from what was learnt (triage) or from the words; place from the address or the words, then `routing` as a move asks it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shequtong.cases import routing, screening, sla
from shequtong.cases.catalogue import Class, Standard, catalogue, open_classes
from shequtong.cases.flow import flow_of
from shequtong.cases.hotline.matching import guessed, spotted
from shequtong.cases.hotline.orders import Order
from shequtong.cases.models import Case
from shequtong.cases.places import Spot, calendar_at, find_spot
from shequtong.cases.suggested import suggest
from shequtong.cases.workflow import Stage
from shequtong.organizations.stations import StationRef

MOST = 20  # reports at once: each may ask for its building


@dataclass(frozen=True)
class Pasted:
    """One report as it was pasted: its words, and where they are given, the address and the class by code or name."""

    text: str
    address: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Trial:
    """What would happen to one report; what cannot be known is None, and `findings` say why."""

    pasted: Pasted
    kind: Class | None
    spot: Spot | None
    stage: Stage | None
    standard: Standard | None
    station: StationRef | None
    due_at: datetime | None  # of handling, were it dispatched at this moment
    refused: bool  # it would not be taken: no name, and the subdistrict asks for one
    findings: tuple[routing.Finding, ...]
    where_not: str = ""  # why the place is not known


def try_out(pasted: Iterable[Pasted], *, subdistrict: int, channel: str, nameless: bool, now: datetime) -> list[Trial]:
    """Each report, in order. At most three statements a report; none for one whose place its words name."""
    return [_one(each, subdistrict, channel, nameless, now) for each in pasted]


def _one(pasted: Pasted, subdistrict: int, channel: str, nameless: bool, now: datetime) -> Trial:
    kind, what = _kind(pasted)
    found = spotted(Order(0, "", now, pasted.text, address=pasted.address), subdistrict)
    spot = find_spot(found.building_id, None, pasted.address, found.unit_path) if found.building_id or found.unit_path else None
    held = _held(pasted.text, channel, nameless)
    rules = flow_of(subdistrict)
    findings = [what]
    if spot is not None:
        findings.append(routing.where(spot))
    findings.append(routing.held_back(channel, held))
    standard = kind.standard if kind else None
    stage = station = due_at = None
    if kind is not None and standard is not None:
        stage, beginning = routing.begins_at(standard, channel, rules, held)
        findings.append(beginning)
        if spot is not None:
            lead = routing.lead_for(kind, spot.path, spot.subdistrict_id)
            station, due_at = lead.station, sla.start(standard.limit, calendar_at(spot.path), now).due.due_at
            findings.append(lead.finding)
    refused = channel == Case.Channel.RESIDENT and nameless and rules.anonymous == "refuse"
    return Trial(
        pasted, kind, spot, stage, standard, station, due_at, refused, tuple(findings), found.why if spot is None else ""
    )


def _held(text: str, channel: str, nameless: bool) -> list[str]:
    if channel != Case.Channel.RESIDENT:
        return []
    return [*(["anonymous"] if nameless else []), *screening.reasons(text)]


def _kind(pasted: Pasted) -> tuple[Class | None, routing.Finding]:
    """The class that is given, by code or whole name, else the one its words name."""
    given = pasted.kind.strip()
    if given:
        named = next((one for one in open_classes() if given in (one.code, one.name, one.name_en)), None)
        if named is not None:
            return named, routing.Finding("class", "given", {"class": named.id})
    values: dict[str, Any] = {"no_class": given[:40]} if given else {}
    learnt = suggest(pasted.text)
    if learnt is not None and learnt.certain and learnt.first is not None:
        values = {**values, "class": learnt.first.id, "percent": learnt.percent, "words": list(learnt.words)}
        return learnt.first, routing.Finding("class", "model", values, _less_likely(learnt.classes[1:]))
    code = guessed(pasted.text)
    found = catalogue().by_code.get(code) if code else None
    if found is not None:
        return found, routing.Finding("class", "words", {**values, "class": found.id})
    if learnt is not None and learnt.classes:
        return None, routing.Finding("class", "unsure", {**values, "percent": learnt.percent}, _less_likely(learnt.classes))
    return None, routing.Finding("class", "unknown", values)


def _less_likely(some: Iterable[Class]) -> list[routing.Passed]:
    return [routing.Passed("class", one.id, "less_likely") for one in some]
