"""Forget changes (清理变更明细): what a table of people changed is told for a week; the past of each person has it by its own rules."""

from datetime import datetime, timedelta

from django.db import transaction

from shequtong.core.places import places
from shequtong.interchange.models import PeopleChanges

KEPT = timedelta(days=7)
_BATCH = 100  # of up to 500 rows each


def forget_changes(*, now: datetime) -> int:
    """How many went. Any number of workers, safe to break off; what is left goes the next time."""
    gone = 0
    for place in places():
        old = PeopleChanges.objects.filter(subdistrict=place.number, at__lt=now - KEPT)
        ids = list(old.order_by("at").values_list("pk", flat=True)[:_BATCH])
        if ids:
            with transaction.atomic():
                gone += PeopleChanges.objects.filter(subdistrict=place.number, pk__in=ids).delete()[0]
    return gone
