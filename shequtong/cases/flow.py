"""The flow of a place as values (流程配置): what is skipped, what must come with it, how long is waited. Rows of `Flow`, held in memory.

How it is written down stands in flow_document.py, who does what in access: `functions` are rows there.

`DEFAULT` holds where nothing was published; each field says what it means and where it comes from.
"""

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from shequtong.cases.flow_document import approvers_of
from shequtong.cases.models import Flow
from shequtong.core.clock import ClockKind, Limit
from shequtong.core.held import Held

REVISION = "cases.flow"


@dataclass(frozen=True)
class Rules:
    """Windows in the units of their names. Durations in days are calendar days."""

    # 核实 is skipped for what these channels bring; a standard must ask for it in the first place (`confirm_required`)
    confirm_skips: tuple[str, ...] = ("window", "phone", "staff", "hotline")
    # reports without a phone or a sign-in: "queue" (somebody looks first) or "refuse"
    anonymous: str = "queue"
    accept_minutes: int = 240  # 签收 within four office hours, else the dispatch is taken back
    accept_minutes_urgent: int = 30  # of a standard in urgent hours, day and night
    reopen_days: int = 15  # the reporter may reopen
    close_days: int = 7  # an answered case closes by itself when nobody did
    ask_days: int = 3  # the reporter has to answer a question; then the clock runs on
    escalate_hours: tuple[int, int, int] = (0, 24, 72)  # after the due time: to levels 1, 2, 3
    extend_most: int = 2  # standards.md 1.4: at most two approvals
    suspend_most: int = 1  # standards.md 1.4: once
    suspend_days: int = 365  # standards.md 1.4: an end date within a year
    send_backs_to_director: int = 2  # after so many the director decides
    near_metres: int = 50  # duplicates (peers.md 3.2)
    near_days: int = 3  # measured on a city's own marks: docs/operations/duplicates.md
    unmerge_days: int = 30
    evidence: tuple[str, ...] = ()  # moves that must come with a photo whatever the standard says
    off: tuple[str, ...] = ()  # moves that are not used here: never offered, and refused
    short: tuple[str, ...] = ()  # short ways in use (short_ways.py)
    extend_approvers: tuple[str, ...] = ()  # roles; none named: whoever grants time
    suspend_approvers: tuple[str, ...] = ()
    version: int = 0  # of the published flow; 0: nothing was published

    @property
    def escalate_after(self) -> tuple[timedelta, ...]:
        """Since the due time, by level."""
        return tuple(timedelta(hours=hours) for hours in self.escalate_hours)

    def approvers(self, kind: str) -> tuple[str, ...]:
        """Roles that decide a request of this kind (extend, suspend); none named: whoever grants time."""
        return {"extend": self.extend_approvers, "suspend": self.suspend_approvers}.get(kind, ())

    def accept_limit(self, handling: Limit) -> Limit:
        """How long a station may leave a dispatch unanswered."""
        if handling.kind.continuous and not handling.kind.in_days:
            return Limit.of_minutes(self.accept_minutes_urgent, ClockKind.URGENT_HOURS)
        return Limit.of_minutes(self.accept_minutes, ClockKind.WORK_HOURS)


DEFAULT = Rules()
_KNOWN = {field.name for field in fields(Rules)} - {"version"}
_LISTS = {field.name for field in fields(Rules) if str(field.type).startswith("tuple")}


def rules_of(data: dict[str, Any]) -> Rules:
    """Rules from a document; what it does not name keeps its default. Fields may also stand in it by their own names."""
    approvers = approvers_of(data)
    told: dict[str, Any] = {
        **{name: value for name, value in data.items() if name in _KNOWN},
        **data.get("windows", {}),
        **{f"{kind}_approvers": roles for kind, roles in approvers.items() if f"{kind}_approvers" in _KNOWN},
    }
    if "confirm" in data.get("skips", {}):
        told["confirm_skips"] = data["skips"]["confirm"]
    values: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in told.items()}
    return Rules(**values)


def _load() -> dict[int, Rules]:
    return {
        row.subdistrict_id: replace(rules_of(row.rules), version=row.version)
        for row in Flow.objects.order_by("subdistrict", "version")
    }


_FLOWS = Held(REVISION, _load)


def flow_of(subdistrict_id: int) -> Rules:
    """The rules in force in a subdistrict. No statement."""
    return _FLOWS().get(subdistrict_id, DEFAULT)
