"""A sign-in that is under way (登录过程): what the session knows between one page and the next. Never a phone, name or code."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from shequtong.accounts.addresses import address_of
from shequtong.accounts.devices import device_of
from shequtong.accounts.models import Account
from shequtong.accounts.sessions import DEVICE, SEEN_AT, SIGNED_IN_AT
from shequtong.accounts.usecases.enter_totp import needs_totp
from shequtong.accounts.usecases.sessions import note_signed_in
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import LONGEST_ADDRESS, Answer, tried_once

KEY: Final = "sign_in"
WAY: Final = "signed_in_by"  # session: code, password, each with "+totp"
_SECOND_STEP_LASTS = timedelta(minutes=5)
_RESIDENT_STAYS = timedelta(days=30)
_PROVEN_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Pending:
    """Either a code was sent (`code_id`), or the first proof was given (`account_id`, `way`, `at`) and the app's code is wanted."""

    code_id: int | None = None
    account_id: int | None = None
    way: str = ""
    at: int = 0
    next: str = ""

    def keep(self, request: HttpRequest) -> None:
        """Remember it in the session. Ids go as text."""
        request.session[KEY] = {
            "code": str(self.code_id or ""),
            "account": str(self.account_id or ""),
            "way": self.way,
            "at": self.at,
            "next": self.next,
        }

    @classmethod
    def of(cls, request: HttpRequest) -> "Pending":
        """What this session remembers; an empty one when there is nothing."""
        kept = request.session.get(KEY) or {}
        return cls(
            code_id=int(kept["code"]) if kept.get("code") else None,
            account_id=int(kept["account"]) if kept.get("account") else None,
            way=kept.get("way", ""),
            at=kept.get("at", 0),
            next=kept.get("next", ""),
        )

    def awaits_second(self, now: datetime) -> bool:
        """Whether the app's code may still be entered."""
        return self.account_id is not None and now.timestamp() - self.at <= _SECOND_STEP_LASTS.total_seconds()


def safe_next(request: HttpRequest, address: str) -> str:
    """`address` if it lies on this site, else ""."""
    own = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if own and address.startswith("/") and len(address) <= LONGEST_ADDRESS else ""


def home_of(wanted: str = "") -> str:
    """Where to go once signed in: where one was going, else where `settings.LOGIN_REDIRECT_URL` leads everybody by what they do."""
    return wanted or resolve_url(settings.LOGIN_REDIRECT_URL)


def first_proof(request: HttpRequest, account: Account, *, way: str, wanted: str, now: datetime) -> HttpResponse:
    """After phone code or password: in, or on to the app's code."""
    if not needs_totp(account):
        return let_in(request, account, way=way, wanted=wanted, now=now)
    request.session.cycle_key()
    Pending(account_id=account.pk, way=way, at=int(now.timestamp()), next=wanted).keep(request)
    return HttpResponseRedirect(reverse("accounts:second"))


def sign_in_once(
    request: HttpRequest,
    attempt: Callable[[], Account],
    go_on: Callable[[Account], HttpResponse],
    refusals: tuple[type[Refusal], ...],
) -> HttpResponse | str:
    """Try to sign in, once for this form: the response, or the words of the refusal, whose try was counted once.

    A repeat of what succeeded only leads where that led: it signs nobody in (docs/decisions/0009-repeats.md).
    """
    made: list[HttpResponse] = []

    def tried() -> Answer:
        try:
            account = attempt()
        except refusals as refusal:
            return Answer(422, str(refusal))
        made.append(go_on(account))
        return Answer(302, made[0].headers["Location"])

    answer = tried_once(request, tried)
    if answer.status != 302:
        return answer.text
    return made[0] if made else answer.redirect()


def let_in(request: HttpRequest, account: Account, *, way: str, wanted: str, now: datetime) -> HttpResponse:
    """Sign in under a new session key, and note it."""
    request.session.pop(KEY, None)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(now.timestamp())
    request.session[WAY] = way
    if not account.is_staff_member:
        request.session.set_expiry(_RESIDENT_STAYS)
    note_signed_in(account, way=way, address=address_of(request), now=now)
    answer = HttpResponseRedirect(home_of(wanted))
    if account.language:
        set_language_cookie(answer, account.language)
    return answer


def set_language_cookie(answer: HttpResponse, language: str) -> None:
    """Show the platform in `language` in this browser."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def proven_by_code(request: HttpRequest, now: datetime) -> bool:
    """Whether this session began with a code sent to the phone, some minutes ago at most: then a forgotten password may be replaced."""
    lately = now.timestamp() - request.session.get(SIGNED_IN_AT, 0) <= _PROVEN_LASTS.total_seconds()
    return lately and str(request.session.get(WAY, "")).startswith("code")
