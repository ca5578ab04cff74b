"""Signing in and out (登录), for staff and residents alike. A view loads, calls one use-case, and answers."""

from django.contrib.auth import logout
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shequtong.accounts.addresses import address_of
from shequtong.accounts.forms import CodeForm, PasswordForm, PhoneForm
from shequtong.accounts.lookups import code_waits, code_waits_for, masked_phone_of
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.enter_code import AccountClosed, WrongCode, enter_code
from shequtong.accounts.usecases.enter_password import WrongPassword, enter_password
from shequtong.accounts.usecases.enter_totp import WrongTotp, enter_totp
from shequtong.accounts.usecases.guards import LockedOut
from shequtong.accounts.usecases.request_code import TooManyCodes, request_code, request_code_again
from shequtong.accounts.usecases.sessions import note_signed_out
from shequtong.accounts.views.pending import Pending, first_proof, home_of, let_in, safe_next, sign_in_once
from shequtong.core.phones import NotAPhone
from shequtong.core.submissions import BadSubmitKey, answered, once


def _page(request: HttpRequest, phone: PhoneForm, password: PasswordForm, wanted: str) -> HttpResponse:
    status = 422 if phone.is_bound or password.is_bound else 200
    sent = Pending.of(request).code_id
    sent_to = masked_phone_of(sent) if sent is not None and code_waits(sent, timezone.now()) else ""
    context = {"phone_form": phone, "password_form": password, "wanted": wanted, "sent_to": sent_to}
    return render(request, "accounts/sign_in.html", context, status=status)


def _where_it_led(request: HttpRequest) -> HttpResponse:
    """Nothing is under way in this session: a repeat of the form that ended it goes where that went, everything else to the beginning."""
    first = answered(request)
    return first.redirect() if first is not None and first.status == 302 else redirect("accounts:sign-in")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The one page to sign in on. POST: send a code to a phone; Enter where a password stands signs in with that."""
    if request.POST.get("password") and "way" not in request.POST:
        return password(request)
    wanted = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(home_of(wanted))
    form = PhoneForm(request.POST or None)

    def send() -> str:
        row = request_code(phone=form.cleaned_data["phone"], address=address_of(request), now=timezone.now())
        Pending(code_id=row.pk, next=wanted).keep(request)
        return reverse("accounts:code")

    if form.is_valid():
        try:
            return once(request, send, answer=reverse("accounts:code"))
        except NotAPhone as refusal:
            form.add_error("phone", str(refusal))
        except TooManyCodes as refusal:
            sent = Pending.of(request).code_id
            if sent is not None and code_waits_for(sent, form.cleaned_data["phone"], timezone.now()):
                Pending(code_id=sent, next=wanted).keep(request)
                return _not_again(request, sent, refusal)
            form.add_error("phone", str(refusal))
    return _page(request, form, PasswordForm(), wanted)


@never_cache
@sensitive_post_parameters("password")
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Sign in with a password."""
    wanted, now = safe_next(request, request.POST.get("next", "")), timezone.now()
    form = PasswordForm(request.POST)

    def attempt() -> Account:
        return enter_password(**form.cleaned_data, address=address_of(request), now=now)

    def go_on(account: Account) -> HttpResponse:
        return first_proof(request, account, way="password", wanted=wanted, now=now)

    if form.is_valid():
        answer = sign_in_once(request, attempt, go_on, (WrongPassword, LockedOut))
        if isinstance(answer, HttpResponse):
            return answer
        form.add_error(NON_FIELD_ERRORS, answer)
    return _page(request, PhoneForm(initial={"phone": request.POST.get("phone", "")}), form, wanted)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Enter the code that was sent."""
    pending, now = Pending.of(request), timezone.now()
    if pending.code_id is None:
        return _where_it_led(request)
    form, sent = CodeForm(request.POST or None), pending.code_id

    def attempt() -> Account:
        return enter_code(code_id=sent, code=form.cleaned_data["code"], address=address_of(request), now=now)

    def go_on(account: Account) -> HttpResponse:
        return first_proof(request, account, way="code", wanted=pending.next, now=now)

    if form.is_valid():
        answer = sign_in_once(request, attempt, go_on, (WrongCode, AccountClosed, LockedOut))
        if isinstance(answer, HttpResponse):
            return answer
        form.add_error("code", answer)
    context = {"form": form, "phone": masked_phone_of(pending.code_id)}
    return render(request, "accounts/code.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def code_again(request: HttpRequest) -> HttpResponse:
    """Have another code sent to the same phone."""
    pending = Pending.of(request)
    if pending.code_id is None:
        return _where_it_led(request)
    sent_before: int = pending.code_id

    def send() -> str:
        row = request_code_again(code_id=sent_before, address=address_of(request), now=timezone.now())
        Pending(code_id=row.pk, next=pending.next).keep(request)
        return reverse("accounts:code")

    try:
        return once(request, send, answer=reverse("accounts:code"))
    except TooManyCodes as refusal:
        return _not_again(request, sent_before, refusal)


def _not_again(request: HttpRequest, sent: int, refusal: TooManyCodes) -> HttpResponse:
    """The page of the code that was sent, and why there is no other yet."""
    context = {"form": CodeForm(), "phone": masked_phone_of(sent), "why_not_again": str(refusal)}
    return render(request, "accounts/code.html", context, status=422)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Enter the code of the authenticator app."""
    pending, now = Pending.of(request), timezone.now()
    if pending.account_id is None or not pending.awaits_second(now):
        return _where_it_led(request)
    form, proven = CodeForm(request.POST or None), pending.account_id

    def attempt() -> Account:
        return enter_totp(account_id=proven, code=form.cleaned_data["code"], address=address_of(request), now=now)

    def go_on(account: Account) -> HttpResponse:
        return let_in(request, account, way=f"{pending.way}+totp", wanted=pending.next, now=now)

    if form.is_valid():
        answer = sign_in_once(request, attempt, go_on, (WrongTotp, LockedOut))
        if isinstance(answer, HttpResponse):
            return answer
        form.add_error("code", answer)
    return render(request, "accounts/second.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session. A repeat finds nobody signed in; an old or missing key keeps nobody here."""
    account = request.user
    if not account.is_authenticated:
        return redirect("/")

    def perform() -> str:
        note_signed_out(account, why="asked", address=address_of(request), now=timezone.now())
        return "/"

    try:
        answer: HttpResponse = once(request, perform, answer="/")
    except BadSubmitKey:
        answer = redirect(perform())
    logout(request)
    return answer
