"""Look at a record of special care (查看特殊人群档案): within an opening; the look is in the log, with its reason, before the text is known."""

from datetime import datetime

from shequtong.audit.reveal import reveal
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.lookups.care import Opened, opened, opening_of
from shequtong.people.models import CareRecord
from shequtong.people.usecases._care import CareClosed


def look_at_care(*, record: CareRecord, by: Actor, now: datetime) -> Opened:
    """The record opened, its person loaded. In no transaction. Raises CareClosed, CannotReveal, Forbidden. Five statements."""
    by.require(permissions.VIEW_CARE, record)
    opening = opening_of(by, now)
    if opening is None:
        raise CareClosed
    text = reveal(record.content, what="people.care.record", thing=record, reason=opening.reason.reveal(), by=by, now=now)
    return opened([record], {record.pk: text})[0]
