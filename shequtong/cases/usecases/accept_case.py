"""Accept (签收): the station takes the case in hand; the clock that runs since dispatch goes on."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import NEVER, Case
from shequtong.cases.usecases._order_facts import note_accepted
from shequtong.cases.usecases.turns import begin, finish
from shequtong.core.actors import Actor


@transaction.atomic
def accept_case(*, number: str, by: Actor, now: datetime) -> Case:
    """Accept a dispatched case; who accepts has it, until the station assigns it to another. Raises Forbidden, CannotMove."""
    turn = begin(number, "accept", by=by, now=now)
    turn.set(accepted_at=now, accept_by=NEVER)
    if turn.case.assignee_account_id is None and by.account_id is not None:
        turn.set(assignee_account_id=by.account_id, assignee_name=by.name)
    note_accepted(turn.case, now)
    finish(turn)
    return turn.case
