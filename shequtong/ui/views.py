"""Pages of ui/ itself: display switches, the page of components, and what is shown when something goes wrong."""

import sys
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET

from shequtong.core.unavailable import is_unavailable
from shequtong.ui import display, samples

WRONG: Final = {400, 403, 404, 429, 500, 503}
AGAIN_IN: Final = 60  # seconds


@require_GET
def choose_display(request: HttpRequest) -> HttpResponse:
    """Keep a choice of theme, size, single keys or language in a cookie and go back. A GET: it changes nothing but how pages look here."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    chosen = {}
    if (theme := request.GET.get("theme", "")) in display.THEMES:
        chosen[display.COOKIE] = theme
    if (size := request.GET.get("size", "")) in display.SIZES:
        chosen[display.SIZE_COOKIE] = size
    if (keys := request.GET.get("keys", "")) in display.KEYS:
        chosen[display.KEYS_COOKIE] = keys
    if (language := request.GET.get("language", "")) and check_for_language(language):
        chosen[settings.LANGUAGE_COOKIE_NAME] = language
    for name, value in chosen.items():
        answer.set_cookie(name, value, max_age=display.YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
    return answer


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, on the layout named in `?face=` (desk or resident)."""
    face = "resident" if request.GET.get("face") == "resident" else "desk"
    return render(request, "ui/components.html", samples.context(face))


def _wrong(request: HttpRequest, status: int) -> HttpResponse:
    context = {"request_id": getattr(request, "request_id", "")}
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400."""
    return _wrong(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return _wrong(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: absent and forbidden look the same."""
    return _wrong(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: what passes by itself (a database that starts again, a full disk) is said so, with a time to come back.

    Drawn without what other pages are given, for that may be what fails.
    """
    status = 503 if is_unavailable(sys.exc_info()[1]) else 500
    known = {**display.display(request), "request_id": getattr(request, "request_id", "")}
    answer = HttpResponse(render_to_string(f"{status}.html", known), status=status)
    if status != 500:
        answer["Retry-After"] = str(AGAIN_IN)
    return answer


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer of a limit that was reached (429)."""
    return _wrong(request, 429)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: nearly always a page left open overnight, so it says that."""
    return render(request, "ui/stale_form.html", {"request_id": getattr(request, "request_id", "")}, status=403)
