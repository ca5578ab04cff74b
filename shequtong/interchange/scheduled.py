"""What interchange has the worker do (定时任务)."""

import os
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from shequtong.core.jobs import Job, Unfinished
from shequtong.interchange.posting import post
from shequtong.interchange.usecases import forget_changes, forget_deliveries, send_deliveries
from shequtong.interchange.usecases.send_deliveries import OF_ONE

_ME = f"{os.getpid()}-{secrets.token_hex(8)}"


def send(now: datetime) -> int:
    """Post a handful of what is due to other systems. The time of each claim is taken anew."""
    sent = send_deliveries(post=post, worker=_ME, clock=timezone.now)
    return Unfinished(sent) if sent >= OF_ONE else sent  # somebody's hand was full: there may be more


def forget(now: datetime) -> int:
    """Old deliveries go."""
    return forget_deliveries(now=now)


def forget_told(now: datetime) -> int:
    """What tables of people changed, and why rows were refused, is told no more."""
    return forget_changes(now=now)


JOBS = (
    Job("interchange.send_deliveries", timedelta(seconds=1), send),
    Job("interchange.forget_deliveries", timedelta(hours=6), forget),
    Job("interchange.forget_changes", timedelta(hours=6), forget_told),
)
