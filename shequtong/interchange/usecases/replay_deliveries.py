"""Replay deliveries (重新推送): one, or all since a time, are sent once more under the ids they had."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.places import places
from shequtong.core.refusals import Refusal
from shequtong.interchange import permissions
from shequtong.interchange.models import Delivery, Subscription

State = Delivery.State


class CannotReplay(Refusal):
    """It has ended or is paused, or there is nothing to send again."""


@transaction.atomic
def replay_deliveries(
    *, subscription_id: int, by: Actor, now: datetime, delivery_id: int | None = None, since: datetime | None = None
) -> int:
    """Those delivered or given up: this one, or all of events since then. How many. Raises CannotReplay, Forbidden."""
    row = Subscription.objects.select_for_update(of=("self",)).select_related("key").get(pk=subscription_id)
    by.require(permissions.MANAGE_SYSTEMS, row)
    if row.ended_at is not None or row.paused_at is not None:
        raise CannotReplay(_("Nothing is sent while the subscription is paused, or once it has ended."))
    everywhere = [place.number for place in places()]
    done = Delivery.objects.within(*everywhere).filter(subscription=row, state__in=(State.DELIVERED, State.FAILED))
    chosen = done.filter(pk=delivery_id) if delivery_id is not None else done.filter(at__gte=since or now)
    again = chosen.update(state=State.WAITING, send_after=now, tries=0, status=0, error="")
    if not again:
        raise CannotReplay(_("There is nothing to send again."))

    told = {"delivery": delivery_id} if delivery_id is not None else {"since": since.isoformat() if since else ""}
    log.record("interchange.replayed", row, by=by, at=now, system=row.key.name, again=again, **told)
    return again
