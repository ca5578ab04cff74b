"""What the files area has the worker do (定时任务)."""

from datetime import datetime, timedelta

from shequtong.core.jobs import Job
from shequtong.files.usecases import drop_old_originals, sweep_orphans


def _sweep(now: datetime) -> int:
    return sweep_orphans(now=now)


def _drop(now: datetime) -> int:
    return drop_old_originals(now=now)


JOBS = (
    Job("files.sweep_orphans", timedelta(minutes=10), _sweep),
    Job("files.drop_old_originals", timedelta(hours=1), _drop),
)
