"""How a turn at a task ends (收尾): done, to be tried again, failed in words, called off; only the holder of the turn may write."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import SystemActor
from shequtong.files.usecases import attach_files, store_document
from shequtong.tasks.kinds import NewFile, Outcome
from shequtong.tasks.models import Task
from shequtong.tasks.usecases.running import TurnLost

WAITS = (timedelta(seconds=10), timedelta(minutes=1))  # before it is tried again; after the last it has failed
RESULT_LASTS = timedelta(days=7)
RESULT = "result"  # label of the blob
State = Task.State


def succeed(task: Task, outcome: Outcome, clock: Callable[[], datetime]) -> None:
    """It is done. The bytes first, attached in the transaction that says it is done: a worker that dies between leaves an orphan, which is swept."""
    made, system = outcome.file, _system(task)
    blob = None
    if made is not None:
        blob = store_document(content=made.content, subdistrict_id=task.subdistrict_id, by=system, now=clock())
    now = clock()
    with transaction.atomic():
        if not end(
            task,
            State.DONE,
            now,
            summary=outcome.summary[:300],
            link=outcome.link[:200],
            left_out=outcome.left_out,
            **_file(made, now),
        ):
            raise TurnLost
        if made is not None and blob is not None:
            attach_files(ids=[blob.pk], claim=blob.claim, owner=task, by=system, now=now, label=RESULT)
            Task.objects.filter(pk=task.pk).update(file_size=blob.size)


def _file(made: NewFile | None, now: datetime) -> dict[str, object]:
    if made is None:
        return {}
    return {"file_name": made.name[-120:], "file_type": made.content_type, "file_expires_at": now + RESULT_LASTS}


def try_later(task: Task, now: datetime) -> None:
    """It broke off: again after a while, or never."""
    if task.attempts >= len(WAITS):
        fail(task, now, broken_off(task))
    else:
        change(task, state=State.QUEUED, due_at=now + WAITS[task.attempts], attempts=task.attempts + 1, claimed_by="")


def broken_off(task: Task) -> str:
    """What is said of a task that cannot be brought to its end; the log has the rest under the same number."""
    return _("It broke off each time it was tried. Please give the administrator this number: %(number)s.") % {
        "number": task.number
    }


def fail(task: Task, now: datetime, why: str) -> None:
    """It will not be done; `why` is for who asked."""
    end(task, State.FAILED, now, error=why[:300])


@transaction.atomic
def end(task: Task, state: str, now: datetime, **changes: object) -> bool:
    """Nothing is left to do; False when another worker has taken the task over."""
    won = change(
        task, state=state, due_at=None, finished_at=now, claimed_by="", done=task.done, total=task.total, cursor=None, **changes
    )
    if won:
        log.record(f"tasks.{state}", task, by=_system(task), at=now, kind=task.kind)
    return won


def change(task: Task, **changes: object) -> bool:
    """One conditional update: it takes effect only while the turn is ours, since every claim raises `turn`."""
    with transaction.atomic():
        return bool(Task.objects.filter(pk=task.pk, state=State.RUNNING, turn=task.turn).update(**changes))


def _system(task: Task) -> SystemActor:
    return SystemActor("tasks", home=task.subdistrict_id)
