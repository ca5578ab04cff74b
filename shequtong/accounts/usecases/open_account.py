"""Open the account of a member of staff (开通工作账号). Residents open their own by signing in with a code."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shequtong.accounts import permissions
from shequtong.accounts.models import Account
from shequtong.audit import log
from shequtong.core.actors import Actor, HasFacts
from shequtong.core.phones import normalise_phone
from shequtong.core.refusals import Refusal


class CannotOpenAccount(Refusal):
    """Another account has this phone or user name."""


def open_account(
    *,
    shown_name: str,
    by: Actor,
    now: datetime,
    name: str = "",
    phone: str = "",
    username: str | None = None,
    password: str | None = None,
    must_change_password: bool = True,
    must_use_totp: bool = False,
    staff: bool = False,
    place: HasFacts | None = None,
) -> Account:
    """A new account. `shown_name` is how colleagues and residents see it (staff: their name at work). Without `password` it signs in
    by code alone. It becomes one of staff with its first appointment, or is from now on. With `place`, who may open accounts there opens it.
    Raises CannotOpenAccount, NotAPhone, Forbidden.
    """
    account = Account(
        shown_name=shown_name,
        name=name,
        phone=normalise_phone(phone) if phone else "",
        username=username.strip().casefold() if username else None,  # as it is looked for
        must_use_totp=must_use_totp,
        must_change_password=must_change_password and password is not None,
        is_staff_member=staff,
        created_at=now,
    )
    if place is not None:
        by.require(permissions.OPEN, place)
    else:
        by.require(permissions.MANAGE, account)
    try:
        return _open(account, password, by, now)
    except IntegrityError as error:
        raise CannotOpenAccount(_("An account with this phone number or user name exists already.")) from error


@transaction.atomic
def _open(account: Account, password: str | None, by: Actor, now: datetime) -> Account:
    account.set_password(password)
    account.save(force_insert=True)
    totp = account.must_use_totp
    log.record("accounts.opened", account, by=by, at=now, by_password=password is not None, totp=totp)
    return account
