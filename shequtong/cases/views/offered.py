"""What a case page offers to whom (可办操作): the moves open to an actor, and why others are closed."""

from datetime import datetime
from typing import Any

from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case
from shequtong.cases.usecases.turns import standing
from shequtong.cases.views.moves import PAGES
from shequtong.cases.views.moves.short import short_ways_open
from shequtong.cases.workflow import MOVES, OpenMove, moves_from, why_closed
from shequtong.core.clock import PauseReason


def open_moves(request: ActorRequest, case: Case, now: datetime) -> dict[str, Any]:
    """The moves offered to this actor: the way onward, what else there is, and what is closed with the reason. No statement."""
    facts = case.reach_facts()
    wanted = {move.permission for move in MOVES.values()} - {permissions.EVALUATE}
    held = [permission for permission in wanted if request.actor.reach(permission).covers(facts)]
    found = [item for item in moves_from(standing(case, now), held, flow_of(case.subdistrict_id).off) if item.move.name in PAGES]
    return {
        "short": short_ways_open(case, request.actor),
        "onward": [item for item in found if item.is_open and not item.move.more],
        "more": [item for item in found if item.is_open and item.move.more],
        "closed": [item for item in found if not item.is_open and not _says_nothing(item, case)],
    }


def _says_nothing(item: OpenMove, case: Case) -> bool:
    """Closed because nobody asked: no news. A request or an appeal that cannot be judged now is some."""
    asked = {
        "grant": case.asking,
        "refuse": case.asking,
        "resume": case.paused,
        "call_off": case.assisting_open or case.asking or case.offered_station_id or case.paused == PauseReason.REPORTER_ASKED,
        "appeal": case.handled_late,
        "judge_appeal": case.appeal == "first",
        "judge_appeal_finally": case.appeal == "second",
    }
    return not asked.get(item.move.name, True)


def may_move(request: ActorRequest, case: Case, verb: str) -> bool:
    """Whether a move that has no button of its own stands open to this actor. No statement."""
    move = MOVES[verb]
    in_reach = request.actor.reach(move.permission).of_post.covers(case.reach_facts())
    return in_reach and not why_closed(move, standing(case)) and verb not in flow_of(case.subdistrict_id).off
