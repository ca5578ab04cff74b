"""Change a record of special care (变更特殊人群档案): the new text stands, the old one is kept sealed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.lookups.care import opened
from shequtong.people.models import CareRecord
from shequtong.people.usecases._care import CannotRecordCare, content_of, keep_past, locked_record, require_open
from shequtong.people.usecases._people import provenance


@transaction.atomic
def change_care(
    *, record_id: int, changes: Mapping[str, Any], source: str, by: Actor, now: datetime, version: int | None = None
) -> CareRecord:
    """Raises CannotRecordCare, CareClosed, Forbidden. Six statements."""
    record = locked_record(record_id)
    by.require(permissions.RECORD_CARE, record)
    require_open(by, now)
    if version is not None and record.version != version:
        raise CannotRecordCare(_("Somebody else has changed this record meanwhile. Look at it again before you save."))
    (known,) = opened([record])
    text = content_of(known.kind.name, {**known.facts, **changes})
    if text == record.content.reveal():
        raise CannotRecordCare(_("Nothing is different from what is on record."))

    keep_past(record, by, now)
    record.content, record.version = text, record.version + 1
    for name, value in provenance(source, by, now, record.valid_from).items():
        setattr(record, name, value)
    record.save()
    log.record("people.care_changed", record, by=by, at=now)
    return record
