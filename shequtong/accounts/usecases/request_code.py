"""Ask for a sign-in code (获取验证码). Whether the phone has an account makes no difference to anything that happens here."""

import secrets
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.accounts.addresses import address_hash
from shequtong.accounts.limits import in_words, next_allowed
from shequtong.accounts.models import Guard, SignInCode
from shequtong.accounts.models.sign_in_code import PHONE_DOMAIN
from shequtong.accounts.usecases.guards import address_key, locked_rows
from shequtong.core.locality import INSTALLATION
from shequtong.core.locality.ids import new_id
from shequtong.core.phones import NotAPhone, is_mobile, normalise_phone
from shequtong.core.refusals import Refusal
from shequtong.core.sealed import hash_of, hashes_of
from shequtong.messaging.usecases import send_message

CODE_DOMAIN: Final = "sign_in_code"


class TooManyCodes(Refusal):
    """The phone or the address has had as many codes as it may; the text says how long to wait."""


@transaction.atomic
def request_code(*, phone: str, address: str, now: datetime) -> SignInCode:
    """Send six digits to `phone` (any usual spelling). The row is what the browser remembers. Raises NotAPhone, TooManyCodes."""
    plain = normalise_phone(phone)
    if not is_mobile(plain):
        raise NotAPhone(_("A code can be sent to a mobile number only."))
    locked_rows([(Guard.Kind.PHONE, hash_of(PHONE_DOMAIN, plain)), address_key(address)])
    _check_limits(plain, address, now)

    row = SignInCode(id=new_id(INSTALLATION), phone=plain, address_hash=address_hash(address))
    code = f"{secrets.randbelow(1_000_000):06}"
    row.code_hash, row.made_at, row.expires_at = code_hashes(row.pk, code)[0], now, now + settings.CODE_LASTS
    row.save(force_insert=True)

    minutes = int(settings.CODE_LASTS.total_seconds() // 60)
    text = _("Your sign-in code is %(code)s. It is good for %(minutes)d minutes. Never pass it on; our staff never ask for it.")
    send_message(
        channel="sms",
        template="accounts.sign_in_code",
        text=text % {"code": code, "minutes": minutes},
        phone=plain,
        once_key=f"accounts.code:{row.pk}",
        now=now,
        urgent=True,
        secret=True,
    )
    return row


def request_code_again(*, code_id: int, address: str, now: datetime) -> SignInCode:
    """Send another code to the phone that code `code_id` went to. Raises TooManyCodes."""
    row = SignInCode.objects.filter(pk=code_id).first()
    if row is None:
        raise TooManyCodes(_("This page is too old. Please enter your number again."))
    return request_code(phone=row.phone.reveal(), address=address, now=now)


def code_hashes(row_id: int, code: str) -> list[str]:
    """How the code of one row is stored, under every key in use, the current first; worth nothing for any other row."""
    return hashes_of(CODE_DOMAIN, f"{row_id}:{code}")


def _check_limits(phone: str, address: str, now: datetime) -> None:
    longest = max(span for _count, span in (*settings.CODES_PER_PHONE, *settings.CODES_PER_ADDRESS))
    lately = SignInCode.objects.filter(made_at__gt=now - longest)
    of_phone = lately.filter(phone_hash__in=hashes_of(PHONE_DOMAIN, phone)).values_list("made_at", flat=True)
    of_address = lately.filter(address_hash=address_hash(address)).values_list("made_at", flat=True)
    waits = (
        next_allowed(list(of_phone), settings.CODES_PER_PHONE, now),
        next_allowed(list(of_address), settings.CODES_PER_ADDRESS, now),
    )
    until = max((wait for wait in waits if wait), default=None)
    if until is not None:
        raise TooManyCodes(_("You can ask for another code in %(wait)s.") % {"wait": in_words(until - now)})
