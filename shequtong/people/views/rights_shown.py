"""A request about what is held, in words (请求展示): what it asks, how it stands, how near its deadline is."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.people.bases import BASIS_OF
from shequtong.people.models import RightsRequest
from shequtong.people.views.own_shown import fact_label, proposed_text


def asks(request: RightsRequest) -> str:
    """What is asked, in a few words."""
    if request.kind == RightsRequest.Kind.CORRECT:
        return _("Correct: %(what)s") % {"what": fact_label(request.fact)}
    if request.kind == RightsRequest.Kind.DELETE:
        return _("Delete: %(what)s") % {"what": BASIS_OF[request.group].label}
    if request.kind == RightsRequest.Kind.COPY:
        return _("A copy of what is held")
    return _("See what is held")


def light(request: RightsRequest, now: datetime) -> dict[str, str] | None:
    """The sign of a deadline, as the queue shows its own; None once it is answered."""
    return {
        "green": {"label": pgettext("rights", "In time"), "shape": "circle", "tone": "good"},
        "amber": {"label": pgettext("rights", "Due soon"), "shape": "triangle", "tone": "warn"},
        "red": {"label": pgettext("rights", "Overdue"), "shape": "diamond", "tone": "bad"},
    }.get(request.light(now))


def request_line(request: RightsRequest, now: datetime) -> dict[str, Any]:
    """One request as a list shows it."""
    return {
        "request": request,
        "asks": asks(request),
        "light": light(request, now),
        "proposed": proposed_text(request),
        "answer": request.answer.reveal() if request.answer else "",
    }
