"""Help for staff (帮助): the tour of their role once more, the guide of their post to print, keys, words, what to quote."""

from datetime import datetime
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shequtong.access.actor import AccountActor
from shequtong.access.gates import for_staff
from shequtong.access.posts import Post
from shequtong.access.request import ActorRequest
from shequtong.accounts.usecases.keep_guide import KNOWN, keep_guide
from shequtong.cases import permissions
from shequtong.cases.lookups import Filters, duties, queue, stages_of
from shequtong.cases.workflow import KEYS, MOVES
from shequtong.core.submissions import once
from shequtong.pages.glossary import said_of
from shequtong.pages.navigation import desk_home, desk_nav
from shequtong.pages.tour_shown import ASKED
from shequtong.pages.tours import Step, tour_of


@require_GET
@for_staff()
def help_page(request: ActorRequest) -> HttpResponse:
    """One page that can be printed and laid beside the screen. No statement beside session and account."""
    post = cast(Post, request.actor.in_use)
    held = {name for name, move in MOVES.items() if move.offered and post.role.scopes_of(move.permission)}
    context = {
        "role": post.role.label,
        "post": post.label,
        "steps": [
            {"n": n, "title": step.title, "text": step.text, "url": reverse("pages:tour-step", args=[n])}
            for n, step in enumerate(tour_of(post), start=1)
        ],
        "stages": [
            {
                "label": stage.label,
                "said": said_of(f"stage-{stage.value}"),
                "url": f"{reverse('cases:desk-queue')}?stage={stage.value}",
            }
            for stage in stages_of(duties(request.actor))
        ],
        "moves": [{"label": move.label, "word": name, "key": KEYS.get(name, "")} for name, move in MOVES.items() if name in held],
    }
    return render(request, "pages/desk/help.html", context)


@require_GET
@for_staff()
def tour_step(request: ActorRequest, step: int) -> HttpResponse:
    """To the page a step is about; where it is about a case, to the first one within reach, else to the list. Three statements at most."""
    actor = cast(AccountActor, request.actor)
    steps = tour_of(cast(Post, actor.in_use))
    if not 1 <= step <= len(steps):
        raise Http404
    return HttpResponseRedirect(_page_of(actor, steps[step - 1], step, timezone.now()))


def _page_of(actor: AccountActor, step: Step, n: int, now: datetime) -> str:
    place = step.place
    asked = urlencode({ASKED: n})
    permission = permissions.VIEW if actor.reach(permissions.VIEW).grants else permissions.VIEW_HEADER
    for stage in place.stages:
        found = queue(actor, Filters(stage=stage.value), now, permission, page=1).rows
        if found:
            return f"{reverse('cases:desk-detail', args=[found[0].number])}?{asked}"
    query = place.query or (f"stage={place.stages[0].value}" if place.stages else "")
    return f"{reverse(place.name)}?{query}&{asked}" if query else f"{reverse(place.name)}?{asked}"


@require_POST
@for_staff()
def tour(request: ActorRequest) -> HttpResponse:
    """Next, back, I know it already, or once more from the start; what is sent and is none of these changes nothing."""
    post, told = cast(Post, request.actor.in_use), request.POST
    most = len(tour_of(post))
    at = min(int(told["step"]), most) if told.get("step", "").isdecimal() and len(told["step"]) < 3 else 1
    wanted = {"next": at + 1 if at < most else KNOWN, "back": max(1, at - 1), "again": 1, "known": KNOWN}.get(told.get("do", ""))
    if wanted is None or not most:
        raise Http404
    shows = wanted != KNOWN and (told.get("shown") or told["do"] == "again")
    back = (
        reverse("pages:tour-step", args=[wanted])
        if shows
        else desk_home(desk_nav(cast(AccountActor, request.actor), request.path))
    )

    def perform() -> str:
        keep_guide(guide=post.role.code, step=wanted, by=request.actor, now=timezone.now())
        return back

    answer = once(request, perform, answer=back)
    if wanted == KNOWN:
        messages.success(request, _("You can take this tour again at any time: the question mark in the header."))
    return answer
