"""Whose tasks lie where (我的任务): reads for the pages, each told in which places to look."""

from collections.abc import Sequence
from datetime import datetime

from shequtong.tasks.models import Task


def tasks_of(account_id: int, places: Sequence[int], before: tuple[datetime, int] | None, page: int) -> list[Task]:
    """Up to `page` tasks of an account in these places, newest first, after the one `before` names. One statement."""
    found = Task.objects.within(*places).asked_by(account_id).order_by("-asked_at", "-id")
    if before is not None:
        found = found.older_than(*before)
    return list(found[:page])
