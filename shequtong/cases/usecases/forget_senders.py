"""Forget from where reports were sent (清理来源地址), 30 days later: nobody is blocked for what was told so long ago."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Reporter

_BATCH = 500


@transaction.atomic
def forget_senders(*, subdistrict_id: int, now: datetime) -> int:
    """Empty up to 500 rows of a subdistrict; how many."""
    old = Reporter.objects.filter(subdistrict=subdistrict_id, sent_until__lte=now).order_by("sent_until")
    keys = list(old.values_list("pk", flat=True)[:_BATCH])
    rows = Reporter.objects.filter(subdistrict=subdistrict_id, pk__in=keys)
    return rows.update(sent_from=None, sent_until=None) if keys else 0
