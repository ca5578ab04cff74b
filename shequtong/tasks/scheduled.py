"""What the tasks area has the worker do (定时任务)."""

import os
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from shequtong.core.jobs import Job
from shequtong.tasks.usecases import expire_results, run_tasks

_ME = f"{os.getpid()}-{secrets.token_hex(8)}"


def _run(now: datetime) -> int:
    """One turn at one task. The time is taken anew at each claim and note: a turn can be long."""
    return run_tasks(worker=_ME, clock=timezone.now)


def _expire(now: datetime) -> int:
    return expire_results(now=now)


JOBS = (
    Job("tasks.run", timedelta(seconds=1), _run, long=True),
    Job("tasks.expire_results", timedelta(hours=1), _expire),
)
