"""One's own account (我的账号): devices, password, language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.accounts.addresses import address_of
from shequtong.accounts.forms import NewPasswordForm
from shequtong.accounts.holder import holder_of
from shequtong.accounts.lookups import devices_of
from shequtong.accounts.models import Account
from shequtong.accounts.sessions import stored_key
from shequtong.accounts.usecases.change_password import WeakPassword, change_password, must_prove
from shequtong.accounts.usecases.choose_language import choose_language
from shequtong.accounts.usecases.enter_password import WrongPassword
from shequtong.accounts.usecases.guards import LockedOut, refuse_locked, take_try
from shequtong.accounts.usecases.sessions import end_other_sessions, end_session
from shequtong.accounts.views.pending import proven_by_code, set_language_cookie
from shequtong.core.submissions import Answer, answered, once, tried_once


def _this(request: HttpRequest) -> str:
    return stored_key(request.session.session_key or "")


def _layout(account: Account) -> str:
    return "ui/layouts/desk.html" if account.is_staff_member else "ui/layouts/resident.html"


@never_cache
@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and what one may set."""
    own: Account = request.user  # type: ignore[assignment]  # login_required
    devices = devices_of(own.pk, this=_this(request), now=timezone.now())
    context = {"own": own, "devices": devices, "others": len(devices) > 1, "layout": _layout(own)}
    return render(request, "accounts/account.html", context)


@never_cache
@login_required
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """End one other session, or all others."""
    by = holder_of(request.user)  # type: ignore[arg-type]  # login_required

    def perform() -> str:
        if "all" in request.POST:
            end_other_sessions(keep=_this(request), by=by, now=timezone.now())
        else:
            end_session(session_id=request.POST.get("session", ""), by=by, now=timezone.now())
        return reverse("accounts:account")

    return once(request, perform, answer=reverse("accounts:account"))


@never_cache
@login_required
@sensitive_post_parameters("current", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Set or change one's password. Once it is changed, other fields are asked for: so a repeat is looked for first."""
    if (first := answered(request)) is not None and first.status == 302:
        return first.redirect()
    own: Account = request.user  # type: ignore[assignment]  # login_required
    now, proven = timezone.now(), proven_by_code(request, timezone.now())
    form = NewPasswordForm(request.POST or None, ask_current=must_prove(own, just_proven=proven))
    login, address = f"current:{own.pk}", address_of(request)

    def attempt() -> Answer:
        try:
            refuse_locked(login, address=address, now=now)
            changed = change_password(
                current=form.cleaned_data.get("current", ""),
                new=form.cleaned_data["new"],
                just_proven=proven,
                keep=_this(request),
                by=holder_of(own),
                now=now,
            )
        except WrongPassword as refusal:
            take_try(login, address=address, now=now)  # after the rollback, so that it stays counted
            return Answer(422, f"current {refusal}")
        except (WeakPassword, LockedOut) as refusal:
            return Answer(422, f"new {refusal}")
        request.session[HASH_SESSION_KEY] = changed.get_session_auth_hash()
        return Answer(302, reverse("accounts:account"))

    if form.is_valid():
        answer = tried_once(request, attempt)
        if answer.status == 302:
            messages.success(request, _("Your password is changed. All other devices have been signed out."))
            return answer.redirect()
        field, _space, words = answer.text.partition(" ")
        form.add_error(field if field in form.fields else "new", words)
    context = {"form": form, "own": own, "layout": _layout(own)}
    return render(request, "accounts/password.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of one's account."""
    by = holder_of(request.user)  # type: ignore[arg-type]  # login_required
    wanted = request.POST.get("language", "")

    def perform() -> str:
        choose_language(language=wanted, by=by, now=timezone.now())
        return reverse("accounts:account")

    answer = once(request, perform, answer=reverse("accounts:account"))
    if wanted in dict(settings.LANGUAGES):
        set_language_cookie(answer, wanted)
    return answer
