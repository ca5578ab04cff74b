"""What the use-cases of special care share (特殊人群操作): the open store asked for, contents written."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people.care_facts import CLOSED_WORDS, KIND_OF
from shequtong.people.lookups.care import opening_of
from shequtong.people.models import CarePast, CareRecord, CareVisit, Person


class CareClosed(Refusal):
    """The store is not open for this account."""

    def __init__(self) -> None:
        super().__init__(str(CLOSED_WORDS))


class CannotRecordCare(Refusal):
    """Recorded already, nothing is different, ended, changed meanwhile, or a day that lies ahead."""


def require_open(by: Actor, now: datetime) -> None:
    """Raises CareClosed."""
    if opening_of(by, now) is None:
        raise CareClosed


def content_of(kind: str, facts: Mapping[str, Any]) -> str:
    """Kind and facts as they are sealed; what is empty is left out."""
    known = {fact.name for fact in KIND_OF[kind].all_facts}
    if set(facts) - known:
        raise KeyError(f"no such fact: {', '.join(sorted(set(facts) - known))}")
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    return json.dumps(
        {"kind": kind, "facts": {name: told[name] for name in sorted(told) if told[name] not in ("", None, False)}},
        ensure_ascii=False,
    )


def locked_record(record_id: int) -> CareRecord:
    """The record, locked and standing, with its person. Raises CannotRecordCare."""
    found = CareRecord.objects.select_for_update(of=("self",)).select_related("person").get(pk=record_id)
    if found.ended_on is not None:
        raise CannotRecordCare(_("This record has ended."))
    return found


def keep_past(record: CareRecord, by: Actor, now: datetime) -> None:
    """Write what the record said until now."""
    CarePast.objects.create(
        subdistrict_id=record.subdistrict_id,
        record=record,
        content=record.content.reveal(),
        replaced_at=now,
        replaced_by=by.name[:80],
        account_id=by.account_id,
    )


def empty_care(person: Person) -> None:
    """Of who is gone and whose time is over nothing is left in the store. Three statements."""
    records = CareRecord.objects.within(person.subdistrict_id).filter(person=person)
    for model in (CareVisit, CarePast):
        model._default_manager.filter(subdistrict=person.subdistrict_id, record__in=records.values("pk")).delete()
    records.delete()
