"""End a subscription (停止推送): nothing is sent there any more, what waits neither."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange import permissions
from shequtong.interchange.models import Subscription
from shequtong.interchange.systems import REVISION


class CannotEnd(Refusal):
    """It has ended already."""


@transaction.atomic
def end_subscription(*, subscription_id: int, by: Actor, now: datetime) -> Subscription:
    """Cannot be taken back: open a new one. Raises CannotEnd, Forbidden."""
    row = Subscription.objects.select_for_update(of=("self",)).select_related("key").get(pk=subscription_id)
    by.require(permissions.MANAGE_SYSTEMS, row)
    if row.ended_at is not None:
        raise CannotEnd(_("This subscription has ended."))

    row.ended_at = now
    row.save(update_fields=["ended_at"])
    log.record("interchange.subscription_ended", row, by=by, at=now, system=row.key.name, url=row.url)
    held.changed(REVISION)
    return row
