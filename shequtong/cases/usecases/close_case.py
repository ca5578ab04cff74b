"""Close (结案): the condition of the standard is met and the reporter is answered."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import NEVER, Case
from shequtong.cases.usecases.turns import begin, finish, required_note
from shequtong.core.actors import Actor


@transaction.atomic
def close_case(*, number: str, by: Actor, now: datetime, note: str = "") -> Case:
    """Close a verified case. Raises Forbidden, CannotMove (also when a needed answer is missing)."""
    turn = begin(number, "close", by=by, now=now)
    turn.set(closed_at=now, first_closed_at=turn.case.first_closed_at or now, close_by=NEVER)
    finish(turn, note=required_note(turn, note))
    return turn.case
