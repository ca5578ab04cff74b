"""Sign in with a code (验证码登录). Whoever proves to hold a phone for the first time gets an account of their own by it."""

import hmac
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shequtong.accounts.holder import holder_of
from shequtong.accounts.models import Account, Guard, SignInCode
from shequtong.accounts.models.sign_in_code import PHONE_DOMAIN
from shequtong.accounts.usecases.guards import give_back, locked_rows, take_try
from shequtong.accounts.usecases.request_code import code_hashes
from shequtong.audit import log, security
from shequtong.core.refusals import Refusal
from shequtong.core.sealed import hash_of


class WrongCode(Refusal):
    """Not the code that was sent, or no longer good."""


class AccountClosed(Refusal):
    """The phone is proven, but its account was closed by an administrator."""


def enter_code(*, code_id: int, code: str, address: str, now: datetime) -> Account:
    """The account of the phone that code `code_id` was sent to. A code is good once, for five tries, for five minutes.

    Raises WrongCode, AccountClosed, LockedOut. Not one transaction: a failed try must stay counted.
    """
    take_try(None, address=address, now=now)
    refusal, account = _enter(code_id, code, now)
    if refusal is not None or account is None:
        security.note("sign_in_failed", what="accounts.code", address=address, now=now)
        raise refusal or WrongCode()
    give_back(None, address=address)
    if not account.is_active:
        security.note("sign_in_failed", what="accounts.closed", by=holder_of(account), address=address, now=now)
        raise AccountClosed(_("This account has been closed. Please ask your community office."))
    return account


@transaction.atomic
def _enter(code_id: int, code: str, now: datetime) -> tuple[Refusal | None, Account | None]:
    row = SignInCode.objects.select_for_update().filter(pk=code_id).first()
    if row is None or row.used_at is not None or row.expires_at <= now or row.tries >= settings.CODE_TRIES:
        return WrongCode(_("This code is no longer good. Please ask for a new one.")), None
    typed = code.strip().replace(" ", "")
    right = [hmac.compare_digest(row.code_hash, candidate) for candidate in code_hashes(row.pk, typed)]
    if not any(right):
        SignInCode.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
        left = settings.CODE_TRIES - row.tries - 1
        if not left:
            return WrongCode(_("This code is not right, and it is no longer good. Please ask for a new one.")), None
        words = ngettext(
            "This code is not right. You have %(left)d more try.", "This code is not right. You have %(left)d more tries.", left
        )
        return WrongCode(words % {"left": left}), None
    row.used_at = now
    row.save(update_fields=["used_at"])
    return None, _account_of(row, now)


def _account_of(row: SignInCode, now: datetime) -> Account:
    """The phone's account, made now if there is none."""
    phone = row.phone.reveal()
    locked_rows([(Guard.Kind.PHONE, hash_of(PHONE_DOMAIN, phone))])  # two codes entered at once make one account
    account = Account.objects.with_phone(phone)
    if account is not None:
        return account
    account = Account(phone=phone, created_at=now)
    account.shown_name = account.phone.masked
    account.set_unusable_password()
    account.save(force_insert=True)
    log.record("accounts.opened_by_code", account, by=holder_of(account), at=now)
    return account
