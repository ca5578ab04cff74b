"""Send back (回退): the station returns the case to the precinct office with its reason; no step is erased.

After a second one the director decides (裁定), so that a case does not go round for ever.
"""

from datetime import datetime

from django.db import transaction

from shequtong.cases.flow import flow_of
from shequtong.cases.models import NEVER, Asking, Assistance, Case
from shequtong.cases.usecases.pauses import end_question
from shequtong.cases.usecases.turns import Turn, begin, finish, required_note
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor


@transaction.atomic
def send_back_case(*, number: str, reason: str, by: Actor, now: datetime) -> Case:
    """Return the case; the station keeps sight of it but no longer has it. Raises Forbidden, CannotMove."""
    turn = begin(number, "send_back", by=by, now=now)
    note = required_note(turn, reason)
    count = turn.case.send_back_count + 1
    end_question(turn)
    leave_station(turn)
    turn.set(send_back_count=count)
    to_director = count >= flow_of(turn.case.subdistrict_id).send_backs_to_director
    finish(turn, note=note, to=Stage.DECISION if to_director else None)
    return turn.case


def leave_station(turn: Turn) -> None:
    """Nobody has the case in hand any more; sub-tasks that came with the dispatch, and a request for time, are called off.

    One statement for each where there are some.
    """
    if turn.case.assisting_open:
        Assistance.objects.filter(case=turn.case, is_open=True).update(is_open=False, answered_at=turn.now)
    if turn.case.asking:  # decided by nobody: it neither counts nor hinders the next station's
        asked = Asking.objects.filter(case=turn.case, state=Asking.State.ASKED)
        asked.update(state=Asking.State.REFUSED, decided_at=turn.now)
        turn.set(asking="")
    turn.set(lead_station_id=None, assignee_account_id=None, assignee_name="", accept_by=NEVER, assisting_open=0)
