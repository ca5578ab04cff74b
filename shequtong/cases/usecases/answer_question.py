"""Answer a question (反映人补充情况): by the link or signed in; the clock runs on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Case, Question
from shequtong.cases.photos import BEFORE
from shequtong.cases.usecases._discretion import discreet
from shequtong.cases.usecases.pauses import end_pause
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor


class CannotAnswerQuestion(CannotMove):
    """The question is over."""


@transaction.atomic
def answer_question(*, number: str, words: str, by: Actor, now: datetime, photos: Sequence[int] = (), claim: str = "") -> Case:
    """Answer the open question of a case. `by` is its reporter, or whoever holds the link. Raises Forbidden, CannotMove."""
    turn = begin(number, "answer_question", by=by, now=now)
    note = discreet(turn.case, required_note(turn, words), by)
    asked = Question.objects.filter(case=turn.case, ended_at__isnull=True)
    if not asked.update(answer=note, answered_at=now, ended_at=now):
        raise CannotAnswerQuestion(_("This question is over. You can still add to your report."))
    end_pause(turn)
    finish(turn, note=note, photos=tuple(photos), claim=claim, photo_kind=BEFORE)
    return turn.case
