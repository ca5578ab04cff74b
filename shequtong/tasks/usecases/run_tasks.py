"""Take turns at tasks (执行任务): claim one by conditional update, let its kind work, write what came of it. Run by workers, any number.

A dead worker's claim ends after LEASE and the next one takes the task over. A kind that fails is tried again twice; one that refuses is not.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shequtong.core.jobs import kind_and_place
from shequtong.core.places import place, places
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.tasks.kinds import Kind, kinds, rebuild_actor
from shequtong.tasks.models import Task
from shequtong.tasks.usecases.ending import WAITS, broken_off, change, end, fail, succeed, try_later
from shequtong.tasks.usecases.running import LEASE, CalledOff, TaskRun, TurnLost, TurnOver

logger = logging.getLogger(__name__)
SLICE = 15.0  # seconds of one turn at a resumable task
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
            end(task, State.CANCELLED, clock())
        elif task.attempts > len(WAITS):
            fail(task, clock(), broken_off(task))
        elif kind is None:
            fail(task, clock(), _("This version of the platform does not know this kind of task."))
        else:
            _work(task, kind, Path(folder), clock, time.monotonic() + slice_seconds)


def _work(task: Task, kind: Kind, folder: Path, clock: Callable[[], datetime], ends: float) -> None:
    try:
        actor = rebuild_actor()(task, clock())
        if actor is None:
            raise Forbidden("tasks.run", task.kind)
        run = TaskRun(task, actor=actor, folder=folder, clock=clock, ends=ends, resumable=kind.resumable)
        succeed(task, kind.run(run), clock)
    except TurnOver:
        change(task, state=State.QUEUED, due_at=clock(), claimed_by="")
    except CalledOff:
        end(task, State.CANCELLED, clock())
    except TurnLost:
        logger.warning("task %s (%s) was taken over by another worker while this one was at it", task.number, task.kind)
    except Refusal as refusal:
        fail(task, clock(), str(refusal))
    except Forbidden:
        fail(task, clock(), _("The right or the post it was asked with has ended."))
    except Exception as error:
        logger.error("task %s (%s) failed, try %d: %s", task.number, task.kind, task.attempts + 1, kind_and_place(error))
        try_later(task, clock())
