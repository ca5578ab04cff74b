"""What the project itself has the worker do (定时任务): count what waits."""

from datetime import timedelta

from shequtong.config.watch.queues import measure
from shequtong.core.jobs import Job

JOBS = (Job("config.measure", timedelta(seconds=30), measure),)
