"""Remove a filter (移除筛选) one has saved."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.cases.models import OwnList
from shequtong.cases.usecases.save_filter import own_list
from shequtong.core.actors import Actor


@transaction.atomic
def remove_filter(*, name: str, by: Actor, now: datetime) -> OwnList:
    """Take it from one's own list; one that is not there is no matter. Raises Forbidden."""
    mine = own_list(by)
    mine.filters = [one for one in mine.filters if one["name"] != name]
    mine.save(update_fields=["filters"])
    log.record("cases.remove_filter", mine, by=by, at=now, count=len(mine.filters))
    return mine
