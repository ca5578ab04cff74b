"""Open the store of special care (打开特殊人群库): for a reason, for a quarter of an hour, for this account in this post."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.audit.reveal import SHORTEST_REASON
from shequtong.audit.security import note
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.core.turns import take_turn
from shequtong.people import permissions
from shequtong.people.care_facts import OPEN_MINUTES
from shequtong.people.models import CareOpening

OPENED = "care_opened"
OPENINGS_AN_HOUR = 10


class CannotOpen(Refusal):
    """No reason, or opened too often in this hour."""


@transaction.atomic
def open_care(*, reason: str, by: Actor, now: datetime) -> CareOpening:
    """The opening. Raises CannotOpen, Forbidden. Four statements, and one after the commit."""
    if by.account_id is None or not by.may(permissions.VIEW_CARE):
        raise Forbidden(permissions.VIEW_CARE)
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON or len(set(reason)) < 2:  # "1111" says nothing
        raise CannotOpen(_("Please say in a few words why you need to see this."))
    take_turn("care", by.account_id)
    hour = now - timedelta(hours=1)  # one that was closed early counts as long
    lately = CareOpening.objects.filter(subdistrict=by.home, opened_by_id=by.account_id, until__gt=hour, opened_at__gt=hour)
    if lately.count() >= OPENINGS_AN_HOUR:
        raise CannotOpen(_("You have opened the store %(n)d times within an hour. Please go on later.") % {"n": OPENINGS_AN_HOUR})
    opening = CareOpening.objects.create(
        subdistrict_id=by.home,
        opened_by_id=by.account_id,
        appointment_id=by.appointment_id,
        reason=reason[:200],
        opened_at=now,
        until=now + timedelta(minutes=OPEN_MINUTES),
    )
    log.record("people.care_opened", opening, by=by, at=now)
    note(OPENED, what="people.care", by=by, subdistrict_id=by.home, reason=reason, now=now)
    return opening
