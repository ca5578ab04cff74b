"""Send what is due (发送到期消息): the worker's part. Each message is claimed by a conditional update, handed over, and marked.

Two workers cannot both win a claim. A claim ends by itself after LEASE, so that a dead worker's message is taken over. The one edge
that is left: a worker dies after the provider accepted and before the mark. The message is then handed over again with the same `ref`
(the message's id), by which the provider drops the repeat; a provider without such a key may deliver it twice, never not at all.
Sending writes no audit row: the message is its own log (compliance.md 4.7).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from shequtong.core.places import places
from shequtong.core.sealed import SealError
from shequtong.messaging.gateways import Gateway, GatewayError, GatewayRefusedError
from shequtong.messaging.models import Message
from shequtong.messaging.quiet_hours import first_allowed, zone_of

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
# Waits after the first, second … failure; after the last try the message has failed.
WAITS = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))
MAX_ATTEMPTS = len(WAITS) + 1
State = Message.State


def send_due_messages(*, gateway: Gateway, worker: str, clock: Callable[[], datetime], limit: int = 100) -> int:
    """Send up to `limit` due messages of every place; how many were looked at, so that a full hand says there may be more.

    `worker` names this process (at most 40 characters, never used by another). `clock` gives the time of each claim anew, since a slow
    gateway makes a batch long. A failure of one message never stops the others.
    """
    everywhere = [place.number for place in places()]
    due = list(Message.objects.within(*everywhere).due(clock()).order_by("send_after", "id")[:limit])
    for message in due:
        _send_one(message, gateway, worker, clock())
    return len(due)


def _send_one(message: Message, gateway: Gateway, worker: str, now: datetime) -> None:
    if message.attempts >= MAX_ATTEMPTS:
        _change(message, error="claimed too often and never finished", **_done(message, State.FAILED))
        return
    allowed = now if message.urgent else first_allowed(now, zone_of(message.subdistrict_id))
    if allowed > now:
        _change(message, send_after=allowed)  # it was put off, or the worker was down, until the night came
        return
    if not _claim(message, worker, now):
        return
    try:
        provider_ref = gateway.send(message.phone.reveal(), message.text.reveal(), str(message.pk))
    except SealError:
        _finish(message, state=State.FAILED, send_after=None, error="cannot be opened")
    except GatewayRefusedError as refusal:
        _finish(message, error=refusal.code[:200], **_done(message, State.FAILED))
    except Exception as error:
        _try_later(message, now, error)
    else:
        _finish(message, sent_at=now, provider_ref=provider_ref[:80], error="", **_done(message, State.SENT))


def _claim(message: Message, worker: str, now: datetime) -> bool:
    """Take the message for `worker` if nobody has touched it since it was read; `message` then knows of the claim."""
    won = _change(
        message, state=State.CLAIMED, claimed_by=worker, claimed_at=now, send_after=now + LEASE, attempts=F("attempts") + 1
    )
    if won:
        message.state, message.attempts = State.CLAIMED, message.attempts + 1
    return won


def _try_later(message: Message, now: datetime, error: Exception) -> None:
    # Only our own codes are kept: another error's text may quote the number it failed for.
    code = error.code if isinstance(error, GatewayError) else type(error).__name__
    logger.warning("message %s (%s) was not accepted, try %d: %s", message.pk, message.template, message.attempts, code)
    if message.attempts >= MAX_ATTEMPTS:
        _finish(message, error=code[:200], **_done(message, State.FAILED))
    else:
        _finish(message, state=State.WAITING, error=code[:200], send_after=now + WAITS[message.attempts - 1])


def _finish(message: Message, **changes: object) -> None:
    """Write how it went, unless another worker has taken the message over meanwhile."""
    if not _change(message, **changes):
        logger.warning("message %s was taken over by another worker while this one was sending it", message.pk)


def _change(message: Message, **changes: object) -> bool:
    """One conditional update: it takes effect only on the row as it was read or claimed, since every claim raises `attempts`."""
    unchanged = Message.objects.filter(pk=message.pk, state=message.state, attempts=message.attempts)
    return bool(unchanged.update(**changes))


def _done(message: Message, state: str) -> dict[str, object]:
    """Nothing is left to do. A code is worth nothing to us once it is gone out; the demo keeps it, for its page is the telephone."""
    wiped: dict[str, object] = {"text": ""} if message.secret and not settings.SHEQUTONG_DEMO else {}
    return {"state": state, "send_after": None, **wiped}
