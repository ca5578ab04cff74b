"""The raw facts of the hotline's three rates (响应、解决、满意), noted by the moves that make them true.

Responded: the station accepted within 24 hours of the hotline's receipt; else the first answer sent or call reached, whenever it came.
Solved and satisfied: as the reporter last said, in an evaluation or a call; satisfied is 4 or 5 of 5. Rates are reckoned elsewhere.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from shequtong.cases.models import Case, WorkOrder

ACCEPTED_WITHIN = timedelta(hours=24)
SATISFIED = 4


def _orders(case: Case) -> QuerySet[WorkOrder, Any] | None:
    """The order of a case and those that were merged into it; None for a case without either. No statement."""
    mine = Q(case=case) if case.channel == Case.Channel.HOTLINE else Q(pk__in=[])
    if case.joined_count:  # whoever joined may have come by an order
        merged = Case.objects.filter(subdistrict=case.subdistrict_id, merged_into=case).values("pk")
        return WorkOrder.objects.filter(mine | Q(case__in=merged), subdistrict=case.subdistrict_id)
    return WorkOrder.objects.filter(mine, subdistrict=case.subdistrict_id) if case.channel == Case.Channel.HOTLINE else None


def note_accepted(case: Case, now: datetime) -> None:
    """The station has it in hand. One statement for an order or a case that others joined, none for any other case."""
    orders = _orders(case)
    if orders is not None:
        orders.filter(responded_at=None, received_at__gte=now - ACCEPTED_WITHIN).update(responded_at=now)


def note_responded(case: Case, now: datetime) -> None:
    """The reporter has heard of it. One statement for an order or a case that others joined, none for any other case."""
    orders = _orders(case)
    if orders is not None:
        orders.filter(responded_at=None).update(responded_at=now)


def note_heard(case: Case, solved: bool | None, score: int | None) -> None:
    """What the reporter said of it. One statement for an order, none for any other case."""
    said = {"solved": solved, "satisfied": None if score is None else score >= SATISFIED}
    known = {name: value for name, value in said.items() if value is not None}
    if case.channel == Case.Channel.HOTLINE and known:
        WorkOrder.objects.filter(case=case).update(**known)
