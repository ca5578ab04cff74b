"""Open a subscription (开通事件订阅): where the events of a key's reach are sent from now on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange import permissions, rights
from shequtong.interchange.models import Subscription, SystemKey
from shequtong.interchange.posting import NotAllowedError, check_address
from shequtong.interchange.systems import REVISION
from shequtong.interchange.webhooks import LABELS, new_secret

MOST = 5  # standing ones of a key


class CannotSubscribe(Refusal):
    """An address that may not be posted to, no event, or a key that may not read."""


@transaction.atomic
def open_subscription(*, key_id: int, url: str, kinds: frozenset[str], by: Actor, now: datetime) -> tuple[Subscription, str]:
    """The row, and its secret, which is told this once. Raises CannotSubscribe, Forbidden."""
    key = SystemKey.objects.select_for_update(of=("self",)).get(pk=key_id)
    by.require(permissions.MANAGE_SYSTEMS, key)
    if key.revoked_at is not None or rights.READ not in rights.parse(key.rights):
        raise CannotSubscribe(_("Only a key in use that may read cases hears of events."))
    try:
        check_address(url)
    except NotAllowedError:
        raise CannotSubscribe(_("Enter an https address of the public network.")) from None
    if not kinds or kinds - LABELS.keys():
        raise CannotSubscribe(_("Please choose at least one event."))
    if Subscription.objects.filter(key=key, ended_at=None).count() >= MOST:
        raise CannotSubscribe(_("A key has at most %(most)d subscriptions.") % {"most": MOST})

    secret = new_secret()
    ordered = ",".join(one for one in LABELS if one in kinds)
    row = Subscription(key=key, url=url, kinds=ordered, secret=secret, opened_at=now, opened_by=by.name)
    row.save(force_insert=True)
    log.record("interchange.subscribed", row, by=by, at=now, system=key.name, url=url, kinds=ordered)
    held.changed(REVISION)
    return row, secret
