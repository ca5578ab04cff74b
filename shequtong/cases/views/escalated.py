"""What a level above reads of a case that was escalated to it (升级后的知情): the matter, so that it can urge; never who told it.

Everybody else who sees the header alone sees no more than that (decision 0017).
"""

from typing import Any

from django.utils.translation import pgettext

from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.hotline.secrecy import without_caller
from shequtong.cases.models import Case, Step
from shequtong.cases.shown import move_name, stage_badge
from shequtong.cases.steps_shown import steps_told
from shequtong.cases.usecases.urge_case import level_of
from shequtong.cases.views.offered import may_move
from shequtong.cases.views.side_matters import SideMatters, side_matters
from shequtong.cases.workflow import MOVES


def seen_from_afar(request: ActorRequest, case: Case) -> dict[str, Any]:
    """For who urges and sees the header alone (the district): the button, its own urgings with their replies, and the matter of what was
    escalated to it. The case has its reporter loaded. Up to one statement."""
    if not request.actor.reach(permissions.URGE).covers(case.reach_facts()):
        return {}
    steps = list(Step.objects.filter(case=case).order_by("number")) if case.urge_count else []
    own = level_of(request.actor)
    return {
        "may_urge": may_move(request, case, "urge"),
        "side": SideMatters(urgings=[one for one in side_matters(steps).urgings if one.level == own]),
        **(_matter(case, steps) if _escalated(steps, own) and not case.confidential else {}),
    }


def _escalated(steps: list[Step], level: int) -> bool:
    """Whether time itself brought the case to this level: nobody opens it to themselves by urging."""
    return any(step.move == "escalate" and step.details.get("level") == level for step in steps)


def _matter(case: Case, steps: list[Step]) -> dict[str, Any]:
    """What was told and what was done: without the caller's name, how they are addressed, and any long number."""
    name = case.reporter.name.reveal() if case.reporter and case.reporter.name else ""
    phone = case.reporter.phone.reveal() if case.reporter and case.reporter.phone else ""

    def plain(words: str) -> str:
        return without_caller(words, name, phone)

    told = steps_told(steps, hidden=True)
    return {
        "matter": {"text": plain(case.text), "address": plain(case.address)},
        "steps": [
            _step(step, [plain(line) for line in lines], plain) for step, lines in reversed(list(zip(steps, told, strict=True)))
        ],
    }


def _step(step: Step, lines: list[str], plain: Any) -> dict[str, Any]:
    """One step: of the office who made it and in which words, of the clock its name, of a reporter neither."""
    by_clock = MOVES[step.move].permission == permissions.RUN_CLOCK
    return {
        "step": step,
        "name": pgettext("case move", "Reported") if step.move == "intake" and not step.post else move_name(step.move),
        "actor": step.actor if step.post or by_clock else "",
        "look": stage_badge(step.to_stage),
        "told": lines,
        "note": plain(step.note) if step.post else "",
    }
