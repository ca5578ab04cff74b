"""Update an order (更新工单): the hotline sent it again with another due time, urgency or instruction, or now in confidence."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from shequtong.cases.hotline import Order
from shequtong.cases.hotline.changes import COLUMNS, Change, changes
from shequtong.cases.hotline.secrecy import without_caller
from shequtong.cases.models import NEVER, WorkOrder
from shequtong.cases.usecases._grams import rewrite_grams
from shequtong.cases.usecases.open_case import title_of
from shequtong.cases.usecases.turns import Turn, begin, finish, repace
from shequtong.cases.workflow import STATION_STAGES
from shequtong.core.actors import Actor


@transaction.atomic
def update_order(*, known: WorkOrder, order: Order, by: Actor, now: datetime) -> list[Change]:
    """Take over what the hotline changed, as a correction in the course of the case; what differs, taken or not.

    The clock of a station goes on by the new due time. Raises Forbidden, CannotMove when the case is over.
    """
    turn = begin(known.case.number, "correct", by=by, now=now)
    row = (
        WorkOrder.objects.select_for_update(of=("self",))
        .select_related("case__reporter")
        .get(subdistrict=known.subdistrict_id, pk=known.pk)
    )
    found = changes(order, row)
    taken = [each for each in found if each.taken]
    if not taken:
        return found
    for each in taken:
        setattr(row, COLUMNS[each.name], each.after)
    names = {each.name for each in taken}
    if "order_confidential" in names:
        row.opinion = without_caller(row.opinion, order.name, order.phone)
        words = without_caller(turn.case.text, order.name, order.phone)
        address = without_caller(turn.case.address, order.name, order.phone)
        before = turn.case.text, turn.case.title, turn.case.address
        turn.set(confidential=True, text=words, title=title_of(words), address=address)
        rewrite_grams(turn.case, *before)  # who called is found by no word any more
    row.save(update_fields=sorted({*(COLUMNS[name] for name in names), "opinion"}))
    if "order_due" in names:
        _capped(turn, row.due_at)
    finish(turn, details=_details(taken))
    return found


def _capped(turn: Turn, due_at: datetime | None) -> None:
    """The earlier of two due times holds, and a later one is warned of anew."""
    before = turn.case.due_at
    turn.set(cap_at=due_at or NEVER)
    if turn.stage_before in STATION_STAGES:
        repace(turn)
        if turn.case.due_at > before:
            turn.set(warned=0)


def _details(taken: Sequence[Change]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    return {each.name: [plain(each.before), plain(each.after)] for each in taken}
