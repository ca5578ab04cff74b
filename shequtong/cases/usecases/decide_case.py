"""Decide (裁定): after a second sending back the director names the station that handles it; it may not send it back again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Case
from shequtong.cases.usecases.dispatch_case import CannotDispatch, give_to
from shequtong.cases.usecases.turns import begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.organizations.stations import directory


@transaction.atomic
def decide_case(*, number: str, to: int, reason: str, by: Actor, now: datetime) -> Case:
    """Dispatch to the station with id `to` by decision. Raises Forbidden, CannotMove, CannotDispatch."""
    turn = begin(number, "decide", by=by, now=now)
    found = directory().by_id.get(to)
    if found is None or found.ended or found.subdistrict != turn.case.subdistrict_id:
        raise CannotDispatch(_("This station does not serve the place of the case."))
    note = required_note(turn, reason)
    give_to(turn, found.id)
    turn.set(decided=True)
    finish(turn, note=note)
    return turn.case
