"""Send back (回退): the station returns the case to the dispatcher with its reason; no step is erased."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Case
from shequtong.cases.usecases.turns import begin, finish, required_note
from shequtong.core.actors import Actor


@transaction.atomic
def send_back_case(*, number: str, reason: str, by: Actor, now: datetime) -> Case:
    """Return the case to dispatch; the station keeps sight of it but no longer has it. Raises Forbidden, CannotMove."""
    turn = begin(number, "send_back", by=by, now=now)
    note = required_note(turn, reason)
    turn.set(lead_station_id=None, send_back_count=turn.case.send_back_count + 1)
    finish(turn, note=note)
    return turn.case
