"""End special care of who is gone (特殊人群档案随人终止): whose record was closed in whatever way, a table that came in too; by the worker.

Who sleeps elsewhere and only owns a home or is registered here is gone for the store as well (decision 0025), whenever and however they left.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from shequtong.core.actors import Actor
from shequtong.people.models import CareRecord, Person, Residence
from shequtong.people.usecases._care_life import end_for

BATCH = 100


@transaction.atomic
def end_gone_care(*, subdistrict_id: int, by: Actor, now: datetime) -> int:
    """A batch of a subdistrict; how many. Any number of workers, safe to kill. One statement more for each who sleeps elsewhere."""
    tied = Residence.objects.within(subdistrict_id).filter(person=OuterRef("person_id"), ended_on=None)
    gone = Q(person__ended_on__isnull=False) | Q(Exists(tied), person__room__isnull=True)
    found = CareRecord.objects.within(subdistrict_id).standing().filter(gone)
    rows = found.order_by("id").select_related("person").select_for_update(of=("self",), skip_locked=True)[:BATCH]
    records = list(rows)
    for record in records:
        why = {"ended_for": record.person.ended_for or Person.Ended.MOVED}
        end_for(record, why, on=record.person.ended_on or _left_on(record.person, now), by=by, now=now)
    return len(records)


def _left_on(person: Person, now: datetime) -> date:
    """The last day on which they slept here; today where the record knows of none."""
    slept = Residence.objects.within(person.subdistrict_id).filter(person=person, lives=True, ended_on__isnull=False)
    left: date | None = slept.aggregate(last=Max("ended_on"))["last"]
    return left or timezone.localdate(now)
