"""What the worker does for the registry (定时任务): links and special care of the gone ended, what is past its time emptied."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from shequtong.core.actors import SystemActor
from shequtong.core.jobs import Job, Unfinished
from shequtong.core.places import places
from shequtong.people.usecases import end_gone_care, end_links, forget_listed, retain_persons

_KEEPER = SystemActor("Retention")
_TURN = 5.0  # seconds; what a turn does not reach, the next begins with
_PAUSE = 0.01


def _everywhere(batch: Callable[[int], int]) -> int:
    done, ends = 0, time.monotonic() + _TURN
    for place in places():
        while made := batch(place.number):
            done += made
            if time.monotonic() > ends:
                return Unfinished(done)
            time.sleep(_PAUSE)
    return done


def end_gone(now: datetime) -> int:
    """End links of who died or moved away; how many."""
    return _everywhere(lambda number: end_links(subdistrict_id=number, by=_KEEPER, now=now))


def end_care_of_gone(now: datetime) -> int:
    """End what the store of special care holds of who died or moved away; how many."""
    return _everywhere(lambda number: end_gone_care(subdistrict_id=number, by=_KEEPER, now=now))


def retain(now: datetime) -> int:
    """Empty records past their time; how many."""
    return _everywhere(lambda number: retain_persons(subdistrict_id=number, by=_KEEPER, now=now))


def forget_lists(now: datetime) -> int:
    """Forget who was on lists that no file can come of any more; how many."""
    return _everywhere(lambda number: forget_listed(subdistrict_id=number, now=now))


JOBS = (
    Job("people.end_links", timedelta(minutes=10), end_gone),
    Job("people.end_care", timedelta(minutes=10), end_care_of_gone),
    Job("people.retain", timedelta(hours=6), retain),
    Job("people.forget_lists", timedelta(hours=6), forget_lists),
)
