"""The in-app inbox (站内消息)."""

from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from shequtong.core.actors import Actor
from shequtong.core.keyset import parse_keyset
from shequtong.core.submissions import once
from shequtong.messaging.lookups import inbox, inbox_places
from shequtong.messaging.matters import Matter, matters_of
from shequtong.messaging.models import Message
from shequtong.messaging.usecases import mark_all_read, mark_read

PAGE = 30


@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """The messages of the signed-in account, opened for the one they are for, newest first, with what they are about. Two statements beside those of the layout."""
    actor = _actor(request)
    if actor.account_id is None:
        return redirect_to_login(request.get_full_path())
    found = inbox(actor.account_id, inbox_places(actor)).order_by("-created_at", "-id")
    if before := parse_keyset(request.GET.get("before", "")):
        found = found.older_than(*before)
    rows = list(found[: PAGE + 1])
    context = {
        "rows": _shown(actor, rows[:PAGE]),
        "older": "?" + urlencode({"before": _key_of(rows[PAGE - 1])}) if len(rows) > PAGE else "",
        "newest": reverse("messaging:inbox") if before else "",
        "any_unread": any(not row.is_read for row in rows),
        "layout": "ui/layouts/desk.html" if actor.appointment_id is not None else "ui/layouts/resident.html",
    }
    return render(request, "messaging/inbox.html", context)


def _shown(actor: Actor, rows: list[Message]) -> list[tuple[Message, str, Matter | None, bool]]:
    """Each with its text, what it is about, and whether that has moved on since: then it waits for nobody who reads this."""
    matters = matters_of(actor, [row.link for row in rows if row.link])
    shown = []
    for row in rows:
        matter = matters.get(row.link)
        shown.append((row, row.text.reveal(), matter, matter is not None and matter.since > row.created_at))
    return shown


@require_POST
def open_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Mark one of one's own messages as read and go where it points. Another's looks absent."""
    actor = _actor(request)
    message = None if actor.account_id is None else Message.objects.filter(pk=message_id).in_inbox_of(actor.account_id).first()
    if message is None:
        raise Http404
    link = message.link if url_has_allowed_host_and_scheme(message.link, allowed_hosts=None) else reverse("messaging:inbox")

    def perform() -> str:
        mark_read(message_id=message_id, by=actor, now=timezone.now())
        return link

    return once(request, perform, answer=link)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of one's own messages as read."""
    actor, back = _actor(request), reverse("messaging:inbox")
    if actor.account_id is None:
        raise Http404

    def perform() -> str:
        mark_all_read(places=inbox_places(actor), by=actor, now=timezone.now())
        return back

    return once(request, perform, answer=back)


def _actor(request: HttpRequest) -> Actor:
    found: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware of access
    return found


def _key_of(message: Message) -> str:
    return f"{message.created_at.isoformat()}_{message.pk}"
