"""Add to a report, or withdraw it (补充、撤回): the reporter's own moves while it is open."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from shequtong.cases.flow import flow_of
from shequtong.cases.models import NEVER, Case
from shequtong.cases.photos import BEFORE
from shequtong.cases.usecases.pauses import drop_pause
from shequtong.cases.usecases.turns import begin, finish, required_note
from shequtong.cases.workflow import EARLY_STAGES, Stage
from shequtong.core.actors import Actor


@transaction.atomic
def add_to_case(*, number: str, words: str, by: Actor, now: datetime, photos: Sequence[int] = (), claim: str = "") -> Case:
    """Add words and photos; who has the case is told. Raises Forbidden, CannotMove."""
    turn = begin(number, "add", by=by, now=now)
    finish(turn, note=required_note(turn, words), photos=tuple(photos), claim=claim, photo_kind=BEFORE)
    return turn.case


@transaction.atomic
def withdraw_case(*, number: str, reason: str, by: Actor, now: datetime) -> Case:
    """Withdraw: before 立案 it ends; later the case goes on without its reporter, who is not answered any more. Raises as above."""
    turn = begin(number, "withdraw", by=by, now=now)
    note = required_note(turn, reason)
    turn.set(withdrawn_at=now)
    early = Stage(turn.case.stage) in EARLY_STAGES
    if early:
        drop_pause(turn)
    elif turn.case.stage == Stage.CLOSING and turn.case.close_by == NEVER:
        # Nobody waits for an answer any more, so none will start the window.
        turn.set(close_by=now + timedelta(days=flow_of(turn.case.subdistrict_id).close_days))
    finish(turn, note=note, to=Stage.WITHDRAWN if early else None)
    return turn.case
