"""Webhooks (事件推送), pure: which events there are, what is told of one, how it is signed, when it is tried again.

As Standard Webhooks has it: webhook-id, webhook-timestamp, webhook-signature = v1,base64(HMAC-SHA256(secret, id.timestamp.body)).
"""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OPENED, MOVED, ANSWERED, CLOSED, ENDED, REOPENED = (
    "case.opened",
    "case.moved",
    "case.answered",
    "case.closed",
    "case.ended",
    "case.reopened",
)
LABELS: dict[str, Promise] = {
    OPENED: _("A case was opened"),
    MOVED: _("A case was moved: any other step"),
    ANSWERED: _("The reporter was answered"),
    CLOSED: _("A case was closed"),
    ENDED: _("A case ended otherwise: voided, not accepted, withdrawn, merged"),
    REOPENED: _("A case was reopened"),
}
_OF_MOVE = {
    "intake": OPENED,
    "self_handle": OPENED,
    "answer": ANSWERED,
    "approve_answer": ANSWERED,
    "close": CLOSED,
    "auto_close": CLOSED,
    "void": ENDED,
    "not_accept": ENDED,
    "withdraw": ENDED,
    "merge": ENDED,
    "reopen": REOPENED,
}
# Waits after the first, second … failure, each a fifth more or less; after the last try it is given up: about two days.
WAITS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
MAX_TRIES = len(WAITS) + 1
_PREFIX = "whsec_"


def kind_of(move: str, *, draft: bool = False) -> str:
    """The event that a move is. An answer that still waits for a second person's approval has reached nobody: a move like others."""
    return MOVED if draft else _OF_MOVE.get(move, MOVED)


def wait_after(tries: int) -> timedelta:
    """How long after this many failures; never for all at the same moment."""
    return WAITS[tries - 1] * secrets.SystemRandom().uniform(0.8, 1.2)


def new_secret() -> str:
    """A secret as it is handed over: 256 random bits."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: str) -> str:
    """What stands in webhook-signature."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    mac = hmac.new(key, f"{message_id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(mac).decode()}"
