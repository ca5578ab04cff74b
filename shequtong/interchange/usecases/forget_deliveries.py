"""Forget deliveries (清理推送记录): what is done with goes after thirty days, in small batches."""

from datetime import datetime, timedelta

from django.db import transaction

from shequtong.core.places import places
from shequtong.interchange.models import Delivery

KEPT = timedelta(days=30)
_BATCH, _BATCHES = 500, 40  # rows a transaction, transactions a place and run


def forget_deliveries(*, now: datetime) -> int:
    """How many went; those still to be sent stay, however old; what a pause kept back goes. Any number of workers, safe to break off."""
    gone = 0
    for place in places():
        for _batch in range(_BATCHES):
            old = Delivery.objects.filter(subdistrict=place.number, at__lt=now - KEPT, send_after=None)
            ids = list(old.order_by("at").values_list("pk", flat=True)[:_BATCH])
            if ids:
                with transaction.atomic():
                    gone += Delivery.objects.filter(subdistrict=place.number, pk__in=ids).delete()[0]
            if len(ids) < _BATCH:
                break
    return gone
