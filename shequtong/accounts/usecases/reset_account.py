"""Reset an account (重置账号): a new password, to be changed at once, for somebody who lost theirs; every session ends."""

from datetime import datetime

from django.db import transaction

from shequtong.accounts import permissions
from shequtong.accounts.models import Account, Session
from shequtong.audit import log
from shequtong.core.actors import Actor


@transaction.atomic
def reset_account(*, account_id: int, password: str, by: Actor, now: datetime) -> Account:
    """The account with its new password. Raises Account.DoesNotExist, Forbidden."""
    account = Account.objects.select_for_update().get(pk=account_id)
    by.require(permissions.MANAGE, account)
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    Session.objects.filter(account_id=account.pk).delete()
    log.record("accounts.reset", account, by=by, at=now)
    return account
