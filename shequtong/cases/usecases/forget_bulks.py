"""Forget what was asked for many cases at once (清理批量记录), a month later. What came of it stands in each case's steps."""

from datetime import datetime, timedelta

from django.db import transaction

from shequtong.cases.models import Bulk

FORGOTTEN = timedelta(days=30)
_BATCH = 200


@transaction.atomic
def forget_bulks(*, subdistrict_id: int, now: datetime) -> int:
    """Delete up to 200 old lists of a subdistrict; how many."""
    old = Bulk.objects.filter(subdistrict=subdistrict_id, asked_at__lte=now - FORGOTTEN).order_by("asked_at", "id")
    return Bulk.objects.filter(subdistrict=subdistrict_id, pk__in=list(old.values_list("pk", flat=True)[:_BATCH])).delete()[0]
