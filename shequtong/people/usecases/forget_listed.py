"""Forget who was on an approved list (清理获批名单): what held a file to it while it was made is needed no more when no file can come of it."""

from datetime import datetime, timedelta

from django.db import transaction

from shequtong.people.models import ExportRequest
from shequtong.people.usecases._exports import FORGOTTEN

KEPT = timedelta(days=9)  # decided within a day, made within another, the file kept for seven
_LOOKED_BACK = timedelta(
    days=60
)  # so that a worker that stood still for weeks leaves none, and old requests are not read for ever
BATCH = 100


@transaction.atomic
def forget_listed(*, subdistrict_id: int, now: datetime) -> int:
    """A batch of a subdistrict; how many. Any number of workers, safe to kill. Two statements.

    Nobody is left on the list rather than everybody: a task that comes back after that is refused at its first row.
    """
    old = ExportRequest.objects.within(subdistrict_id).filter(asked_at__range=(now - _LOOKED_BACK, now - KEPT))
    ids = list(old.exclude(listed__in=("", FORGOTTEN)).order_by("asked_at").values_list("pk", flat=True)[:BATCH])
    return ExportRequest.objects.within(subdistrict_id).filter(pk__in=ids).update(listed=FORGOTTEN) if ids else 0
