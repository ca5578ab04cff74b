"""What the worker does for counts: fold what was written since the last time."""

import time
from datetime import datetime, timedelta

from shequtong.core.jobs import Job
from shequtong.core.places import places
from shequtong.figures.models import Delta
from shequtong.figures.usecases import fold_deltas

PAUSE = 0.01  # seconds between batches: on SQLite the writers who wait get their turn


def fold(now: datetime) -> int:
    """Fold all that is there; how many deltas. Any number of workers may do it at once."""
    folded = 0
    for place in places():
        if not Delta.objects.filter(subdistrict=place.number).exists():
            continue  # asked without a transaction, so that an idle round never holds SQLite's writer
        while batch := fold_deltas(subdistrict_id=place.number):
            folded += batch
            time.sleep(PAUSE)
    return folded


JOBS = (Job("figures.fold", timedelta(seconds=10), fold),)
