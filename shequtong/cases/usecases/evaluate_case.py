"""Evaluate (评价): the reporter says whether it was solved and how satisfied they are."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Evaluation
from shequtong.cases.usecases._discretion import discreet
from shequtong.cases.usecases._order_facts import note_heard
from shequtong.cases.usecases.turns import LONGEST_NOTE, CannotMove, begin, finish
from shequtong.core.actors import Actor


class CannotEvaluate(CannotMove):
    """The evaluation is not complete."""


@transaction.atomic
def evaluate_case(*, number: str, solved: bool, score: int, by: Actor, now: datetime, comment: str = "") -> Evaluation:
    """Evaluate the latest closing, once; `score` is 1 (very dissatisfied) to 5. Raises Forbidden, CannotMove, CannotEvaluate."""
    turn = begin(number, "evaluate", by=by, now=now)
    case = turn.case
    words = discreet(case, comment.strip(), by)
    if score not in range(1, 6):
        raise CannotEvaluate(_("Please choose how satisfied you are."))
    if len(words) > LONGEST_NOTE:
        raise CannotEvaluate(_("The text is longer than %(most)d characters.") % {"most": LONGEST_NOTE})

    evaluation = Evaluation.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        round=case.reopen_count,
        solved=solved,
        score=score,
        comment=words,
        at=now,
    )
    turn.set(evaluated_at=now)
    note_heard(case, solved, score)
    finish(turn, note=words)
    return evaluation
