"""Putting the warning off (明日再提醒): that a year's notice is missing is said again tomorrow."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from shequtong.core.refusals import Forbidden
from shequtong.core.submissions import once
from shequtong.territory.calendar_users import LATER_COOKIE
from shequtong.territory.views.gate import actor_of

_DAY = 24 * 3600  # seconds


@require_POST
def calendar_later(request: HttpRequest) -> HttpResponse:
    """For whoever has a desk. Kept in the browser alone: it is nobody's business who does not want to be told."""
    actor = actor_of(request)
    if actor.account_id is None:
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': '/desk/'})}")
    if not actor.post:
        raise Forbidden("territory.calendar_later")
    asked = request.POST.get("next", "")
    back = asked if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}) else "/desk/"
    answer = once(request, lambda: back, answer=back)
    answer.set_cookie(
        LATER_COOKIE, request.POST.get("years", "")[:40], max_age=_DAY, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return answer
