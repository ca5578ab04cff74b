"""Call back (回访): ask the reporter by telephone whether it was solved; what they say counts as an evaluation of the closing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import CallBack, Case, Evaluation
from shequtong.cases.usecases._order_facts import note_heard, note_responded
from shequtong.cases.usecases.reopen_case import reopen_case
from shequtong.cases.usecases.turns import LONGEST_NOTE, CannotMove, Turn, as_seen, begin, finish, standing
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor


class CannotCallBack(CannotMove):
    """What was heard does not fit together."""


@transaction.atomic
def call_back(
    *,
    number: str,
    reached: bool,
    by: Actor,
    now: datetime,
    solved: bool | None = None,
    score: int | None = None,
    words: str = "",
    reopen: bool = False,
) -> CallBack:
    """Note a call. Reached after closing, solved and score are the evaluation, unless one is there; `reopen` what is not solved.

    Raises Forbidden, CannotMove.
    """
    turn = begin(number, "call_back", by=by, now=now)
    case, note = turn.case, words.strip()
    _refuse_unfitting(case, reached, solved, score, note)
    called = CallBack.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        round=case.reopen_count,
        at=now,
        reached=reached,
        solved=solved,
        score=score,
        words=note,
        account_id=by.account_id,
        actor=by.name,
    )
    _evaluate(turn, called)
    if reached:
        note_responded(case, now)
        note_heard(case, solved, score)
    details = {"reached": reached, "solved": solved, "score": score}
    finish(turn, note=note, details={**details, "reopens": True} if reopen else details)
    if reopen:
        with as_seen(None):
            reopen_case(number=number, reason=note, by=by, now=now)
    return called


def _refuse_unfitting(case: Case, reached: bool, solved: bool | None, score: int | None, note: str) -> None:
    if case.reporter is not None and case.reporter.contact_removed_at is not None:
        raise CannotCallBack(_("The reporter's telephone was removed; nobody can be called."))
    if score is not None and score not in range(1, 6):
        raise CannotCallBack(_("Please choose how satisfied the reporter is."))
    if not reached and (solved is not None or score is not None):
        raise CannotCallBack(_("Nobody was reached; leave solved and satisfied empty."))
    if len(note) > LONGEST_NOTE:
        raise CannotCallBack(_("The text is longer than %(most)d characters.") % {"most": LONGEST_NOTE})


def _evaluate(turn: Turn, called: CallBack) -> None:
    case = turn.case
    if case.stage != Stage.CLOSED or called.solved is None or called.score is None or standing(case).evaluated:
        return
    Evaluation.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        round=case.reopen_count,
        solved=called.solved,
        score=called.score,
        comment=called.words,
        at=turn.now,
    )
    turn.set(evaluated_at=turn.now)
