"""Send what is due (推送到期事件): the worker's part. Each delivery is claimed by a conditional update, posted, and marked.

Two workers cannot both win a claim. A claim ends by itself after LEASE, so that a dead worker's delivery is taken over: it may then
arrive twice, under the same webhook-id, never not at all. A turn posts a handful at the same time, at most a few of one subscription,
so that one slow receiver keeps neither the others nor a text message waiting for long.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shequtong.core import held
from shequtong.core.events import publish
from shequtong.core.places import places
from shequtong.core.sealed import SealError
from shequtong.interchange.events import SubscriptionPaused
from shequtong.interchange.models import Delivery, Subscription
from shequtong.interchange.posting import Posted
from shequtong.interchange.systems import REVISION
from shequtong.interchange.webhooks import MAX_TRIES, signature, wait_after

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
AT_ONCE, OF_ONE = 8, 4  # posts of a turn, and of one subscription among them
_LOOKED_AT = 100
State = Delivery.State
Post = Callable[[str, bytes, Mapping[str, str]], Posted]


def send_deliveries(*, post: Post, worker: str, clock: Callable[[], datetime]) -> int:
    """Send a handful of what is due in every place; how many were taken in hand, so that a full hand says there may be more."""
    everywhere = [place.number for place in places()]
    taken: list[Delivery] = []
    of_one: Counter[int] = Counter()
    known: dict[int, Subscription] = {}
    full: set[int] = set()  # a backlog of one keeps nobody else's waiting: whose hand is full is passed over
    while len(taken) < AT_ONCE:
        found = Delivery.objects.within(*everywhere).due(clock()).order_by("send_after", "id")
        due = list((found.exclude(subscription__in=full) if full else found)[:_LOOKED_AT])
        wanted = {one.subscription_id for one in due} - known.keys()
        known |= {row.pk: row for row in Subscription.objects.filter(pk__in=wanted).select_related("key")}
        for one in due:
            _take(one, known[one.subscription_id], taken, of_one, worker, clock())
        if full >= (now_full := {key for key, n in of_one.items() if n >= OF_ONE}):
            break
        full = now_full
    if taken:
        with ThreadPoolExecutor(AT_ONCE) as pool:  # the network alone: no thread asks the database
            calls = [_call(known[one.subscription_id], one, clock()) for one in taken]
            answers = list(pool.map(lambda call: post(*call) if call else Posted(error="cannot_be_opened"), calls))
        for one, answer in zip(taken, answers, strict=True):
            _note(one, answer, clock())
    return len(taken)


def _take(
    one: Delivery, subscription: Subscription, taken: list[Delivery], of_one: Counter[int], worker: str, now: datetime
) -> None:
    key = subscription.key
    over = key.last_day is not None and key.last_day < timezone.localdate(now)
    if subscription.ended_at is not None or key.revoked_at is not None or over:
        _change(one, state=State.FAILED, send_after=None, error="ended")
    elif subscription.paused_at is not None:
        _keep_back(one)
    elif len(taken) < AT_ONCE and of_one[subscription.pk] < OF_ONE and _claim(one, worker, now):
        of_one[subscription.pk] += 1
        taken.append(one)


@transaction.atomic
def _keep_back(one: Delivery) -> None:
    """Under the lock that resuming takes: what is kept back after it would wait for ever."""
    row = Subscription.objects.select_for_update().get(pk=one.subscription_id)
    if row.paused_at is not None:
        _change(one, state=State.HELD, send_after=None)


def _call(subscription: Subscription, one: Delivery, now: datetime) -> tuple[str, bytes, Mapping[str, str]] | None:
    stamp = int(now.timestamp())
    try:
        signed = signature(subscription.secret.reveal(), one.event, stamp, one.body)
    except SealError:
        return None
    headers = {"Content-Type": "application/json", "User-Agent": "shequtong-webhooks/1", "webhook-id": one.event}
    return subscription.url, one.body.encode(), {**headers, "webhook-timestamp": str(stamp), "webhook-signature": signed}


def _claim(one: Delivery, worker: str, now: datetime) -> bool:
    """Take it if nobody has touched it since it was read."""
    won = _change(one, state=State.CLAIMED, claimed_by=worker, tried_at=now, send_after=now + LEASE, tries=F("tries") + 1)
    if won:
        one.state, one.tries, one.claimed_by = State.CLAIMED, one.tries + 1, worker
    return won


def _note(one: Delivery, answer: Posted, now: datetime) -> None:
    came = {"status": answer.status, "error": answer.error}
    if answer.arrived:
        _change(one, state=State.DELIVERED, send_after=None, **came)
        return
    logger.warning("delivery %s did not arrive, try %d: %s", one.pk, one.tries, answer.error or answer.status)
    if one.tries < MAX_TRIES:
        later = now + wait_after(one.tries)
        _change(one, state=State.WAITING, send_after=later, **came)
        # What else waits for this receiver would fail as well: it waits as long as the first failure of it does.
        others = Delivery.objects.filter(subdistrict=one.subdistrict_id, subscription=one.subscription_id, state=State.WAITING)
        others.filter(send_after__lte=now).update(send_after=now + wait_after(1))
        return
    _give_up(one, came, now)


@transaction.atomic
def _give_up(one: Delivery, came: Mapping[str, object], now: datetime) -> None:
    """Two days of tries: the subscription is paused, once, and its administrators are told."""
    # Tried now, not when it was claimed: resuming sends again what was given up since the pause.
    if not _change(one, state=State.FAILED, send_after=None, tried_at=now, **came):
        return
    if Subscription.objects.filter(pk=one.subscription_id, paused_at=None, ended_at=None).update(paused_at=now):
        held.changed(REVISION)
        row = Subscription.objects.select_related("key").get(pk=one.subscription_id)
        publish(SubscriptionPaused(row.pk, row.key_id, row.key.name, now))


def _change(one: Delivery, **changes: object) -> bool:
    """It takes effect only on the row as it was read or claimed: a claim raises `tries` and names its worker."""
    unchanged = Delivery.objects.filter(pk=one.pk, state=one.state, tries=one.tries, claimed_by=one.claimed_by)
    return bool(unchanged.update(**changes))
