"""Set or change one's own password (设置或修改密码). All other sessions of the account end with it."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.accounts.models import Account, Session
from shequtong.accounts.usecases.enter_password import WrongPassword
from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal


class WeakPassword(Refusal):
    """The new password does not meet the rules; the text says which."""


@transaction.atomic
def change_password(*, current: str, new: str, just_proven: bool, keep: str, by: Actor, now: datetime) -> Account:
    """The account with its new password. `current` is asked for unless it has none, or its phone was `just_proven` by a code.

    `keep` is the stored key of the session that goes on. Raises WrongPassword, WeakPassword.
    """
    if by.account_id is None:
        raise Forbidden("accounts.password", "accounts.Account")
    account = Account.objects.select_for_update().get(pk=by.account_id)
    if must_prove(account, just_proven=just_proven) and not account.check_password(current):
        raise WrongPassword(_("The current password is not right."))
    try:
        validate_password(new, account)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    if account.check_password(new):
        raise WeakPassword(_("The new password is the old one."))

    account.set_password(new)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    Session.objects.filter(account_id=account.pk).exclude(session_key=keep).delete()

    log.record("accounts.password_changed", account, by=by, at=now)
    return account


def must_prove(account: Account, *, just_proven: bool) -> bool:
    """Whether the current password is asked for before another takes its place."""
    return account.has_usable_password() and (account.must_use_totp or not just_proven)
