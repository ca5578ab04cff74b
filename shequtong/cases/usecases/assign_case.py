"""Assign (指派): the station names who of its people has the case."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Case
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor


class CannotAssign(CannotMove):
    """The person is none of the station."""


@transaction.atomic
def assign_case(*, number: str, account_id: int, name: str, by: Actor, now: datetime, note: str = "") -> Case:
    """Name the person; the page offers those of the station, and flows checks them. Raises Forbidden, CannotMove."""
    turn = begin(number, "assign", by=by, now=now)
    before = turn.case.assignee_name
    turn.set(assignee_account_id=account_id, assignee_name=name)
    finish(turn, note=required_note(turn, note), details={"assignee": [before, name]})
    return turn.case
