"""Sign in with a password (密码登录), by phone or user name. An unknown login takes the same way and the same time as a wrong password."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from shequtong.accounts.holder import holder_of
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.guards import give_back, take_try
from shequtong.audit import security
from shequtong.core.phones import NotAPhone, normalise_phone
from shequtong.core.refusals import Refusal


class WrongPassword(Refusal):
    """Login and password do not go together; the text does not say which of them is wrong."""


def enter_password(*, login: str, password: str, address: str, now: datetime) -> Account:
    """The account. Raises WrongPassword, LockedOut. Not one transaction: a failed try must stay counted."""
    plain, is_phone = _one_spelling(login)
    take_try(plain, address=address, now=now)
    account = Account.objects.with_phone(plain) if is_phone else Account.objects.filter(username=plain).first()
    if account is None:
        make_password(password)  # what a check costs
        right = False
    else:
        right = account.check_password(password) and account.is_active
    if account is None or not right:
        security.note(
            "sign_in_failed", what="accounts.password", by=holder_of(account) if account else None, address=address, now=now
        )
        raise WrongPassword(_("Phone or user name and password do not go together."))
    give_back(plain, address=address)
    return account


def _one_spelling(login: str) -> tuple[str, bool]:
    """What was typed in the form it is looked for, and whether that is a phone."""
    try:
        return normalise_phone(login), True
    except NotAPhone:
        return login.strip().casefold()[:80], False
