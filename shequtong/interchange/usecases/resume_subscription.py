"""Resume a subscription (恢复推送): what was kept back while it was paused is sent, and what was given up then."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.places import places
from shequtong.core.refusals import Refusal
from shequtong.interchange import permissions
from shequtong.interchange.models import Delivery, Subscription
from shequtong.interchange.systems import REVISION


class CannotResume(Refusal):
    """It is not paused, or has ended."""


@transaction.atomic
def resume_subscription(*, subscription_id: int, by: Actor, now: datetime) -> int:
    """How many go out now. Raises CannotResume, Forbidden."""
    row = Subscription.objects.select_for_update(of=("self",)).select_related("key").get(pk=subscription_id)
    by.require(permissions.MANAGE_SYSTEMS, row)
    if row.paused_at is None or row.ended_at is not None:
        raise CannotResume(_("This subscription is not paused."))

    everywhere = [place.number for place in places()]
    waiting = Delivery.objects.within(*everywhere).filter(subscription=row, state=Delivery.State.HELD)
    again = waiting.update(state=Delivery.State.WAITING, send_after=now, tries=0)
    given_up = Delivery.objects.within(*everywhere).filter(
        subscription=row, state=Delivery.State.FAILED, tried_at__gte=row.paused_at
    )
    again += given_up.update(state=Delivery.State.WAITING, send_after=now, tries=0)
    row.paused_at = None
    row.save(update_fields=["paused_at"])
    log.record("interchange.subscription_resumed", row, by=by, at=now, system=row.key.name, again=again)
    held.changed(REVISION)
    return again
