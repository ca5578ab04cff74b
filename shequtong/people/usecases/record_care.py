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
from shequtong.people.models import CareRecord
from shequtong.people.usecases._care import CannotRecordCare, content_of, require_open
from shequtong.people.usecases._people import locked_person, provenance


@transaction.atomic
def record_care(*, person_id: int, kind: str, facts: Mapping[str, Any], source: str, by: Actor, now: datetime) -> CareRecord:
    """Raises CannotRecordCare, CareClosed, Gone, Forbidden. Seven statements. No trace says the kind."""
    person = locked_person(person_id)
    by.require(permissions.RECORD_CARE, person)
    require_open(by, now)
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
