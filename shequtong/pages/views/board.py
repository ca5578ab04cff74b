"""The board (综合看板): a page for a wall and the pieces it asks for again; each is computed once every few seconds, however many look."""

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.lookups.board import MOVES_OF, RECEIVED, moved_on, moves_by_day
from shequtong.cases.map_layers import board_layers
from shequtong.cases.shown import shown, unit_name
from shequtong.core.keyset import parse_keyset
from shequtong.pages.board import Board, board_of, numbers
from shequtong.pages.board_shown import in_words, points
from shequtong.pages.kept import kept

_SEE = (permissions.VIEW, permissions.VIEW_HEADER)
_PAGE = 50


def _board(request: ActorRequest) -> Board:
    """Absent and forbidden look the same."""
    found = board_of(request.actor, request.GET.get("under", "")[:40])
    if found is None:
        raise Http404
    return found


def _kept(board: Board, what: str, make: Callable[[], str]) -> bytes:
    """By whose reach, of which unit, in which language."""
    key = (what, board.unit.path, board.permission, board.grants, get_language())
    return kept(key, lambda: make().encode())


def _piece(request: ActorRequest, board: Board) -> bytes:
    all_rows = request.GET.get("rows") == "all"

    def make() -> str:
        found = numbers(board, request.actor, timezone.now())
        return render_to_string("pages/board/_piece.html", in_words(board, found, all_rows=all_rows))

    return _kept(board, f"piece {all_rows}", make)


def _answer(request: ActorRequest, body: bytes, content_type: str) -> HttpResponseBase:
    etag = f'"{sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    answer = HttpResponse(body, content_type=content_type, headers=headers)
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_GET
@for_staff(*_SEE)
def board(request: ActorRequest) -> HttpResponse:
    """The page; without a script it stands as it was drawn, and with `still` it does so on purpose. At most six statements, two when kept."""
    found = _board(request)
    rows = {"rows": "all"} if request.GET.get("rows") == "all" else {}
    context = {
        "name": unit_name(found.unit),
        "piece": _piece(request, found).decode(),
        "still": "still" in request.GET,
        "piece_url": found.url("pages:board-piece", **rows),
        "still_url": found.url("pages:board", still="1", **rows),
        "live_url": found.url("pages:board", **rows),
        "layers": board_layers(found.unit, found.url("pages:board-map")),
        "own_url": reverse("pages:board") if found.query else "",
    }
    return render(request, "pages/board/board.html", context)


@require_GET
@for_staff(*_SEE)
def board_piece(request: ActorRequest) -> HttpResponseBase:
    """The numbers, asked for again every few seconds."""
    found = _board(request)
    return _answer(request, _piece(request, found), "text/html; charset=utf-8")


@require_GET
@for_staff(*_SEE)
def board_map(request: ActorRequest) -> HttpResponseBase:
    """The open cases as points."""
    found = _board(request)
    body = _kept(found, "map", lambda: json.dumps(points(found, timezone.now()), ensure_ascii=False, separators=(",", ":")))
    return _answer(request, body, "application/geo+json")


@require_GET
@for_staff(*_SEE)
def board_day(request: ActorRequest) -> HttpResponse:
    """The cases behind a number of a day: received or closed on it. Two statements."""
    found, what, now = _board(request), request.GET.get("what", ""), timezone.now()
    day = _day(request.GET.get("day", ""))
    if what not in MOVES_OF or day is None:
        raise Http404
    steps = moved_on(found.ground, what, day, parse_keyset(request.GET.get("after", "")), _PAGE)
    more, steps = len(steps) > _PAGE, steps[:_PAGE]
    context: dict[str, Any] = {
        "received": what == RECEIVED,
        "day": day,
        "name": unit_name(found.unit),
        "counted": moves_by_day(found.ground, day, day).get((what, day), 0),
        "rows": [shown(step.case, now) for step in steps],
        "headers_only": found.permission == permissions.VIEW_HEADER,
        "older": f"{found.day_url(what, day)}&{urlencode({'after': f'{steps[-1].at.isoformat()}_{steps[-1].pk}'})}"
        if more
        else "",
        "newest": found.day_url(what, day) if "after" in request.GET else "",
        "back": found.url("pages:board"),
    }
    return render(request, "pages/board/day.html", context)


def _day(text: str) -> date | None:
    """A day an address names; None for nonsense."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 < found.year < 9000 else None
