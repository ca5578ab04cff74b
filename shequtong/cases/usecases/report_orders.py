"""Report orders (回复工单): what was handed back to the hotline is noted with its kind and time."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.hotline.replies import reply_of, within_reach
from shequtong.cases.models import WorkOrder
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden


@transaction.atomic
def report_orders(*, subdistrict: int, ids: Iterable[int], by: Actor, now: datetime) -> int:
    """Note these orders of a place as handed back, as far as the actor's reach goes; how many. Raises Forbidden."""
    if not by.may(permissions.HOTLINE):
        raise Forbidden(permissions.HOTLINE, "WorkOrder")
    mine = WorkOrder.objects.filter(within_reach(by, permissions.HOTLINE), subdistrict=subdistrict, pk__in=sorted(ids))
    found = list(mine.select_related("case__merged_into"))
    for order in found:
        kind = reply_of(order.case)
        if kind != order.reply_kind:
            order.reply_kind, order.replied_at = kind, now if kind else None
        order.exported_at = now
    WorkOrder.objects.bulk_update(found, ["reply_kind", "replied_at", "exported_at"], batch_size=200)
    if found:
        log.record("cases.report_orders", found[0], by=by, at=now, rows=len(found))
    return len(found)
