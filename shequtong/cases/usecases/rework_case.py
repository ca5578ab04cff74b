"""Rework (返工): verification found it not fixed; the same station handles it again, and the limit starts anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Case
from shequtong.cases.photos import BEFORE
from shequtong.cases.usecases.turns import begin, finish, required_note
from shequtong.cases.usecases.verify_case import refuse_own_work
from shequtong.core.actors import Actor


@transaction.atomic
def rework_case(*, number: str, reason: str, by: Actor, now: datetime, photos: Sequence[int] = (), claim: str = "") -> Case:
    """Send a case that is not fixed back to its station; rework is counted. Raises Forbidden, CannotMove, CannotVerify."""
    turn = begin(number, "rework", by=by, now=now)
    refuse_own_work(turn)
    note = required_note(turn, reason)
    turn.set(rework_count=turn.case.rework_count + 1)
    finish(turn, note=note, photos=tuple(photos), claim=claim, photo_kind=BEFORE)
    return turn.case
