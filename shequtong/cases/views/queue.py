"""The list of cases (案件列表): the queue with its filters, in which words are looked for, too."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.found import why_found
from shequtong.cases.lookups import Filters, Page, page_of
from shequtong.cases.lookups.words import LOOKED_THROUGH
from shequtong.cases.models import Case
from shequtong.cases.shown import (
    Dresser,
    Shown,
)
from shequtong.cases.views.bulk import bulk_offered
from shequtong.cases.views.own_list import own_list_shown
from shequtong.cases.views.queue_asked import queue_asked, reaches, same_query, stages_shown
from shequtong.core.keyset import parse_keyset

_SEE = (permissions.VIEW, permissions.VIEW_HEADER)


def _pager(request: ActorRequest, page: Page) -> dict[str, str]:
    """Addresses of the pages before and after, the filters kept."""
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "before")}

    def link(name: str, key: tuple[datetime, int] | None) -> str:
        return "?" + urlencode({**kept, name: f"{key[0].isoformat()}_{key[1]}"}) if key else ""

    return {"older": link("after", page.next), "newer": link("before", page.previous)}


def _also(request: ActorRequest, **more: str) -> str:
    """The same list asked otherwise."""
    kept = {key: value for key, value in request.GET.items() if value and key not in ("after", "before")}
    return "?" + urlencode({**kept, **more})


def _row(case: Case, words: str, dress: Dresser) -> Shown:
    """With why it was found, where words were looked for."""
    row = dress(case)
    return replace(row, why=why_found(words, case.title, case.text, case.address)) if words else row


def _total(page: Page, by_stage: list[dict[str, Any]]) -> str:
    """How many there are where they were counted or one page shows all, else that there are more. No statement."""
    if page.total is not None:
        return str(page.total)
    known = next((str(one["n"]) for one in by_stage if one["active"]), "")
    return known or ("" if page.previous else f"{len(page.rows)}+" if page.next else str(len(page.rows)))


@require_GET
@for_staff(*_SEE)
def desk_queue(request: ActorRequest) -> HttpResponse:
    """Cases within reach, soonest due first; the filters stand in the address."""
    now, asked = timezone.now(), queue_asked(request)
    dress = Dresser(now)
    keyed = replace(
        asked.filters,
        after=parse_keyset(request.GET.get("after", "")),
        before=parse_keyset(request.GET.get("before", "")),
    )
    words = asked.filters.words
    page, by_stage = page_of(request.actor, keyed, now, asked.permission), [] if words else stages_shown(request, asked)
    context = {
        "rows": [_row(case, words, dress) for case in page.rows],
        "words": words,
        "partly": bool(words) and page.total is None,
        "looked_through": LOOKED_THROUGH,
        "ended_url": _also(request, stage="all") if words else "",
        "form": asked.form,
        "filtered": asked.filters != Filters(),
        "more_chosen": any(request.GET.get(name) for name in ("cls", "station", "under")),
        "total": page.total or len(page.rows),
        "total_said": _total(page, by_stage),
        "by_stage": by_stage,
        "clear": asked.clear,
        "reaches": reaches(request, asked),
        "headers_only": asked.wide,
        "map_url": reverse("cases:desk-map") + same_query(request, "q"),
        "pager": _pager(request, page),
        "may_intake": bool(request.actor.reach(permissions.INTAKE).grants),
        **own_list_shown(request),
        **({} if asked.wide else bulk_offered(request.actor, page.rows, now)),
    }
    return render(request, "cases/desk/queue.html", context)
