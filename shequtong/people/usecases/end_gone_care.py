"""End special care of who is gone (特殊人群档案随人终止): whose record was closed in whatever way, a table that came in too; by the worker."""

from datetime import datetime

from django.db import transaction

from shequtong.core.actors import Actor
from shequtong.people.models import CareRecord
from shequtong.people.usecases._care_life import end_for

BATCH = 100


@transaction.atomic
def end_gone_care(*, subdistrict_id: int, by: Actor, now: datetime) -> int:
    """A batch of a subdistrict; how many. Any number of workers, safe to kill."""
    found = CareRecord.objects.within(subdistrict_id).standing().filter(person__ended_on__isnull=False)
    rows = found.order_by("id").select_related("person").select_for_update(of=("self",), skip_locked=True)[:BATCH]
    records = list(rows)
    for record in records:
        end_for(record, {"ended_for": record.person.ended_for}, on=record.person.ended_on, by=by, now=now)
    return len(records)
