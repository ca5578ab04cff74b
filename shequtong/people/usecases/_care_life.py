"""What an event in life does to the store of special care (生活事件与特殊人群档案): whom nobody can visit any more is due for nobody.

Not in the event's journal, which who may record a death may read, and who must not learn that there was a record: the record says, sealed, by which
event it ended, and who has the store open reads it there.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.people.lookups.care import records_of, text_of
from shequtong.people.models import CareRecord, LifeEvent, Person
from shequtong.people.usecases._care import keep_past


def end_care_with(event: LifeEvent, gone: Collection[Person], *, by: Actor, now: datetime) -> None:
    """The standing records of who died or sleeps here no more end on the day of the event. One statement a person of whom nothing is held."""
    for person in gone:
        for record in _standing(person):
            end_for(record, {"ended_for": event.kind, "event": event.pk}, on=event.on, by=by, now=now)


def end_for(record: CareRecord, why: Mapping[str, Any], *, on: Any, by: Actor, now: datetime) -> None:
    """A locked record ends; `why` is sealed with it. One that was made later than the day ends on the day it was made."""
    keep_past(record, by, now)
    record.content = json.dumps({**json.loads(record.content.reveal()), **why}, ensure_ascii=False)
    record.ended_on, record.version = max(on, record.valid_from or on), record.version + 1
    record.save()
    log.record("people.care_ended", record, by=by, at=now)


def hand_care_over(event: LifeEvent, new: Mapping[Person, Person], *, by: Actor, now: datetime) -> None:
    """Who goes to another subdistrict is in its store from now on: kind and facts, as the sets of the registry go (decision 0023). The record here
    ends and keeps visits and past, which were made here. A kind that stands there already stands there once. `new`: here -> there.
    """
    for person, there in new.items():
        standing = _standing(person)
        known = {text_of(one)["kind"] for one in records_of(there)} if standing else set()
        for record in standing:
            told = text_of(record)
            if told["kind"] not in known:
                made = CareRecord.objects.create(
                    subdistrict_id=there.subdistrict_id,
                    person=there,
                    content=json.dumps({"kind": told["kind"], "facts": told["facts"]}, ensure_ascii=False),
                    source=record.source,
                    valid_from=timezone.localdate(now),  # their helpers begin to count here
                    recorded_at=now,
                    recorded_by=record.recorded_by,
                    account_id=None,
                )
                log.record("people.care_taken_over", made, by=by, at=now)
    end_care_with(event, new, by=by, now=now)


def restore_care(event: LifeEvent, persons: Collection[Person], *, by: Actor, now: datetime) -> None:
    """An event is taken back: what ended with it stands again, unless the kind was recorded anew since."""
    for person in persons:
        rows = CareRecord.objects.select_for_update(of=("self",)).within(person.subdistrict_id).filter(person=person)
        records = list(rows.order_by("id"))
        there = {text_of(one)["kind"] for one in records if one.ended_on is None}
        for record in records:
            told = text_of(record)
            if record.ended_on is None or told.get("event") != event.pk or told["kind"] in there:
                continue
            keep_past(record, by, now)
            record.content = json.dumps({"kind": told["kind"], "facts": told["facts"]}, ensure_ascii=False)
            record.ended_on, record.version = None, record.version + 1
            record.save()
            log.record("people.care_stands_again", record, by=by, at=now)


def _standing(person: Person) -> list[CareRecord]:
    """Locked: a visit that is being noted ends first."""
    rows = CareRecord.objects.select_for_update(of=("self",)).within(person.subdistrict_id).filter(person=person).standing()
    return list(rows.order_by("id"))
