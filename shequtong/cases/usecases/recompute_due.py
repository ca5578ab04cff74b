"""Compute due times anew (重算时限) after a calendar was changed: one batch of one run, by the rule that the moves use.

The run is locked for its batch, and cursor, cases and list of moves stand or fall together: two workers never do one batch twice, and
what a dead one had begun is taken up from the last batch that stands. No step is written, and what was late stays counted as late.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from shequtong.audit import log
from shequtong.cases import timers
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import NEVER, Assistance, Case, ClockMove, ClockPause, ClockRun
from shequtong.cases.places import calendar_at
from shequtong.cases.sla import running
from shequtong.cases.usecases.turns import reckoned
from shequtong.cases.workflow import STATION_STAGES, Stage
from shequtong.core.actors import Actor
from shequtong.core.clock import Pause, PauseReason
from shequtong.territory.calendar_users import calendar_id_at

BATCH = 500
# Processes see a changed calendar a second later (core.held); what they wrote until then is looked at too.
SETTLED = timedelta(seconds=3)
_LEASE = timedelta(minutes=2)
_COLUMNS = ("amber_at", "due_at", "promised_at", "wake_at")
OPEN_RUNS = (ClockRun.State.QUEUED, ClockRun.State.RUNNING)


@transaction.atomic
def recompute_due(*, subdistrict_id: int, worker: str, by: Actor, now: datetime, batch: int = BATCH) -> int:
    """Do one batch of the oldest run of this subdistrict that no other worker has in hand; how many cases were looked at, 0 when none waits."""
    waiting = ClockRun.objects.filter(subdistrict=subdistrict_id, state__in=OPEN_RUNS, asked_at__lte=now - SETTLED)
    run = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("asked_at", "id").first()
    if run is None:
        return 0
    open_cases = Case.objects.filter(subdistrict=subdistrict_id, is_open=True, id__gt=run.cursor)
    cases = list(open_cases.select_for_update(of=("self",)).order_by("id")[:batch])
    concerned = [one for one in cases if (calendar_id_at(one.place_path) or 0) == run.calendar_id]
    moves = [*_cases(run, concerned), *_assistances(run, concerned)]
    ClockMove.objects.bulk_create(moves)

    run.seen, run.moved = F("seen") + len(concerned), F("moved") + len({move.case_id for move in moves})
    run.cursor = cases[-1].pk if cases else run.cursor
    run.state, run.started_at = ClockRun.State.RUNNING, run.started_at or now
    run.claimed_by, run.claimed_until = worker[:60], now + _LEASE
    if len(cases) < batch:
        run.state, run.done_at, run.claimed_until = ClockRun.State.DONE, now, None
    run.save()
    log.record("cases.due_recomputed", run, by=by, at=now, calendar=run.calendar_id, seen=len(concerned), moved=len(moves))
    return max(len(cases), 1)


def _cases(run: ClockRun, cases: list[Case]) -> list[ClockMove]:
    """Write the times of the cases that moved; the list of them."""
    pauses, moves, moved = _pauses(run.subdistrict_id, cases), [], []
    for case in cases:
        old = (case.amber_at, case.due_at, case.promised_at)
        due = reckoned(case, Stage(case.stage), pauses.get(case.pk, []))
        new = (due.amber_at, due.due_at)
        case.amber_at, case.due_at = new
        case.promised_at = _promise(case)
        if old == (case.amber_at, case.due_at, case.promised_at):
            continue
        case.wake_at = timers.wake_at(case, flow_of(case.subdistrict_id))
        moved.append(case)
        if old[:2] != new:
            moves.append(_move(run, case.pk, old[:2], new))
        else:
            moves.append(_move(run, case.pk, (NEVER, old[2]), (NEVER, case.promised_at)))
    Case.objects.filter(subdistrict=run.subdistrict_id).bulk_update(moved, _COLUMNS)
    return moves


def _promise(case: Case) -> datetime:
    """What the reporter is told: the handling limit while it runs, before that its forecast; what was promised once stays."""
    if Stage(case.stage) in STATION_STAGES and case.clock_from is not None:
        return case.due_at
    if case.promised_at == NEVER or case.registered_at is None or case.dispatched_at is not None:
        return case.promised_at
    limit = catalogue().standards[case.standard_id].limit
    return running(limit, calendar_at(case.place_path), case.registered_at).due.due_at


def _assistances(run: ClockRun, cases: list[Case]) -> list[ClockMove]:
    """The same for open sub-tasks, whose limit is that of the standard from when they were asked."""
    by_id, moves, moved = {case.pk: case for case in cases if case.assisting_open}, [], []
    if not by_id:
        return []
    rows = Assistance.objects.filter(subdistrict=run.subdistrict_id, case__in=sorted(by_id), is_open=True)
    for asked in rows.select_for_update(of=("self",)).order_by("id"):
        case, old = by_id[asked.case_id], (asked.amber_at, asked.due_at)
        due = running(catalogue().standards[case.standard_id].limit, calendar_at(case.place_path), asked.asked_at).due
        new = (due.amber_at, due.due_at)
        if old != new:
            asked.amber_at, asked.due_at = new
            moved.append(asked)
            moves.append(_move(run, case.pk, old, new, asked.pk))
    Assistance.objects.filter(subdistrict=run.subdistrict_id).bulk_update(moved, ["amber_at", "due_at"])
    return moves


def _pauses(subdistrict_id: int, cases: list[Case]) -> dict[int, list[Pause]]:
    """Pauses of the running clocks, as `turns.clock_pauses` gives them for one case."""
    started = {case.pk: case.clock_from for case in cases if case.clock_pauses and case.clock_from}
    found: dict[int, list[Pause]] = {}
    if started:
        for row in ClockPause.objects.filter(subdistrict=subdistrict_id, case__in=sorted(started)).order_by("starts"):
            if row.starts >= started[row.case_id]:
                found.setdefault(row.case_id, []).append(Pause(row.starts, row.ends or row.planned_end, PauseReason(row.reason)))
    return found


def _move(
    run: ClockRun, case_id: int, old: tuple[datetime, datetime], new: tuple[datetime, datetime], assistance_id: int | None = None
) -> ClockMove:
    times = {"old_amber_at": old[0], "old_due_at": old[1], "new_amber_at": new[0], "new_due_at": new[1]}
    return ClockMove(subdistrict_id=run.subdistrict_id, run=run, case_id=case_id, assistance_id=assistance_id, **times)
