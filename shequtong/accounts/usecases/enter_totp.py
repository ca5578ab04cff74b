"""The second factor (第二因素): the code of an authenticator app, after phone code or password."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.accounts import totp
from shequtong.accounts.models import Account, TotpSecret
from shequtong.accounts.usecases.guards import give_back, take_try
from shequtong.audit import security
from shequtong.core.refusals import Refusal


class WrongTotp(Refusal):
    """Not the code the app shows now, or one that was used already."""


def needs_totp(account: Account) -> bool:
    """Whether this account must show a code of its app: it has one, or may not go without. One statement at most."""
    return account.must_use_totp or TotpSecret.objects.filter(account=account).exists()


def enter_totp(*, account_id: int, code: str, address: str, now: datetime) -> Account:
    """The account. Raises WrongTotp, LockedOut. A code is taken once, and none older than the last one taken."""
    login = f"totp:{account_id}"
    take_try(login, address=address, now=now)
    account = _take(account_id, code, now)
    if account is None:
        security.note(
            "sign_in_failed", what="accounts.totp", object_kind="accounts.Account", object_id=account_id, address=address, now=now
        )
        raise WrongTotp(_("This is not the code your app shows now. Wait for the next one and enter that."))
    give_back(login, address=address)
    return account


@transaction.atomic
def _take(account_id: int, code: str, now: datetime) -> Account | None:
    row = TotpSecret.objects.select_for_update(of=("self",)).select_related("account").filter(account=account_id).first()
    if row is None or not row.account.is_active:
        return None
    step = totp.matching_step(row.secret.reveal(), code, now)
    if step is None or step <= row.last_step:
        return None
    row.last_step = step
    row.save(update_fields=["last_step"])
    return row.account


@transaction.atomic
def give_totp(*, account: Account, now: datetime) -> str:
    """A new secret for the account's app, in place of any other; returned to be shown once."""
    secret = totp.new_secret()
    row = TotpSecret.objects.select_for_update().filter(account=account).first() or TotpSecret(account=account)
    row.secret, row.made_at, row.last_step = secret, now, 0
    row.save()
    return secret
