"""End a record of special care (移出特殊人群库): it applies no more; why stays sealed with it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import CareRecord
from shequtong.people.usecases._care import locked_record, require_open
from shequtong.people.usecases._care_life import end_for


@transaction.atomic
def end_care(*, record_id: int, why: str, by: Actor, now: datetime) -> CareRecord:
    """Raises CannotRecordCare, CareClosed, Forbidden. Five statements."""
    record = locked_record(record_id)
    by.require(permissions.RECORD_CARE, record)
    require_open(by, now)
    end_for(record, {"ended_for": why}, on=timezone.localdate(now), by=by, now=now)
    return record
