"""Import orders (导入工单): each line becomes a case with its work order, or is refused in words; one that is there follows the hotline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.hotline import SOURCE, Order
from shequtong.cases.hotline.changes import Change, changes
from shequtong.cases.hotline.matching import Spotted, spotted
from shequtong.cases.hotline.secrecy import without_caller
from shequtong.cases.models import Case, WorkOrder
from shequtong.cases.usecases.open_case import NewCase, NewReporter, open_case
from shequtong.cases.usecases.update_order import update_order
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal

NOTICE = "12345"  # the hotline told the caller what becomes of their data, by its own notice


@dataclass(frozen=True)
class Imported:
    """What became of one order: the case and whether it is new, or why there is none; of one that was there, what differed."""

    order: Order
    case_number: str = ""
    new: bool = False
    why: str = ""
    changes: tuple[Change, ...] = ()
    opened_at: datetime | None = None  # of one that was there


def import_orders(
    *,
    orders: Sequence[Order],
    classes: Mapping[tuple[str, ...], str],
    subdistrict: int,
    source: str,
    by: Actor,
    now: datetime,
    since: datetime | None = None,
) -> list[Imported]:
    """Import orders into `subdistrict`, each in a transaction of its own; `classes` says which class their categories mean.

    May be broken off and done again: a number is imported once, and what this import itself did `since` it was asked for is new still. Raises Forbidden without the right to orders; a single order that may
    not or cannot be imported is refused in its own line.
    """
    if not by.may(permissions.HOTLINE):
        raise Forbidden(permissions.HOTLINE, "WorkOrder")
    done = [_imported(order, classes.get(order.group, ""), subdistrict, source, by, now) for order in orders]
    return [_as_asked(one, since) for one in done]


def _as_asked(one: Imported, since: datetime | None) -> Imported:
    """Opened by the same import, before it was broken off."""
    return replace(one, new=True) if since is not None and one.opened_at is not None and one.opened_at >= since else one


def _imported(order: Order, code: str, subdistrict: int, source: str, by: Actor, now: datetime) -> Imported:
    there = WorkOrder.objects.filter(subdistrict=subdistrict, source=SOURCE, external_number=order.number)
    try:
        if known := there.select_related("case__reporter").first():
            return _again(order, known, by, now)
        spot = spotted(order, subdistrict)
        if spot.why:
            return Imported(order, why=spot.why)
        if not code:
            return Imported(order, why=_("You chose not to import it."))
        with transaction.atomic():
            return _open(order, code, spot, source, by, now)
    except Refusal as refusal:
        return Imported(order, why=str(refusal))
    except Forbidden:
        return Imported(order, why=_("It lies outside the territory of your post."))


def _again(order: Order, known: WorkOrder, by: Actor, now: datetime) -> Imported:
    """Sent a second time: what changed is taken over while the case is open; else it stays as it is."""
    number, found = known.case.number, changes(order, known)
    if not any(each.taken for each in found):
        return Imported(order, number, changes=tuple(found), opened_at=known.case.reported_at)
    try:
        return Imported(order, number, changes=tuple(update_order(known=known, order=order, by=by, now=now)))
    except Refusal as refusal:
        return Imported(order, number, why=str(refusal))


def _open(order: Order, code: str, spot: Spotted, source: str, by: Actor, now: datetime) -> Imported:
    told = _without_caller(order) if order.confidential else order
    new = NewCase(
        class_code=code,
        text=told.text,
        channel=Case.Channel.HOTLINE,
        building_id=spot.building_id,
        unit_path=spot.unit_path,
        address=told.address,
        reporter=NewReporter(name=order.name, phone=order.phone, consent="spoken", notice_version=NOTICE),
        source=SOURCE,
        source_ref=order.number,
        source_at=order.received_at,
        external_number=order.number,
        confidential=order.confidential,
        cap_at=order.due_at,
    )
    case = open_case(new=new, by=by, now=now, received_at=min(order.received_at, now))
    made, fresh = WorkOrder.objects.get_or_create(
        subdistrict_id=case.subdistrict_id,
        source=SOURCE,
        external_number=order.number,
        defaults={
            "case": case,
            "received_at": order.received_at,
            "due_at": order.due_at,
            "reply_required": order.reply_required is not False,
            "confidential": order.confidential,
            "opinion": told.opinion,
            "categories": list(order.categories),
            "accept_kind": order.accept_kind,
            "call_kind": order.call_kind,
            "origin": order.origin,
            "urgency": order.urgency,
            "imported_from": source[:120],
        },
    )
    if fresh:
        log.record("cases.import_orders", made, by=by, at=now, external=order.number, case=case.number, row=order.row)
    return Imported(order, case.number, new=fresh)


def _without_caller(order: Order) -> Order:
    """A confidential order's words without its caller: the station reads them."""

    def cleaned(text: str) -> str:
        return without_caller(text, order.name, order.phone)

    return replace(order, text=cleaned(order.text), opinion=cleaned(order.opinion), address=cleaned(order.address))
