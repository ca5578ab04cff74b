"""Pauses of the clock (暂停与恢复计时), shared by the moves that make and end them."""

from datetime import datetime

from shequtong.cases.models import NEVER, ClockPause, Question
from shequtong.cases.usecases.turns import Turn, pauses_of, repace
from shequtong.core.clock import Pause, PauseReason


def pause(turn: Turn, reason: PauseReason, until: datetime, note: str) -> ClockPause:
    """The clock stands still from now until `until`; due times are reckoned with that end. Up to two statements."""
    case = turn.case
    known = pauses_of(turn)
    made = ClockPause.objects.create(
        subdistrict_id=case.subdistrict_id, case=case, reason=reason, starts=turn.now, planned_end=until, note=note
    )
    turn.pauses = [*known, Pause(turn.now, until, reason)]
    turn.set(paused=reason.value, resume_at=until, clock_pauses=case.clock_pauses + 1)
    repace(turn)
    return made


def end_pause(turn: Turn) -> None:
    """The pause that lasts ends now, and not later than planned, however late the worker comes. Two statements."""
    ended = ClockPause.objects.filter(case=turn.case, ends__isnull=True)
    ended.update(ends=min(turn.now, turn.case.resume_at))
    turn.pauses = None
    turn.set(paused="", resume_at=NEVER)
    repace(turn)


def end_question(turn: Turn) -> None:
    """A question to the reporter that still waits is over: whoever asked goes on without the answer. Up to four statements when one does."""
    if turn.case.paused != PauseReason.REPORTER_ASKED:
        return
    Question.objects.filter(case=turn.case, ended_at__isnull=True).update(ended_at=turn.now)
    end_pause(turn)


def drop_pause(turn: Turn) -> None:
    """The case ends while its clock stands still: pause and question are over with it. Two statements when it does."""
    if not turn.case.paused:
        return
    ClockPause.objects.filter(case=turn.case, ends__isnull=True).update(ends=min(turn.now, turn.case.resume_at))
    Question.objects.filter(case=turn.case, ended_at__isnull=True).update(ended_at=turn.now)
