"""What a page may load and do (内容安全策略): only what we serve ourselves, no inline script or style, no frame around us."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse  # noqa: TID251  # a middleware answers

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
FEATURES = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"


class PolicyMiddleware:
    """Puts the policy on every answer, and a number on every request that people can quote when something goes wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(4).upper()  # type: ignore[attr-defined]  # shown by the error pages
        response = self._get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", FEATURES)
        response.setdefault("X-Request-Id", request.request_id)  # type: ignore[attr-defined]  # set above
        return response
