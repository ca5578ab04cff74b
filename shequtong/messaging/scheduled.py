"""What messaging has the worker do (定时任务)."""

import os
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from shequtong.core.jobs import Job
from shequtong.messaging.gateways import gateway
from shequtong.messaging.usecases import send_due_messages

_ME = f"{os.getpid()}-{secrets.token_hex(8)}"


def send_due(now: datetime) -> int:
    """Hand what is due to the gateway of the settings. The time of each claim is taken anew: a batch can be long."""
    return send_due_messages(gateway=gateway(), worker=_ME, clock=timezone.now)


JOBS = (Job("messaging.send_due", timedelta(seconds=1), send_due),)
