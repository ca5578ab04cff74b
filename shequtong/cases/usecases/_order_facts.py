"""The raw facts of the hotline's three rates (响应、解决、满意), noted by the moves that make them true.

Responded: the station accepted within 24 hours of the hotline's receipt; else the first answer sent or call reached, whenever it came.
Solved and satisfied: as the reporter last said, in an evaluation or a call; satisfied is 4 or 5 of 5. Rates are reckoned elsewhere.
"""

from datetime import datetime, timedelta

from shequtong.cases.models import Case, WorkOrder

ACCEPTED_WITHIN = timedelta(hours=24)
SATISFIED = 4


def note_accepted(case: Case, now: datetime) -> None:
    """The station has it in hand. One statement for an order, none for any other case."""
    if case.channel == Case.Channel.HOTLINE:
        WorkOrder.objects.filter(case=case, responded_at=None, received_at__gte=now - ACCEPTED_WITHIN).update(responded_at=now)


def note_responded(case: Case, now: datetime) -> None:
    """The reporter has heard of it. One statement for an order, none for any other case."""
    if case.channel == Case.Channel.HOTLINE:
        WorkOrder.objects.filter(case=case, responded_at=None).update(responded_at=now)


def note_heard(case: Case, solved: bool | None, score: int | None) -> None:
    """What the reporter said of it. One statement for an order, none for any other case."""
    said = {"solved": solved, "satisfied": None if score is None else score >= SATISFIED}
    known = {name: value for name, value in said.items() if value is not None}
    if case.channel == Case.Channel.HOTLINE and known:
        WorkOrder.objects.filter(case=case).update(**known)
