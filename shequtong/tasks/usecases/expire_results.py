"""Expire results (结果到期): a file that was made for somebody is given up after its days; the row stays and says that there was one."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import SystemActor
from shequtong.core.places import places
from shequtong.files.usecases import release_files
from shequtong.tasks.models import Task


def expire_results(*, now: datetime, limit: int = 200) -> int:
    """Let go of results past their date; how many. The sweeper of files deletes the bytes within minutes."""
    everywhere = [place.number for place in places()]
    found = Task.objects.within(*everywhere).filter(file_expires_at__lte=now).order_by("file_expires_at", "id")[:limit]
    return sum(_expire(task, now) for task in found)


@transaction.atomic
def _expire(task: Task, now: datetime) -> int:
    gone = Task.objects.filter(pk=task.pk, file_expires_at=task.file_expires_at).update(file_expires_at=None)
    if gone:
        system = SystemActor("tasks", home=task.subdistrict_id)
        release_files(owner=task, by=system, now=now)
        log.record("tasks.expired", task, by=system, at=now, kind=task.kind)
    return gone
