"""Accept (签收): the station takes the case in hand; the clock that runs since dispatch goes on."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Case
from shequtong.cases.usecases.turns import begin, finish
from shequtong.core.actors import Actor


@transaction.atomic
def accept_case(*, number: str, by: Actor, now: datetime) -> Case:
    """Accept a dispatched case. Raises Forbidden, CannotMove."""
    turn = begin(number, "accept", by=by, now=now)
    turn.set(accepted_at=now)
    finish(turn)
    return turn.case
