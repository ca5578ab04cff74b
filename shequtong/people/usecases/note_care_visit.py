"""Note a visit to somebody in the store (登记特殊人群走访): by which helper, on which day, what was found; the next one is due from there."""

import json
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.care_facts import ROLE_OF
from shequtong.people.models import CareVisit
from shequtong.people.usecases._care import CannotRecordCare, locked_record, require_open


@transaction.atomic
def note_care_visit(*, record_id: int, role: str, on: date, said: str, by: Actor, now: datetime) -> CareVisit:
    """Raises CannotRecordCare, CareClosed, Forbidden. Four statements."""
    record = locked_record(record_id)
    by.require(permissions.RECORD_CARE, record)
    require_open(by, now)
    if on > timezone.localdate(now):
        raise CannotRecordCare(_("The day lies ahead. Enter the visit when it has happened."))
    visit = CareVisit.objects.create(
        subdistrict_id=record.subdistrict_id,
        record=record,
        content=json.dumps({"role": role if role in ROLE_OF else "", "on": on.isoformat(), "said": said}, ensure_ascii=False),
        recorded_at=now,
        recorded_by=by.name[:80],
        account_id=by.account_id,
    )
    log.record("people.care_visited", record, by=by, at=now)
    return visit
