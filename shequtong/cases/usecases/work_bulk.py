"""Work through what was asked for many cases (执行批量操作): each is a move of its own, in a transaction of its own, with its own trace."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import security
from shequtong.cases.models import Bulk
from shequtong.cases.usecases.accept_case import accept_case
from shequtong.cases.usecases.close_case import close_case
from shequtong.cases.usecases.dispatch_case import dispatch_case
from shequtong.cases.usecases.turns import as_seen
from shequtong.cases.usecases.urge_case import urge_case
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal


class NoStation(Refusal):
    """A dispatch without a station."""


def work_bulk(*, bulk_id: int, by: Actor, now: datetime) -> Bulk:
    """Make each move that waits; one that is refused keeps its reason and stops no other. Raises Forbidden for another's list.

    A line that had its turn is left as it is: sent again, or begun anew after a crash, it goes on where it was.
    """
    bulk = _mine(bulk_id, by)
    for index in range(len(bulk.lines)):
        bulk = _one(bulk_id, index, by, now)
    return bulk


def _mine(bulk_id: int, by: Actor, *, lock: bool = False) -> Bulk:
    rows = Bulk.objects.filter(subdistrict=by.home, pk=bulk_id, account_id=by.account_id or 0)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise Forbidden("cases.bulk", "Bulk", bulk_id)
    return found


@transaction.atomic
def _one(bulk_id: int, index: int, by: Actor, now: datetime) -> Bulk:
    """The move of one line and what is kept of it, together or not at all."""
    bulk = _mine(bulk_id, by, lock=True)
    line = bulk.lines[index]
    if line["state"] != Bulk.State.WAITS:
        return bulk
    try:
        with transaction.atomic(), as_seen(line["seen"]):
            _move(bulk, line, by, now)
    except Forbidden as refused:
        security.note("refused", what=refused.permission, by=by, subdistrict_id=by.home, object_kind="Case", now=now)
        # Absent and forbidden look the same.
        line |= {"state": Bulk.State.REFUSED, "words": _("No such case within your reach.")}
    except Refusal as refusal:
        line |= {"state": Bulk.State.REFUSED, "words": str(refusal)}
    else:
        line["state"] = Bulk.State.DONE
    bulk.save(update_fields=["lines"])
    return bulk


def _move(bulk: Bulk, line: dict[str, Any], by: Actor, now: datetime) -> None:
    if bulk.verb == "accept":
        accept_case(number=line["number"], by=by, now=now)
    elif bulk.verb == "close":
        close_case(number=line["number"], note=bulk.note, by=by, now=now)
    elif bulk.verb == "urge":
        urge_case(number=line["number"], requirement=bulk.note, by=by, now=now)
    elif line["to"] is None:
        raise NoStation(_("No station was chosen."))
    else:
        dispatch_case(number=line["number"], to=line["to"], note=bulk.note, by=by, now=now)
