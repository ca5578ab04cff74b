"""Call off (撤销请求): the station that leads takes back what it asked of others, so that nobody who does not answer holds a case up for good."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases import permissions
from shequtong.cases.models import Asking, Assistance, Case, HandOver
from shequtong.cases.usecases.pauses import end_question
from shequtong.cases.usecases.turns import CannotMove, Turn, begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.core.clock import PauseReason

TIME, OFFER, TASK, QUESTION = (
    "time",
    "offer",
    "task",
    "question",
)  # a request for time, an offered hand-over, a sub-task, a question to the reporter


class CannotCallOff(CannotMove):
    """What is named is not open."""


@transaction.atomic
def call_off(*, number: str, what: str, reason: str, by: Actor, now: datetime, station_id: int | None = None) -> Case:
    """Call off the open request `what`; of sub-tasks that of `station_id`. Raises Forbidden, CannotMove, CannotCallOff.

    A hand-over is called off by who may offer one. Nothing counts as granted, refused or declined: the step says who called it off.
    """
    turn = begin(number, "call_off", by=by, now=now)
    note = required_note(turn, reason)
    end = _ENDS.get(what)
    if end is None:
        raise CannotCallOff(_("Please choose what to call off."))
    station = end(turn, note, station_id)
    finish(turn, note=note, told_station=station, details={"off": what})
    return turn.case


def _time(turn: Turn, note: str, _station: int | None) -> None:
    """One statement. Decided by nobody: it neither counts nor hinders the next request."""
    if not turn.case.asking:
        raise CannotCallOff(_("No request waits for a decision."))
    asked = Asking.objects.filter(case=turn.case, state=Asking.State.ASKED)
    asked.update(state=Asking.State.REFUSED, decided_at=turn.now, words=note)
    turn.set(asking="")


def _offer(turn: Turn, note: str, _station: int | None) -> int:
    """One statement."""
    offered: int | None = turn.case.offered_station_id
    if offered is None:
        raise CannotCallOff(_("No hand-over waits for an answer."))
    turn.by.require(permissions.HAND_OVER, turn.case)
    waiting = HandOver.objects.filter(case=turn.case, state=HandOver.State.OFFERED)
    waiting.update(state=HandOver.State.REFUSED, answered_at=turn.now, answered_by=turn.by.name, answer=note)
    turn.set(offered_station_id=None)
    return offered


def _task(turn: Turn, _note: str, station: int | None) -> int:
    """One statement. It keeps the state it had: asked or taken, and open no more."""
    asked = Assistance.objects.filter(case=turn.case, station=station, is_open=True)
    if station is None or not asked.update(is_open=False, answered_at=turn.now):
        raise CannotCallOff(_("No sub-task of this station is open."))
    turn.set(assisting_open=turn.case.assisting_open - 1)
    return station


def _question(turn: Turn, _note: str, _station: int | None) -> None:
    """The clock runs on from here. Up to four statements."""
    if turn.case.paused != PauseReason.REPORTER_ASKED:
        raise CannotCallOff(_("No question waits for an answer."))
    end_question(turn)


_ENDS: dict[str, Callable[[Turn, str, int | None], int | None]] = {TIME: _time, OFFER: _offer, TASK: _task, QUESTION: _question}
