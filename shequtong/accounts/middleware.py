"""Care of sessions (会话管理): staff who went away are signed out, "last seen" is kept, a printed password is changed first.

Costs the session and the account, which every page of somebody signed in reads anyway, and one UPDATE in five minutes.
"""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: TID251  # answers in place of a view
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.accounts.addresses import address_of
from shequtong.accounts.models import Account
from shequtong.accounts.sessions import SEEN_AT
from shequtong.accounts.usecases.sessions import note_signed_out

# Open to somebody whose password another has seen.
_BEFORE_CHANGE: Final = frozenset({"accounts:password-change", "accounts:sign-out", "accounts:language", "ui:display"})


class SessionCareMiddleware:
    """Stands after Django's AuthenticationMiddleware and MessageMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(account := _real(request), Account):
            self._look_after(request, account)
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        """Nothing is open before a password of one's own is set."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.resolver_match is None:
            return None
        account = _real(request)
        if (
            isinstance(account, Account)
            and account.must_change_password
            and request.resolver_match.view_name not in _BEFORE_CHANGE
        ):
            return HttpResponseRedirect(reverse("accounts:password-change"))
        return None

    @staticmethod
    def _look_after(request: HttpRequest, account: Account) -> None:
        # A page that polls marks those requests (frontend/ui/polls.ts): an open page is nobody at work.
        now = int(timezone.now().timestamp())
        seen = request.session.get(SEEN_AT)
        idle = now - seen if isinstance(seen, int) else 0
        if account.is_staff_member and idle > settings.STAFF_IDLE.total_seconds():
            note_signed_out(account, why="idle", address=address_of(request), now=timezone.now())
            logout(request)
            messages.info(request, _("You were signed out because nothing was done for a while."))
        elif seen is None or ("X-Poll" not in request.headers and idle >= settings.SESSION_SEEN_STEP.total_seconds()):
            request.session[SEEN_AT] = now


def _real(request: HttpRequest) -> object:
    """The account itself out of Django's lazy wrapper."""
    return request.user if request.user.is_authenticated else None
