"""A request about what is held, in words (请求展示): what it asks, how it stands, how near its deadline is."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from shequtong.core.sealed.masks import MASKS
from shequtong.people.facts import FACT_OF
from shequtong.people.models import RightsRequest
from shequtong.people.shown import asks, mask_of
from shequtong.people.views.own_shown import proposed_text


def light(request: RightsRequest, now: datetime) -> dict[str, str] | None:
    """The sign of a deadline, as the queue shows its own; None once it is answered."""
    return {
        "green": {"label": pgettext("rights", "In time"), "shape": "circle", "tone": "good"},
        "amber": {"label": pgettext("rights", "Due soon"), "shape": "triangle", "tone": "warn"},
        "red": {"label": pgettext("rights", "Overdue"), "shape": "diamond", "tone": "bad"},
    }.get(request.light(now))


def masked_proposal(request: RightsRequest) -> str:
    """What a correction proposes, a sealed fact as its mask: the page may be read over a shoulder."""
    set_name, _dot, name = request.fact.rpartition(".")
    text = proposed_text(request)
    if not text or not FACT_OF[set_name][name].sealed or not json.loads(request.proposed.reveal()):
        return text
    return MASKS[mask_of(set_name, name)](text)


def request_line(request: RightsRequest, now: datetime) -> dict[str, Any]:
    """One request as a list shows it."""
    return {
        "request": request,
        "asks": asks(request),
        "light": light(request, now),
        "proposed": masked_proposal(request),
        "answer": request.answer.reveal() if request.answer else "",
    }
