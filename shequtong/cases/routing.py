"""Why a case went where it went (流转依据): each automatic decision names its rule, the values it saw, and what else was looked at.

One function a decision, used by the move that makes it and by the trial (试算) alike, so that the trial cannot say another thing.
What is found is kept with the step (`Step.details["routed"]`) in ids and numbers, never a person's data; routed_shown says it in words.
No statement when warm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from shequtong.cases.catalogue import Class, Standard, catalogue, open_classes
from shequtong.cases.entry import first_stage
from shequtong.cases.flow import Rules, flow_of
from shequtong.cases.models.case import NEVER, Case
from shequtong.cases.offered import most_told, search
from shequtong.cases.places import Spot
from shequtong.cases.suggested import suggest
from shequtong.cases.workflow import Stage
from shequtong.core.clock import Limit
from shequtong.organizations.stations import StationRef, nearest_station, stations_of_subdistrict
from shequtong.territory.units import ancestors

MOST_PASSED = 8  # of what else was looked at: a street has dozens of stations, and a step is read by people


class Passed(NamedTuple):
    """Something that was looked at and not taken, and the key of the reason (in routed_shown)."""

    kind: str  # unit, station, class, rule, level
    key: int | str
    because: str


@dataclass(frozen=True)
class Finding:
    """One decision: what was asked, the rule that answered, the values it saw, and what it passed over."""

    asked: str  # class, place, screening, stage, station, clock
    rule: str
    values: Mapping[str, Any] = field(default_factory=dict)
    passed: Sequence[Passed] = ()

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a step."""
        return {
            "asked": self.asked,
            "rule": self.rule,
            **({"values": dict(self.values)} if self.values else {}),
            **({"passed": [list(one) for one in self.passed]} if self.passed else {}),
        }


def kept(*findings: Finding) -> dict[str, Any]:
    """Findings as details of a step."""
    return {"routed": [one.as_json() for one in findings]}


def read_back(details: Mapping[str, Any]) -> list[Finding]:
    """The findings a step keeps; none of one made before they were kept, or of one that people made."""
    return [
        Finding(one["asked"], one["rule"], one.get("values", {}), [Passed(*each) for each in one.get("passed", ())])
        for one in details.get("routed", ())
    ]


def guess(text: str, spot: Spot | None) -> tuple[Class | None, Finding]:
    """The class of a report whose reporter could not say: what was learnt, else what its words name, else what is told most there.

    The report is held until somebody has looked. No word of it is kept with the reason. At most three statements, none where it is learnt or named.
    """
    learnt = suggest(text, for_residents=True)
    if learnt is not None and learnt.first is not None:
        return _guessed("model", learnt.classes, percent=learnt.percent)
    if named := search(text):
        return _guessed("words", named)
    told = most_told(spot, 1) if spot else open_classes(for_residents=True)
    return _guessed("most_told", told[:1]) if told else (None, Finding("class", "unknown"))


def _guessed(rule: str, found: Sequence[Class], **values: Any) -> tuple[Class, Finding]:
    first, *others = found
    passed = [Passed("class", one.id, "less_likely") for one in others[:MOST_PASSED]]
    return first, Finding("class", rule, {"class": first.id, **values}, passed)


def where(spot: Spot) -> Finding:
    """Which rule found the place: the building's entry, the boundary around the point, or the unit that was named."""
    values: dict[str, Any] = {"unit": spot.unit_id}
    if spot.building_id is not None:
        rule = "building"
        values["building"] = spot.building_id
    elif spot.lon is not None and spot.lat is not None:
        rule = "boundary"
        values["point"] = [round(spot.lon, 6), round(spot.lat, 6)]
    else:
        rule = "named"
    around = [unit for unit in ancestors(spot.path) if unit.id != spot.unit_id and unit.kind in ("community", "grid")]
    return Finding("place", rule, values, [Passed("unit", unit.id, "larger") for unit in around[::-1]])


SCREENED = ("anonymous", "insult", "private", "blocked")  # in the order they are looked at (open_case)


def held_back(channel: str, held: Sequence[str]) -> Finding:
    """Whether somebody must look first, and which of the rules said so; the others were looked at and found nothing."""
    if channel != Case.Channel.RESIDENT and not held:
        return Finding("screening", "staff_channel", {"channel": channel})
    passed = [Passed("rule", one, "no_match") for one in SCREENED if one not in held]
    return Finding("screening", "matched" if held else "nothing", {"matched": list(held)} if held else {}, passed)


def begins_at(standard: Standard, channel: str, rules: Rules, held: Sequence[str]) -> tuple[Stage, Finding]:
    """The first stage of a report, and why."""
    stage = first_stage(standard, channel, rules, held=bool(held))
    values = {"standard": standard.id, "channel": channel, "flow": rules.version, "stage": stage.value}
    if held:
        rule = "held"
    elif not standard.confirm_required:
        rule = "no_confirmation"
    else:
        rule = "confirmation" if stage == Stage.CONFIRMATION else "confirmation_skipped"
    return stage, Finding("stage", rule, values)


class Lead(NamedTuple):
    """The station proposed for a case, None where the duty list leads to nobody; and why."""

    station: StationRef | None
    finding: Finding


def lead_for(kind: Class, path: str, subdistrict: int, named: int | None = None) -> Lead:
    """The duty list's lead agency at its station for the place. `named` is whom the dispatcher took; another one than proposed is told.

    Passed over are the agency's other stations and the nearest of the agencies that assist.
    """
    found = nearest_station(kind.lead_agency, path) if kind.lead_agency is not None else None
    values: dict[str, Any] = {"class": kind.id, "path": path}
    if kind.lead_agency is None:
        rule = "no_duty"
    else:
        values["agency"] = kind.lead_agency
        rule = "duty_list" if found else "no_station"
    if found is not None:
        values["proposed"] = found.id
    if named is not None:
        values["named"] = named
    others = [one for one in stations_of_subdistrict(subdistrict) if found is None or one.id != found.id]
    own = [one for one in others if one.agency_id == kind.lead_agency]
    helping = [nearest_station(agency, path) for agency in kind.assisting_agencies]
    passed = [
        *(Passed("station", one.id, "serves_larger" if path.startswith(one.path) else "serves_elsewhere") for one in own),
        *(Passed("station", one.id, "assists") for one in helping if one is not None and (found is None or one.id != found.id)),
    ]
    return Lead(found, Finding("station", rule, values, passed[:MOST_PASSED]))


def by_clock(case: Case, move: str, level: int = 0) -> Finding:
    """Which window of the flow made the worker move a case, and the moments it compared. To be asked before the case is changed."""
    rules = flow_of(case.subdistrict_id)
    values: dict[str, Any] = {"flow": rules.version}
    passed: list[Passed] = []
    if move == "take_back":
        limit: Limit = rules.accept_limit(catalogue().standards[case.standard_id].limit)
        values |= {"minutes": limit.minutes, "kind": limit.kind.value, **_at(since=case.dispatched_at, until=case.accept_by)}
    elif move == "auto_close":
        values |= {"days": rules.close_days, **_at(since=case.answered_at, until=case.close_by)}
    elif move == "resume":
        values |= _at(until=case.resume_at)
    elif move == "remind":
        values |= _at(since=case.clock_from, until=case.amber_at, due=case.due_at)
    elif move == "escalate":
        hours = rules.escalate_hours
        values |= {
            "level": level,
            "hours": hours[level - 1],
            **_at(due=case.due_at, until=case.due_at + rules.escalate_after[level - 1]),
        }
        passed = [Passed("level", n, f"after_{hours[n - 1]}_hours") for n in range(level + 1, len(hours) + 1)]
    return Finding("clock", move, values, passed)


def _at(**moments: datetime | None) -> dict[str, str]:
    return {name: at.isoformat() for name, at in moments.items() if at is not None and at != NEVER}
