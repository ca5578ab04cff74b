"""Reads for the pages of this area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from shequtong.accounts.devices import device_words
from shequtong.accounts.models import Session, SignInCode
from shequtong.accounts.models.sign_in_code import PHONE_DOMAIN
from shequtong.core.phones import normalise_phone
from shequtong.core.sealed import hashes_of


@dataclass(frozen=True)
class Device:
    """A session as its owner is shown it."""

    id: str
    words: str
    signed_in_at: datetime | None
    seen_at: datetime | None
    is_this_one: bool


def devices_of(account_id: int, *, this: str, now: datetime) -> Sequence[Device]:
    """Where an account is signed in, the latest seen first. `this` is the stored key of the asking session. One statement."""
    rows = Session.objects.filter(account_id=account_id, expire_date__gt=now).order_by("-seen_at", "session_key")
    return [
        Device(row.session_key, device_words(row.device), row.signed_in_at, row.seen_at, row.session_key == this) for row in rows
    ]


def masked_phone_of(code_id: int) -> str:
    """Where a code went, as its page may show it; "" when it is gone. One statement."""
    row = SignInCode.objects.filter(pk=code_id).first()
    return row.phone.masked if row else ""


def code_waits(code_id: int, now: datetime) -> bool:
    """Whether the code that was sent may still be entered. One statement."""
    good = SignInCode.objects.filter(pk=code_id, used_at=None, expires_at__gt=now, tries__lt=settings.CODE_TRIES)
    return good.exists()


def code_waits_for(code_id: int, phone: str, now: datetime) -> bool:
    """Whether that code may still be entered and went to `phone` (any usual spelling). Two statements at most."""
    hashes = hashes_of(PHONE_DOMAIN, normalise_phone(phone))
    return code_waits(code_id, now) and SignInCode.objects.filter(pk=code_id, phone_hash__in=hashes).exists()
