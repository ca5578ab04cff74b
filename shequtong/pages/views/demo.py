"""The demo's telephone (演示用手机): `/dev/outbox/` shows text messages and the codes of apps as their owners would read them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shequtong.messaging.lookups import latest_texts
from shequtong.pages.demo.apps import codes_now

MESSAGES = 30
REFRESH_SECONDS = "5"


@never_cache
@require_http_methods(["GET"])
def demo_outbox(request: HttpRequest) -> HttpResponse:
    """The latest text messages with their codes readable, and what the administrators' apps show. Absent outside the demo."""
    if not settings.SHEQUTONG_DEMO:
        raise Http404
    context = {"rows": latest_texts(MESSAGES), "apps": codes_now(timezone.now())}
    response = render(request, "pages/resident/demo_outbox.html", context)
    if "refresh" in request.GET:
        response["Refresh"] = REFRESH_SECONDS
    return response
