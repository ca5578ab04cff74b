"""Accounts for tests."""

import re
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.http import HttpRequest
from django.test import Client

from shequtong.accounts.models import Account
from shequtong.core.locality import INSTALLATION
from shequtong.core.submissions import FIELD, new_submit_key
from shequtong.messaging.models import Message

_SERIALS = count(1)


class QuickHasher(PBKDF2PasswordHasher):
    """The hasher of use with a single round: tests make many accounts."""

    iterations = 1


PASSWORD = "correct horse battery"


def make_account(
    shown_name: str = "",
    *,
    phone: str = "",
    username: str | None = None,
    password: str | None = None,
    staff: bool = False,
    must_use_totp: bool = False,
    is_active: bool = True,
) -> Account:
    """An account; without phone and user name it gets a phone of its own, in a range that no test writes."""
    serial = next(_SERIALS)
    account = Account(
        shown_name=shown_name or f"Account {serial}",
        phone=phone or ("" if username else f"1577{serial:07d}"),
        username=username,
        is_staff_member=staff,
        must_use_totp=must_use_totp,
        is_active=is_active,
        created_at=datetime.now(UTC),
    )
    account.set_password(password)
    account.save(force_insert=True)
    return account


class Browser(Client):
    """A browser that sends each form with a key of its own, as a page would have given it one."""

    def post(self, path: str, data: Any = None, *args: Any, **more: Any) -> Any:  # type: ignore[override]  # passed on as it came
        """Post a form; a key among `data` is kept: the same form once more."""
        return super().post(path, {FIELD: new_submit_key(HttpRequest()), **(data or {})}, *args, **more)


def signed_in(account: Account) -> Client:
    """A browser in which `account` is signed in already (how one signs in has tests of its own)."""
    client = Browser()
    client.force_login(account)
    return client


class Sender:
    """Reads codes out of the outbox, as the person with the phone would."""

    def last_code(self, phone: str) -> str:
        """The newest code sent to `phone`."""
        sent = [row for row in Message.objects.within(INSTALLATION).order_by("-id") if row.phone.reveal() == phone]
        found = re.search(r"\d{6}", sent[0].text.reveal())
        assert found
        return found.group()

    def count(self) -> int:
        """How many messages stand in the outbox."""
        return Message.objects.within(INSTALLATION).count()
