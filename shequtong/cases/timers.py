"""What time does to a case (定时流转): which moves wait for which moment, and in what order when two fall on the same second.

Pure: `pending` reads columns of a case and the rules of its place. The worker fires the first, then asks again.
The order of one second: a pause ends first (it changes the others), then an unaccepted dispatch is taken back, then an answered case
closes; only then is anybody reminded or is a late case escalated, level by level.
"""

from dataclasses import dataclass
from datetime import datetime

from shequtong.cases.flow import Rules
from shequtong.cases.models.case import NEVER, Case
from shequtong.cases.workflow.stages import OPEN_STAGES, Stage

RESUME, TAKE_BACK, AUTO_CLOSE, REMIND, ESCALATE = "resume", "take_back", "auto_close", "remind", "escalate"
_RANK = {RESUME: 0, TAKE_BACK: 1, AUTO_CLOSE: 2, REMIND: 3, ESCALATE: 4}
REMINDED = 1  # `warned` of a case that was reminded; level n is n more


@dataclass(frozen=True, order=True)
class Wake:
    """One thing to do at a moment; sorted, the first comes first."""

    at: datetime
    rank: int
    move: str
    level: int = 0  # of an escalation


def pending(case: Case, rules: Rules) -> list[Wake]:
    """All that waits for a moment, the first first. A paused case waits for nothing but its resumption."""
    if not _is_open(case) or case.is_history:
        return []
    if case.paused:
        return [_wake(case.resume_at, RESUME)]
    found = []
    if case.stage == Stage.DISPATCHED and case.accept_by != NEVER:
        found.append(_wake(case.accept_by, TAKE_BACK))
    # A draft that waits for approval is answered first; what is sent then starts the window anew.
    if case.stage == Stage.CLOSING and case.close_by != NEVER and not case.answer_waits:
        found.append(_wake(case.close_by, AUTO_CLOSE))
    if case.due_at != NEVER:
        if case.warned < REMINDED:
            found.append(_wake(case.amber_at, REMIND))
        for level, after in enumerate(rules.escalate_after, start=1):
            if case.warned < REMINDED + level:
                found.append(_wake(case.due_at + after, ESCALATE, level))
                break
    return sorted(found)


def wake_at(case: Case, rules: Rules) -> datetime:
    """When the worker has to look at the case next; NEVER when nothing waits."""
    found = pending(case, rules)
    return found[0].at if found else NEVER


def _is_open(case: Case) -> bool:
    return Stage(case.stage) in OPEN_STAGES


def _wake(at: datetime, move: str, level: int = 0) -> Wake:
    return Wake(at, _RANK[move], move, level)
