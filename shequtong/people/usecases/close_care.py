"""Close the store of special care (关闭特殊人群库): before its time, by who opened it."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.people import permissions
from shequtong.people.models import CareOpening


@transaction.atomic
def close_care(*, by: Actor, now: datetime) -> None:
    """Nothing happens when it is closed already. Raises Forbidden."""
    if by.account_id is None or not by.may(permissions.VIEW_CARE):
        raise Forbidden(permissions.VIEW_CARE)
    for opening in CareOpening.objects.filter(subdistrict=by.home, opened_by_id=by.account_id, until__gt=now):
        opening.until = now
        opening.save(update_fields=["until"])
        log.record("people.care_closed", opening, by=by, at=now)
