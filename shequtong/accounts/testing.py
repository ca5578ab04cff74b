"""Accounts for tests."""

from datetime import UTC, datetime
from itertools import count

from django.test import Client

from shequtong.accounts.models import Account

_SERIALS = count(1)
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
    """An account; without phone and user name it gets a phone of its own."""
    serial = next(_SERIALS)
    account = Account(
        shown_name=shown_name or f"Account {serial}",
        phone=phone or ("" if username else f"139{serial:08d}"),
        username=username,
        is_staff_member=staff,
        must_use_totp=must_use_totp,
        is_active=is_active,
        created_at=datetime.now(UTC),
    )
    account.set_password(password)
    account.save(force_insert=True)
    return account


def signed_in(account: Account) -> Client:
    """A browser in which `account` is signed in already (how one signs in has tests of its own)."""
    client = Client()
    client.force_login(account)
    return client
