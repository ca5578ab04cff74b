"""Forget who once had a case open (清理在线记录), a day later."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Presence
from shequtong.cases.usecases.mark_presence import FORGOTTEN

_BATCH = 500


@transaction.atomic
def forget_presences(*, subdistrict_id: int, now: datetime) -> int:
    """Delete up to 500 old marks of a subdistrict; how many."""
    old = Presence.objects.filter(subdistrict=subdistrict_id, seen_at__lte=now - FORGOTTEN).values_list("pk", flat=True)
    return Presence.objects.filter(subdistrict=subdistrict_id, pk__in=list(old[:_BATCH])).delete()[0]
