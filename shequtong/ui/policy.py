"""What a page may load and do (内容安全策略): only what we serve ourselves, no inline script or style, no frame around us, no copy kept."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse  # noqa: TID251  # a middleware answers
from django.utils.cache import add_never_cache_headers

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FOUND, NO_CONTENT = 302, 204
FEATURES = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"


def _keep_nowhere(request: HttpRequest, response: HttpResponse) -> None:
    """What a visitor with a session is shown stays in no cache, also not behind the back button of a PC that others use next."""
    personal = settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies
    if (personal or request.method == "POST") and not response.has_header("Cache-Control"):
        add_never_cache_headers(response)


def _say_where_it_leads(request: HttpRequest, response: HttpResponse) -> None:
    """A form sent by a script (sending.ts) goes there itself: were the redirect followed for it, the thanks would be shown to nobody."""
    if "X-Sends" in request.headers and response.status_code == FOUND:
        response["X-Leads-To"] = response["Location"]
        del response["Location"]
        response.status_code = NO_CONTENT


class PolicyMiddleware:
    """Puts the policy on every answer, and a number on every request that people can quote when something goes wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not getattr(request, "request_id", ""):  # the log has given it one already
            request.request_id = secrets.token_hex(4).upper()  # type: ignore[attr-defined]  # shown by the error pages
        response = self._get_response(request)
        _say_where_it_leads(request, response)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", FEATURES)
        _keep_nowhere(request, response)
        response.setdefault("X-Request-Id", request.request_id)  # type: ignore[attr-defined]  # set above
        return response
