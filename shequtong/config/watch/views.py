"""What is answered to whoever watches (监视接口): alive, ready, figures. Words and figures go to this machine or for the token only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from shequtong.config.watch import measures, readiness

LOOPBACK = frozenset({"127.0.0.1", "::1"})
UNAVAILABLE = 503


def is_watcher(request: HttpRequest) -> bool:
    """Whether one asks from this machine past the proxy, or has the token."""
    begins, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.MONITOR_TOKEN and begins == "Bearer" and constant_time_compare(token.encode(), settings.MONITOR_TOKEN.encode()):
        return True
    # nginx stands on this machine, too: what it passes on carries the visitor's address.
    passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers or "X-Real-Ip" in request.headers
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not passed_on


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. No statement: a database that is away is no reason to start the server again."""
    return _plain(HttpResponse("ok\n", content_type="text/plain"))


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether all that it needs is there (503 when not); what fails is said to a watcher. At most two statements."""
    found = readiness.look()
    status = 200 if all(check.ok for check in found.values()) else UNAVAILABLE
    if not is_watcher(request):
        return _plain(HttpResponse("ok\n" if status != UNAVAILABLE else "not ready\n", content_type="text/plain", status=status))
    checks = {name: {"ok": check.ok, "says": check.says} for name, check in found.items()}
    return _plain(JsonResponse({"ready": status != UNAVAILABLE, "checks": checks}, status=status))


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus; not there for anybody else. One statement."""
    if not is_watcher(request):
        raise Http404
    return _plain(HttpResponse(measures.exposed(), content_type=measures.CONTENT_TYPE))


def _plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
