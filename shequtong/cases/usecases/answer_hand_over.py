"""Answer a hand-over (接收或拒收移交): the other station takes the case, and leads from now on, or refuses with a reason."""

from datetime import datetime

from django.db import transaction

from shequtong.cases.models import Case, HandOver, Party
from shequtong.cases.usecases.dispatch_case import record_party
from shequtong.cases.usecases.turns import Turn, begin, finish, required_note
from shequtong.core.actors import Actor, Facts


class _Offered:
    """The case as its offered station may touch it."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def reach_facts(self) -> Facts:
        stations = frozenset({self._case.offered_station_id} if self._case.offered_station_id is not None else ())
        return Facts(self._case.subdistrict_id, stations=stations, object_id=self._case.pk)


@transaction.atomic
def take_over_case(*, number: str, by: Actor, now: datetime) -> Case:
    """Take the offered case: it leads, nobody of it is assigned yet, the clock runs on. Raises Forbidden, CannotMove."""
    turn = begin(number, "take_over", by=by, now=now, on_behalf=_Offered)
    case, former = turn.case, turn.case.lead_station_id
    assert case.offered_station_id is not None  # `something_offered` saw to it
    _answered(turn, HandOver.State.TAKEN, "")
    record_party(case, case.offered_station_id, Party.Part.LEAD, now)
    turn.set(lead_station_id=case.offered_station_id, assignee_account_id=None, assignee_name="", offered_station_id=None)
    finish(turn, told_station=former, step_station=case.lead_station_id, details={"lead": case.lead_station_id})
    return case


@transaction.atomic
def refuse_over_case(*, number: str, reason: str, by: Actor, now: datetime) -> Case:
    """Refuse the offered case; the station that offered it goes on leading. Raises Forbidden, CannotMove."""
    turn = begin(number, "refuse_over", by=by, now=now, on_behalf=_Offered)
    note, refused = required_note(turn, reason), turn.case.offered_station_id
    _answered(turn, HandOver.State.REFUSED, note)
    turn.set(offered_station_id=None)
    finish(turn, note=note, told_station=turn.case.lead_station_id, step_station=refused)
    return turn.case


def _answered(turn: Turn, state: HandOver.State, words: str) -> None:
    HandOver.objects.filter(case=turn.case, state=HandOver.State.OFFERED).update(
        state=state, answered_at=turn.now, answered_by=turn.by.name, answer=words
    )
