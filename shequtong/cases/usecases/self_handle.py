"""Settle on the spot (自行处置): staff found it and settled it; somebody else reviews it from the photos."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Case
from shequtong.cases.usecases.open_case import CannotOpen, NewCase, open_case
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.cases.usecases.verify_case import refuse_own_work
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor


class CannotReview(CannotMove):
    """A review that refuses says why."""


@transaction.atomic
def self_handle(*, new: NewCase, done: str, after: tuple[int, ...], by: Actor, now: datetime) -> Case:
    """Take in and settle in one: `new` with its photos before, `done` in words and `after` photos. Raises CannotOpen, Forbidden."""
    if not after:
        raise CannotOpen(_("Please take a photo of the place after you settled it."))
    if len(done.strip()) < 2:
        raise CannotOpen(_("Please say what you did."))
    return open_case(new=replace(new, channel=Case.Channel.STAFF, settled=done.strip(), after=after), by=by, now=now)


@transaction.atomic
def review_self_handled(*, number: str, valid: bool, by: Actor, now: datetime, words: str = "") -> Case:
    """Valid closes the case, not valid voids it with the reason. Raises Forbidden, CannotMove, CannotVerify."""
    turn = begin(number, "review", by=by, now=now)
    refuse_own_work(turn)
    note = required_note(turn, words)
    if not valid and len(note) < 2:
        raise CannotReview(_("Please say why; the others will read it."))
    if valid:
        turn.set(verified_at=now, closed_at=now, first_closed_at=now)
    finish(turn, note=note, to=Stage.CLOSED if valid else Stage.VOIDED, details={"valid": valid})
    return turn.case
