"""Forget what a table of people told (清理变更、退回明细): row by row what it changed, and why rows were refused, for a week; counts stay.

What a record said before is kept in the past of each person, by its own rules; a refused row is kept by nobody: whoever sent it has it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from shequtong.core.places import places
from shequtong.interchange.models import PeopleChanges, PeopleRefusals

KEPT = timedelta(days=7)  # as long as the workbook of refused rows, which is a task's file; since the last batch of the table
_BATCH = 100  # of up to 500 rows each


def forget_changes(*, now: datetime) -> int:
    """How many went. Any number of workers, safe to break off; what is left goes the next time."""
    gone, before = 0, now - KEPT
    for place in places():
        changes = PeopleChanges.objects.filter(subdistrict=place.number, at__lt=before)
        refusals = PeopleRefusals.objects.filter(subdistrict=place.number, table__moved_at__lt=before)
        for model, old in ((PeopleChanges, changes.order_by("at")), (PeopleRefusals, refusals.order_by("id"))):
            ids = list(old.values_list("pk", flat=True)[:_BATCH])
            if ids:
                with transaction.atomic():
                    gone += model._default_manager.filter(subdistrict=place.number, pk__in=ids).delete()[0]
    return gone
