"""What is judged on a page (评判依据): the result in words, photos before and after, the answer; so that nobody passes what they have not seen."""

from typing import Any

from shequtong.cases.models import Answer, Case, Step
from shequtong.cases.photos import BEFORE
from shequtong.cases.sheets import photos_of
from shequtong.cases.usecases.turns import needs_answer
from shequtong.core.actors import Actor

ABOVE = "cases/desk/moves/_judged.html"


def what_was_done(case: Case, _actor: Actor) -> dict[str, Any]:
    """For who verifies or reviews. Two statements."""
    blobs = photos_of(case)
    return {
        "sheet": {name: [blob for blob in blobs if blob.label == name] for name in ("before", "after")},
        "handled": Step.objects.filter(case=case, move__in=("handle", "self_handle")).order_by("-number").first(),
    }


def what_was_told(case: Case, _actor: Actor) -> dict[str, Any]:
    """For who goes and looks: the photos that came with the report. One statement."""
    return {"found": [blob for blob in photos_of(case) if blob.label == BEFORE]}


def why_again(case: Case, _actor: Actor) -> dict[str, Any]:
    """For who handles once more: what was found not fixed, and its photos. Two statements, none for a case that was never sent back so."""
    step = Step.objects.filter(case=case, move="rework").order_by("-number").first() if case.rework_count else None
    if step is None or step.at < case.stage_since:  # of a round before
        return {}
    return {"reworked": step, "found": [blob for blob in photos_of(case) if blob.detail_id == step.pk]}


def what_is_closed(case: Case, actor: Actor) -> dict[str, Any]:
    """For who closes: the same, and what the reporter was answered. Three statements."""
    answers = Answer.objects.filter(case=case, state=Answer.State.SENT).order_by("-id")[:1] if needs_answer(case) else []
    return {**what_was_done(case, actor), "asks_answer": needs_answer(case), "answers": answers}
