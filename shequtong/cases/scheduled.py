"""What the worker does for cases (定时任务)."""

import os
import secrets
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import override, pgettext

from shequtong.cases.models import Case, ClockRun
from shequtong.cases.usecases.forget_presences import forget_presences
from shequtong.cases.usecases.recompute_due import OPEN_RUNS, SETTLED, recompute_due
from shequtong.cases.usecases.wake_cases import wake_cases
from shequtong.core.actors import SystemActor
from shequtong.core.jobs import Job
from shequtong.core.places import places

_ME = f"{os.getpid()}-{secrets.token_hex(8)}"
_CLOCK = SystemActor("Due times")


def _timer() -> SystemActor:
    """Who stands in the steps of what time did, in the installation's own language, as every post does."""
    with override(settings.LANGUAGE_CODE):
        return SystemActor(pgettext("system actor", "Clock"))


_TURN = 5.0  # seconds; then the other jobs get theirs, and the run goes on from its cursor
_PAUSE = 0.01  # between batches: on SQLite the writers who wait get their turn


def recompute(now: datetime) -> int:
    """Compute due times anew where a calendar was changed; how many cases were looked at."""
    seen, ends = 0, time.monotonic() + _TURN
    for place in places():
        waiting = ClockRun.objects.filter(subdistrict=place.number, asked_at__lte=now - SETTLED).filter(state__in=OPEN_RUNS)
        if not waiting.exists():
            continue  # asked without a transaction, so that an idle round never holds SQLite's writer
        while time.monotonic() < ends and (done := recompute_due(subdistrict_id=place.number, worker=_ME, by=_CLOCK, now=now)):
            seen += done
            time.sleep(_PAUSE)
    return seen


def wake(now: datetime) -> int:
    """Make the moves whose moment has come; how many cases were looked at."""
    seen, ends = 0, time.monotonic() + _TURN
    for place in places():
        # Asked without a transaction, so that an idle round never holds SQLite's writer.
        if not Case.objects.filter(subdistrict=place.number, wake_at__lte=now).exists():
            continue
        while time.monotonic() < ends and (done := wake_cases(subdistrict_id=place.number, by=_timer(), now=now)):
            seen += done
            time.sleep(_PAUSE)
    return seen


def forget(now: datetime) -> int:
    """Forget who once had a case open; how many marks."""
    gone = 0
    for place in places():
        while done := forget_presences(subdistrict_id=place.number, now=now):
            gone += done
    return gone


JOBS = (
    Job("cases.forget_presences", timedelta(hours=1), forget),
    Job("cases.wake", timedelta(seconds=5), wake),
    Job("cases.recompute", timedelta(seconds=5), recompute, long=True),
)
