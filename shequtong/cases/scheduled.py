"""What the worker does for cases (定时任务)."""

import logging
import os
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import override, pgettext

from shequtong.cases.models import Case, ClockRun, RootProject
from shequtong.cases.usecases.find_hot_issues import EVERY, find_hot_issues
from shequtong.cases.usecases.find_recurrences import find_recurrences
from shequtong.cases.usecases.forget_bulks import forget_bulks
from shequtong.cases.usecases.forget_contacts import After, forget_contacts
from shequtong.cases.usecases.forget_drafts import forget_drafts
from shequtong.cases.usecases.forget_presences import forget_presences
from shequtong.cases.usecases.forget_senders import forget_senders
from shequtong.cases.usecases.recompute_due import OPEN_RUNS, SETTLED, recompute_due
from shequtong.cases.usecases.wake_cases import wake_cases
from shequtong.cases.usecases.watch_root_projects import watch_root_projects
from shequtong.core.actors import SystemActor
from shequtong.core.jobs import Job, Unfinished
from shequtong.core.places import places

logger = logging.getLogger(__name__)
_ME = f"{os.getpid()}-{secrets.token_hex(8)}"
_CLOCK = SystemActor("Due times")
_KEEPER = SystemActor("Retention")


def _timer() -> SystemActor:
    """Who stands in the steps of what time did, in the installation's own language, as every post does."""
    with override(settings.LANGUAGE_CODE):
        return SystemActor(pgettext("system actor", "Clock"))


_TURN = 5.0  # seconds; then the other jobs get theirs, and the run goes on from its cursor
_PAUSE = 0.01  # between batches: on SQLite the writers who wait get their turn


def _in_turn(waiting: list[int], batch: Callable[[int], int]) -> int:
    """One batch of each place after another, while there is time: nobody waits for the end of another's backlog. How many were looked at.

    Unfinished where time was up first, so that a backlog is not worked off in every other five seconds alone.
    """
    seen, ends = 0, time.monotonic() + _TURN
    while waiting and time.monotonic() < ends:
        for number in tuple(waiting):
            done = batch(number)
            seen += done
            if not done:
                waiting.remove(number)
            time.sleep(_PAUSE)
    return Unfinished(seen) if waiting else seen


def recompute(now: datetime) -> int:
    """Compute due times anew where a calendar was changed; how many cases were looked at."""
    asked = ClockRun.objects.filter(asked_at__lte=now - SETTLED, state__in=OPEN_RUNS)
    # Asked without a transaction, so that an idle round never holds SQLite's writer.
    waiting = [place.number for place in places() if asked.filter(subdistrict=place.number).exists()]
    return _in_turn(waiting, lambda number: recompute_due(subdistrict_id=number, worker=_ME, by=_CLOCK, now=now))


def wake(now: datetime) -> int:
    """Make the moves whose moment has come; how many cases were looked at."""
    waiting = [place.number for place in places() if Case.objects.filter(subdistrict=place.number, wake_at__lte=now).exists()]
    by = _timer()
    return _in_turn(waiting, lambda number: wake_cases(subdistrict_id=number, by=by, now=now))


def forget(now: datetime) -> int:
    """Forget who once had a case open; how many marks."""
    gone = 0
    for place in places():
        while done := forget_presences(subdistrict_id=place.number, now=now):
            gone += done
    return gone


def forget_lists(now: datetime) -> int:
    """Forget what was asked for many cases at once; the moves stand in each case. How many."""
    gone = 0
    for place in places():
        while done := forget_bulks(subdistrict_id=place.number, now=now):
            gone += done
    return gone


def forget_old_drafts(now: datetime) -> int:
    """Forget reports that were begun and not sent, or were sent; how many."""
    gone = 0
    while done := forget_drafts(now=now):
        gone += done
    return gone


def forget_from_where(now: datetime) -> int:
    """Forget from where old reports were sent; how many."""
    gone = 0
    for place in places():
        while done := forget_senders(subdistrict_id=place.number, now=now):
            gone += done
    return gone


def forget_past_contacts(now: datetime) -> int:
    """Erase names and telephones whose period has passed; how many. What a turn does not reach, the next begins with."""
    gone, ends = 0, time.monotonic() + _TURN
    for place in places():
        after: After | None = None
        while time.monotonic() < ends:
            looked = forget_contacts(subdistrict_id=place.number, by=_KEEPER, now=now, after=after)
            gone, after = gone + looked.gone, looked.after
            if after is None:
                break
            time.sleep(_PAUSE)
    if gone:
        logger.info("names and telephones of %d reporters deleted at the end of their period", gone)
    return gone


def look_for_issues(now: datetime) -> int:
    """Find what is told far more often of late than chance explains; how many issues stand where one looked."""
    return sum(find_hot_issues(subdistrict_id=place.number, now=now) for place in places())


def look_for_recurrences(now: datetime) -> int:
    """Find what was closed again and again at one place; how many places where one looked."""
    return sum(find_recurrences(subdistrict_id=place.number, now=now) for place in places())


def watch_roots(now: datetime) -> int:
    """End root-cause projects that passed their test, and note those that came back; how many were looked at."""
    due = RootProject.objects.filter(look_at__lte=now)
    waiting = [place.number for place in places() if due.filter(subdistrict=place.number).exists()]
    by = _timer()
    return _in_turn(waiting, lambda number: watch_root_projects(subdistrict_id=number, by=by, now=now))


JOBS = (
    Job("cases.forget_senders", timedelta(hours=6), forget_from_where),
    Job("cases.forget_contacts", timedelta(hours=1), forget_past_contacts),
    Job("cases.forget_drafts", timedelta(minutes=15), forget_old_drafts),
    Job("cases.forget_presences", timedelta(hours=1), forget),
    Job("cases.forget_bulks", timedelta(hours=6), forget_lists),
    Job("cases.wake", timedelta(seconds=5), wake),
    Job("cases.root_projects", timedelta(minutes=5), watch_roots),
    Job("cases.hot_issues", EVERY, look_for_issues, long=True),
    Job("cases.recurrences", timedelta(minutes=30), look_for_recurrences, long=True),
    Job("cases.recompute", timedelta(seconds=5), recompute, long=True),
)
