"""The three administrators (三员): made on the server by whoever runs it, each with a password to be changed and an app's code."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access import roles
from shequtong.access.usecases.appoint import appoint
from shequtong.accounts import totp
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.enter_totp import give_totp
from shequtong.accounts.usecases.open_account import open_account
from shequtong.accounts.usecases.reset_account import reset_account
from shequtong.core.actors import SystemActor
from shequtong.core.refusals import Refusal

# User name → role. The names are those such accounts carry in most Chinese systems under 等保.
ADMINISTRATORS: Final = {"sysadmin": "system_admin", "secadmin": "security_admin", "auditadmin": "audit_admin"}
# No 0/O, 1/l/I: it is read off a screen once.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
ISSUER: Final = "Shequtong"


class CannotMakeAdministrator(Refusal):
    """There is one of this name already, or none."""


@dataclass(frozen=True)
class Credentials:
    """What is shown once and kept nowhere: the password to be changed at the first sign-in, and the address for the app."""

    username: str
    password: str
    app_address: str


@transaction.atomic
def make_administrator(*, username: str, by: SystemActor, now: datetime) -> Credentials:
    """A new one, appointed to its role over the whole installation. Raises CannotMakeAdministrator."""
    if Account.objects.filter(username=username).exists():
        raise CannotMakeAdministrator(_("%(name)s exists already.") % {"name": username})
    role, password = roles.table().roles[ADMINISTRATORS[username]], _one_time_password()
    account = open_account(shown_name=username, username=username, password=password, must_use_totp=True, by=by, now=now)
    appoint(account_id=account.pk, role=role.code, unit=None, starts_on=timezone.localdate(now), by=by, now=now)
    return _credentials(account, password, now)


@transaction.atomic
def reset_administrator(*, username: str, by: SystemActor, now: datetime) -> Credentials:
    """A new password and a new app's secret for one who lost them; every session of theirs ends. Raises CannotMakeAdministrator."""
    account = Account.objects.filter(username=username).first() if username in ADMINISTRATORS else None
    if account is None:
        raise CannotMakeAdministrator(_("There is no administrator %(name)s.") % {"name": username})
    password = _one_time_password()
    reset_account(account_id=account.pk, password=password, by=by, now=now)
    return _credentials(account, password, now)


def _one_time_password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(4))


def _credentials(account: Account, password: str, now: datetime) -> Credentials:
    secret = give_totp(account=account, now=now)
    login = account.username or ""
    return Credentials(login, password, totp.app_address(secret, login, ISSUER))
