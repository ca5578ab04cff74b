"""Take back (收回): nobody accepted a dispatch in time; the worker puts the case before the dispatcher again."""

from datetime import datetime

from django.db import transaction

from shequtong.cases import routing
from shequtong.cases.models import Case
from shequtong.cases.usecases.send_back_case import leave_station
from shequtong.cases.usecases.turns import begin, finish
from shequtong.core.actors import Actor


@transaction.atomic
def take_back_case(*, number: str, by: Actor, now: datetime) -> Case:
    """Take an unaccepted dispatch back; the station that let it lie is named by the step. Raises Forbidden, CannotMove."""
    turn = begin(number, "take_back", by=by, now=now)
    let_lie = turn.case.lead_station_id
    why = routing.by_clock(turn.case, "take_back")
    leave_station(turn)
    turn.set(decided=False)  # what the director decided came to nothing: whoever is named next may send it back
    finish(turn, details={"station": let_lie, **routing.kept(why)})
    return turn.case
