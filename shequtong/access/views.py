"""Where one starts, and which post one acts in (切换岗位)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shequtong.access.request import APPOINTMENT, ActorRequest
from shequtong.core.submissions import LONGEST_ADDRESS, once


@never_cache
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """On to the desk, which leads each post to its work; residents to the first page."""
    return redirect(settings.STAFF_HOME if request.actor.in_use else settings.RESIDENT_HOME)


@never_cache
@require_POST
def switch(request: ActorRequest) -> HttpResponse:
    """Act in another of one's own posts from now on, in this session, once: a repeat does not undo a later switch."""
    chosen = request.POST.get("appointment", "")
    if chosen not in {str(post.appointment_id) for post in request.actor.posts}:
        raise Http404
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    led = back if own and back.startswith("/") and len(back) <= LONGEST_ADDRESS else reverse("accounts:account")

    def perform() -> str:
        request.session[APPOINTMENT] = chosen
        return led

    return once(request, perform, answer=led)
