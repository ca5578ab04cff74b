"""Fetch a result (下载结果): who asked for it gets the file, and each time is logged."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.files.models import Blob
from shequtong.tasks.models import Task


@transaction.atomic
def fetch_result(*, task_id: int, by: Actor, now: datetime) -> tuple[Task, Blob]:
    """The task and its stored file. Raises Forbidden when it is absent, another's, or its file has expired."""
    task = Task.objects.filter(pk=task_id).first()
    mine = task is not None and by.account_id is not None and task.account_id == by.account_id
    if task is None or not mine or task.file_expires_at is None or task.file_expires_at <= now:
        raise Forbidden("tasks.fetch", "tasks.Task", task_id)
    blob = Blob.objects.of(task).filter(state=Blob.State.STORED).first()
    if blob is None:
        raise Forbidden("tasks.fetch", "tasks.Task", task_id)
    log.record("tasks.fetched", task, by=by, at=now, kind=task.kind)
    return task, blob
