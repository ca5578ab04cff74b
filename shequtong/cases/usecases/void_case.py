"""Void (作废): what was told is no case; it ends with its reason and is never deleted."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Case
from shequtong.cases.usecases.pauses import end_question
from shequtong.cases.usecases.turns import begin, finish, required_note
from shequtong.core.actors import Actor


@transaction.atomic
def void_case(*, number: str, reason: str, by: Actor, now: datetime) -> Case:
    """End a case that was not dispatched yet. The reporter is told the reason. Raises Forbidden, CannotMove."""
    turn = begin(number, "void", by=by, now=now)
    note = required_note(turn, reason)
    end_question(turn)
    finish(turn, note=note)
    return turn.case
