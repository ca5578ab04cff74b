"""What a key may do with a case now (可办流转): what the table offers its post, and what waits for the key's own station."""

from datetime import datetime

from shequtong.cases import permissions
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Assistance, Case, Urge
from shequtong.cases.usecases.turns import standing
from shequtong.cases.workflow import MOVES, OpenMove, moves_from, why_closed
from shequtong.interchange.actor import KeyActor
from shequtong.interchange.views.api.moves import VERBS

_HELD = frozenset(MOVES[verb].permission for verb in VERBS)


def offered(case: Case, by: KeyActor, now: datetime) -> list[OpenMove]:
    """Each open or with why it is closed. No statement; one for a station while a sub-task is open, one while the case was urged."""
    facts, stands, off = case.reach_facts(), standing(case, now), flow_of(case.subdistrict_id).off
    held = [permission for permission in _HELD if by.reach(permission).covers(facts)]
    found = [one for one in moves_from(stands, held, off) if one.move.name in VERBS]
    waiting = (MOVES[name] for name in _waiting(case, by) if name not in off)
    return found + [OpenMove(move, why_closed(move, stands)) for move in waiting if stands.stage in move.sources]


def _waiting(case: Case, by: KeyActor) -> list[str]:
    """Moves that no button of the table makes, because something must wait for this very station first."""
    station, found = by.system.station, list[str]()
    if station is not None and case.offered_station_id == station and by.may(permissions.HAND_OVER):
        found += ["take_over", "refuse_over"]
    if station is not None and case.assisting_open and by.may(permissions.ANSWER_ASSIST):
        task = Assistance.objects.filter(case=case, station=station, is_open=True).first()
        if task is not None:
            found += ["answer_assist"] if task.state == Assistance.State.TAKEN else ["take_assist", "answer_assist"]
    if case.urge_count and by.reach(permissions.REPLY_URGE).covers(case.reach_facts()):
        found += ["reply_urge"] if Urge.objects.filter(case=case, replied_at__isnull=True).exists() else []
    return found
