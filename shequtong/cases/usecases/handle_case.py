"""Handle (处置): the station says what was done, with an after-photo where the standard asks for one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.photos import AFTER
from shequtong.cases.usecases.pauses import end_question
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor


class CannotHandle(CannotMove):
    """What must come with the report of handling is missing."""


@transaction.atomic
def handle_case(*, number: str, result: str, by: Actor, now: datetime, photos: Sequence[int] = (), claim: str = "") -> Case:
    """Report a case as handled. `photos` are ids of blobs uploaded under `claim`. Raises Forbidden, CannotMove, CannotHandle."""
    turn = begin(number, "handle", by=by, now=now)
    note = required_note(turn, result)
    if turn.move.needs_after_photo and catalogue().standards[turn.case.standard_id].after_photo_required and not photos:
        raise CannotHandle(_("This class needs a photo taken after handling."))

    end_question(turn)
    turn.set(handled_at=now, first_handled_at=turn.case.first_handled_at or now, handled_account_id=by.account_id)
    finish(turn, note=note, photos=tuple(photos), claim=claim, photo_kind=AFTER)
    return turn.case
