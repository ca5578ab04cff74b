"""Record special care (登记特殊人群): a person enters the store under one kind; a kind stands once."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.lookups.care import records_of
from shequtong.people.models import CareRecord, Residence
from shequtong.people.usecases._care import CannotRecordCare, content_of, require_open
from shequtong.people.usecases._people import locked_person, provenance


@transaction.atomic
def record_care(*, person_id: int, kind: str, facts: Mapping[str, Any], source: str, by: Actor, now: datetime) -> CareRecord:
    """Raises CannotRecordCare, CareClosed, Gone, Forbidden. Eight statements at most. No trace says the kind."""
    person = locked_person(person_id)
    by.require(permissions.RECORD_CARE, person)
    require_open(by, now)
    if person.room_id is None and Residence.objects.within(person.subdistrict_id).filter(person=person, ended_on=None).exists():
        raise CannotRecordCare(
            _(
                "By the record this person lives elsewhere, and only owns a home or is registered here. Care is kept where they live."
            )
        )
    if any(json.loads(one.content.reveal())["kind"] == kind for one in records_of(person)):
        raise CannotRecordCare(_("This person is recorded under this kind already."))
    record = CareRecord.objects.create(
        subdistrict_id=person.subdistrict_id,
        person=person,
        content=content_of(kind, facts),
        **provenance(source, by, now, timezone.localdate(now)),
    )
    log.record("people.care_recorded", record, by=by, at=now)
    return record
