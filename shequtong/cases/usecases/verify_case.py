"""Verify (核查): somebody other than the handler saw that it was fixed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case
from shequtong.cases.photos import AFTER
from shequtong.cases.usecases.turns import CannotMove, Turn, begin, finish, made_by_name, needs_answer, required_note
from shequtong.core.actors import Actor


class CannotVerify(CannotMove):
    """Nobody checks their own work."""


@transaction.atomic
def verify_case(*, number: str, by: Actor, now: datetime, note: str = "", photos: Sequence[int] = (), claim: str = "") -> Case:
    """Find the case fixed. Raises Forbidden, CannotMove; CannotVerify for whoever handled it."""
    turn = begin(number, "verify", by=by, now=now)
    refuse_own_work(turn)
    turn.set(verified_at=now)
    if not needs_answer(turn.case):
        turn.set(close_by=now + timedelta(days=flow_of(turn.case.subdistrict_id).close_days))
    finish(turn, note=required_note(turn, note), photos=tuple(photos), claim=claim, photo_kind=AFTER)
    return turn.case


def refuse_own_work(turn: Turn) -> None:
    """Whoever reported the case as handled may not judge it (回避). No statement: it stands on the case, read under its lock.

    Another system has no account and is known by its name: one statement.
    """
    by = turn.by
    own = (
        turn.case.handled_account_id == by.account_id
        if by.account_id is not None
        else made_by_name(turn, "handle", "self_handle")
    )
    if own:
        raise CannotVerify(_("You handled this case; somebody else must verify it."))
