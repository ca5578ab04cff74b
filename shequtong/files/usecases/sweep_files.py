"""Sweep files (清理文件): uploads that no form took up go after a day, originals when their retention ends. Run by the worker.

Each step may be broken off and done again, by any number of workers: the row says what is to go before the bytes go.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from shequtong.core.places import places
from shequtong.files import storage
from shequtong.files.models import Blob

logger = logging.getLogger(__name__)
ORPHAN_AFTER = timedelta(days=1)
State = Blob.State


def sweep_orphans(*, now: datetime, limit: int = 200) -> int:
    """Delete what was uploaded over a day ago and is attached to nothing; how many. The rows stay, without content, as the log of it."""
    everywhere = [place.number for place in places()]
    found = list(Blob.objects.within(*everywhere).orphans(now - ORPHAN_AFTER).order_by("received_at", "id")[:limit])
    return sum(_sweep(blob) for blob in found)


def _sweep(blob: Blob) -> int:
    row = Blob.objects.filter(pk=blob.pk).unattached()
    with transaction.atomic():
        # A form that is being sent at this moment either has it already, or finds it no longer STORED.
        if not row.exclude(state=State.SWEPT).update(state=State.SWEEPING):
            return 0
    storage.delete(blob.key, *storage.VARIANTS)
    with transaction.atomic():
        return row.filter(state=State.SWEEPING).update(
            state=State.SWEPT, exif="", original_key="", original_keep_until=None, taken_at=None, claim=""
        )


def drop_old_originals(*, now: datetime, limit: int = 200) -> int:
    """Delete originals whose retention ended before today in their place, and what the camera wrote; how many. The shown copies stay."""
    dropped = 0
    for place in places():
        today = now.astimezone(place.zone).date()
        found = Blob.objects.within(place.number).original_past_retention(today).order_by("original_keep_until", "id")
        for blob in found[: limit - dropped]:
            storage.delete(blob.key, storage.ORIGINAL)
            with transaction.atomic():
                dropped += Blob.objects.filter(pk=blob.pk).update(original_key="", original_keep_until=None, exif="")
        if dropped >= limit:
            break
    if dropped:
        logger.info("%d original photos deleted at the end of their retention", dropped)
    return dropped
