"""Resume (恢复): the pause ends, by hand or by itself when its time is up, and the clock runs on."""

from datetime import datetime

from django.db import transaction

from shequtong.cases import routing
from shequtong.cases.models import Case
from shequtong.cases.usecases.pauses import end_pause, end_question
from shequtong.cases.usecases.turns import begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.core.clock import PauseReason


@transaction.atomic
def resume_case(*, number: str, by: Actor, now: datetime, note: str = "") -> Case:
    """End the pause. A question that waited is over; its link says so. Raises Forbidden, CannotMove."""
    turn = begin(number, "resume", by=by, now=now)
    words = required_note(turn, note)
    was = turn.case.paused
    why = routing.kept(routing.by_clock(turn.case, "resume")) if by.account_id is None else {}  # people say why themselves
    if was == PauseReason.REPORTER_ASKED:
        end_question(turn)
    else:
        end_pause(turn)
    finish(turn, note=words, details={"was": was, **why})
    return turn.case
