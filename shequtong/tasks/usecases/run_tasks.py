"""Take turns at tasks (执行任务): claim one by conditional update, let its kind work, write what came of it. Run by workers, any number.

A dead worker's claim ends after LEASE and the next one takes the task over. A kind that fails is tried again twice; one that refuses is not.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import SystemActor
from shequtong.core.jobs import kind_and_place
from shequtong.core.places import place, places
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.files.usecases import attach_files, store_document
from shequtong.tasks.kinds import Kind, NewFile, Outcome, kinds, rebuild_actor
from shequtong.tasks.models import Task
from shequtong.tasks.usecases.running import LEASE, CalledOff, TaskRun, TurnLost, TurnOver

logger = logging.getLogger(__name__)
SLICE = 15.0  # seconds of one turn at a resumable task
WAITS = (timedelta(seconds=10), timedelta(minutes=1))  # before it is tried again; after the last it has failed
RESULT_LASTS = timedelta(days=7)
RESULT = "result"  # label of the blob
State = Task.State


def run_tasks(*, worker: str, clock: Callable[[], datetime], slice_seconds: float = SLICE) -> int:
    """Take one turn at the task of any place that has waited longest; 1 when there was one, 0 when there is nothing to do.

    `worker` names this process (at most 40 characters, never used by another).
    """
    everywhere = [found.number for found in places()]
    for task in Task.objects.within(*everywhere).due(clock()).order_by("due_at", "id")[:5]:
        if _claim(task, worker, clock()):
            _turn(task, clock, slice_seconds)
            return 1
    return 0


def _claim(task: Task, worker: str, now: datetime) -> bool:
    """Take the task if nobody has touched it since it was read; `task` then knows of the claim. One left RUNNING broke off."""
    broke_off = task.attempts + (task.state == State.RUNNING)
    with transaction.atomic():
        won = Task.objects.filter(pk=task.pk, state=task.state, turn=task.turn).update(
            state=State.RUNNING,
            claimed_by=worker,
            due_at=now + LEASE,
            turn=task.turn + 1,
            attempts=broke_off,
            started_at=task.started_at or now,
        )
    task.state, task.turn, task.attempts = State.RUNNING, task.turn + 1, broke_off
    return bool(won)


def _turn(task: Task, clock: Callable[[], datetime], slice_seconds: float) -> None:
    kind, zone = kinds().get(task.kind), place(task.subdistrict_id).zone
    with translation.override(task.language), timezone.override(zone), TemporaryDirectory(prefix="task-") as folder:
        if task.cancel_asked_at is not None:
            _end(task, State.CANCELLED, clock())
        elif task.attempts > len(WAITS):
            _fail(task, clock(), broken_off(task))
        elif kind is None:
            _fail(task, clock(), _("This version of the platform does not know this kind of task."))
        else:
            _work(task, kind, Path(folder), clock, time.monotonic() + slice_seconds)


def _work(task: Task, kind: Kind, folder: Path, clock: Callable[[], datetime], ends: float) -> None:
    try:
        actor = rebuild_actor()(task, clock())
        if actor is None:
            raise Forbidden("tasks.run", task.kind)
        run = TaskRun(task, actor=actor, folder=folder, clock=clock, ends=ends, resumable=kind.resumable)
        _succeed(task, kind.run(run), clock)
    except TurnOver:
        _change(task, state=State.QUEUED, due_at=clock(), claimed_by="")
    except CalledOff:
        _end(task, State.CANCELLED, clock())
    except TurnLost:
        logger.warning("task %s (%s) was taken over by another worker while this one was at it", task.number, task.kind)
    except Refusal as refusal:
        _fail(task, clock(), str(refusal))
    except Forbidden:
        _fail(task, clock(), _("The right or the post it was asked with has ended."))
    except Exception as error:
        logger.error("task %s (%s) failed, try %d: %s", task.number, task.kind, task.attempts + 1, kind_and_place(error))
        _try_later(task, clock())


def _succeed(task: Task, outcome: Outcome, clock: Callable[[], datetime]) -> None:
    """The bytes first, attached in the transaction that says it is done: a worker that dies between leaves an orphan, which is swept."""
    made, system = outcome.file, _system(task)
    blob = None
    if made is not None:
        blob = store_document(content=made.content, subdistrict_id=task.subdistrict_id, by=system, now=clock())
    now = clock()
    with transaction.atomic():
        if not _end(task, State.DONE, now, summary=outcome.summary[:300], link=outcome.link[:200], **_file(made, now)):
            raise TurnLost
        if made is not None and blob is not None:
            attach_files(ids=[blob.pk], claim=blob.claim, owner=task, by=system, now=now, label=RESULT)
            Task.objects.filter(pk=task.pk).update(file_size=blob.size)


def _file(made: NewFile | None, now: datetime) -> dict[str, object]:
    if made is None:
        return {}
    return {"file_name": made.name[-120:], "file_type": made.content_type, "file_expires_at": now + RESULT_LASTS}


def _try_later(task: Task, now: datetime) -> None:
    if task.attempts >= len(WAITS):
        _fail(task, now, broken_off(task))
    else:
        _change(task, state=State.QUEUED, due_at=now + WAITS[task.attempts], attempts=task.attempts + 1, claimed_by="")


def broken_off(task: Task) -> str:
    """What is said of a task that cannot be brought to its end; the log has the rest under the same number."""
    return _("It broke off each time it was tried. Please give the administrator this number: %(number)s.") % {
        "number": task.number
    }


def _fail(task: Task, now: datetime, why: str) -> None:
    _end(task, State.FAILED, now, error=why[:300])


@transaction.atomic
def _end(task: Task, state: str, now: datetime, **changes: object) -> bool:
    """Nothing is left to do; False when another worker has taken the task over."""
    won = _change(
        task, state=state, due_at=None, finished_at=now, claimed_by="", done=task.done, total=task.total, cursor=None, **changes
    )
    if won:
        log.record(f"tasks.{state}", task, by=_system(task), at=now, kind=task.kind)
    return won


def _change(task: Task, **changes: object) -> bool:
    """One conditional update: it takes effect only while the turn is ours, since every claim raises `turn`."""
    with transaction.atomic():
        return bool(Task.objects.filter(pk=task.pk, state=State.RUNNING, turn=task.turn).update(**changes))


def _system(task: Task) -> SystemActor:
    return SystemActor("tasks", home=task.subdistrict_id)
