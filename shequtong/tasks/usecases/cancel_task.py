"""Call a task off (取消任务): one that waits ends at once, a running one at its next breath."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.tasks.models import Task


@transaction.atomic
def cancel_task(*, task_id: int, by: Actor, now: datetime) -> Task:
    """Only who asked may; what is over stays as it is. Raises Forbidden for a task that is absent or another's."""
    task = Task.objects.filter(pk=task_id).select_for_update(of=("self",)).first()
    if task is None or by.account_id is None or task.account_id != by.account_id:
        raise Forbidden("tasks.cancel", "tasks.Task", task_id)
    if not task.is_open or task.cancel_asked_at is not None:
        return task
    task.cancel_asked_at = now
    if task.state == Task.State.QUEUED:
        task.state, task.due_at, task.finished_at = Task.State.CANCELLED, None, now
    task.save(update_fields=["cancel_asked_at", "state", "due_at", "finished_at"])
    log.record("tasks.cancelled", task, by=by, at=now, kind=task.kind)
    return task
