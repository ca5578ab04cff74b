"""Confirm (核实): somebody went and looked whether what a resident told is there. It ends the waiting, whatever was found."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case
from shequtong.cases.photos import BEFORE
from shequtong.cases.usecases.turns import CannotMove, begin, finish, made_by_name, required_note
from shequtong.core.actors import Actor

FINDINGS = ("exists", "absent", "unclear")  # 存在、不存在、无法核实 (standards.md 1.4)


class CannotConfirm(CannotMove):
    """The finding is none, or the one who told it is the one who looks."""


@transaction.atomic
def confirm_case(
    *, number: str, finding: str, words: str, by: Actor, now: datetime, photos: Sequence[int] = (), claim: str = ""
) -> Case:
    """Say what was found on the spot; the acceptor decides what follows. Raises Forbidden, CannotMove, CannotConfirm."""
    turn = begin(number, "confirm", by=by, now=now)
    if finding not in FINDINGS:
        raise CannotConfirm(_("Please say what you found."))
    told = turn.case.reporter_account_id
    if by.account_id == told if by.account_id is not None else made_by_name(turn, "intake"):
        raise CannotConfirm(_("You reported this case; somebody else must confirm it."))
    if "confirm" in flow_of(turn.case.subdistrict_id).evidence and not photos:
        raise CannotConfirm(_("Please take a photo of what you found."))
    note = required_note(turn, words)
    turn.set(confirmed_at=now)
    finish(turn, note=note, photos=tuple(photos), claim=claim, photo_kind=BEFORE, details={"finding": finding})
    return turn.case
