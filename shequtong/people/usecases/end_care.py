"""End a record of special care (移出特殊人群库): it applies no more; why stays sealed with it."""

import json
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import CareRecord
from shequtong.people.usecases._care import keep_past, locked_record, require_open


@transaction.atomic
def end_care(*, record_id: int, why: str, by: Actor, now: datetime) -> CareRecord:
    """Raises CannotRecordCare, CareClosed, Forbidden. Five statements."""
    record = locked_record(record_id)
    by.require(permissions.RECORD_CARE, record)
    require_open(by, now)
    keep_past(record, by, now)
    told = json.loads(record.content.reveal())
    record.content = json.dumps({**told, "ended_for": why}, ensure_ascii=False)
    record.ended_on, record.version = timezone.localdate(now), record.version + 1
    record.save()
    log.record("people.care_ended", record, by=by, at=now)
    return record
