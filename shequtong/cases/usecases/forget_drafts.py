"""Forget reports under way (清理上报草稿) that nobody went on with, and those that were sent, which nobody can open any more."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Draft

_BATCH = 500


@transaction.atomic
def forget_drafts(*, now: datetime) -> int:
    """Delete up to 500; how many."""
    old = Draft.objects.filter(kept_until__lte=now).order_by("kept_until").values_list("pk", flat=True)
    return Draft.objects.filter(pk__in=list(old[:_BATCH])).delete()[0]
