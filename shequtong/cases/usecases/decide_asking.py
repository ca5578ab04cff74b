"""Decide a request for time (批准或不批准): never by who asked; a refusal does not count (standards.md 1.4)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.access.actor import role_of
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Asking
from shequtong.cases.usecases.pauses import pause
from shequtong.cases.usecases.turns import CannotMove, Turn, begin, finish, repace, required_note
from shequtong.core.actors import Actor, same_hand
from shequtong.core.clock import PauseReason


class CannotDecideAsking(CannotMove):
    """Nobody decides what they asked for; a pause whose end has passed is none."""


@transaction.atomic
def grant_asking(*, number: str, by: Actor, now: datetime, note: str = "") -> Asking:
    """Grant: one more limit, or a pause from now until its end. Raises Forbidden, CannotMove, CannotDecideAsking."""
    turn = begin(number, "grant", by=by, now=now)
    asked, case = _asked(turn), turn.case
    words = required_note(turn, note)
    if asked.kind == Asking.Kind.EXTEND:
        turn.set(extend_count=case.extend_count + 1, clock_extensions=case.clock_extensions + 1, warned=0)
        repace(turn)
    else:
        assert asked.until is not None  # every suspension was asked for with its end
        if asked.until <= now:
            raise CannotDecideAsking(_("The end of the suspension has passed; refuse it."))
        turn.set(suspend_count=case.suspend_count + 1)
        pause(turn, PauseReason.SUSPENDED, asked.until, asked.reason)
    _decided(turn, asked, Asking.State.GRANTED, words)
    finish(turn, note=words, details={"asked": asked.kind})
    return asked


@transaction.atomic
def refuse_asking(*, number: str, reason: str, by: Actor, now: datetime) -> Asking:
    """Refuse, with a reason. Raises Forbidden, CannotMove, CannotDecideAsking."""
    turn = begin(number, "refuse", by=by, now=now)
    asked, words = _asked(turn), required_note(turn, reason)
    _decided(turn, asked, Asking.State.REFUSED, words)
    finish(turn, note=words, details={"asked": asked.kind})
    return asked


def _asked(turn: Turn) -> Asking:
    asked = Asking.objects.get(case=turn.case, state=Asking.State.ASKED)
    if same_hand(turn.by, asked.account_id, asked.asked_by):
        raise CannotDecideAsking(_("You asked for it; somebody else must decide."))
    if not _approves(turn.by, flow_of(turn.case.subdistrict_id).approvers(asked.kind)):
        raise CannotDecideAsking(_("This is for a higher post to decide, as the flow of this subdistrict says."))
    return asked


def _approves(by: Actor, roles: tuple[str, ...]) -> bool:
    """Whether the post is one of those that decide this kind; none are named where whoever grants time does."""
    role = role_of(by)
    return not roles or role is None or role in roles


def _decided(turn: Turn, asked: Asking, state: Asking.State, words: str) -> None:
    asked.state, asked.words = state, words
    asked.decided_at, asked.decided_account_id, asked.decided_by = turn.now, turn.by.account_id, turn.by.name
    asked.save(update_fields=["state", "words", "decided_at", "decided_account_id", "decided_by"])
    turn.set(asking="")
