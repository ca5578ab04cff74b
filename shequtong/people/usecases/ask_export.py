"""Ask for an export (申请导出): a list within reach as a table; large ones, and any in clear, wait for a second person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import events
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.people import permissions
from shequtong.people.events import ExportMoved
from shequtong.people.lookups.listed import Wanted, ids_of
from shequtong.people.models import ExportRequest
from shequtong.people.usecases._exports import ALONE, DECIDED_WITHIN, EXPORT_PERSONS, MOST, CannotExport, kept, packed
from shequtong.people.usecases.register_person import Spot

SHORTEST_REASON = 4


@dataclass(frozen=True)
class NewExport:
    """`columns` are facts, home, grid, confirmed; `filters` the filter in words, without what was typed."""

    wanted: Wanted
    columns: Sequence[str]
    filters: str
    reason: str
    in_clear: bool = False
    kind: str = EXPORT_PERSONS
    listed: Collection[int] | None = (
        None  # known to the caller, of a form that is sent though it lists nobody; twice who stands in it twice
    )


@transaction.atomic
def ask_export(*, new: NewExport, by: Actor, now: datetime) -> ExportRequest:
    """Approved at once where nobody else need look at it. Raises CannotExport, Forbidden. Four statements."""
    grants = by.reach(permissions.EXPORT).grants
    if not grants or by.account_id is None:
        raise Forbidden(permissions.EXPORT)
    wanted = replace(new.wanted, path=new.wanted.path or grants[0].path)
    spot = Spot(grants[0].subdistrict, wanted.path)
    by.require(permissions.EXPORT, spot)
    if new.in_clear:
        by.require(permissions.REVEAL, spot)
    listed = _listed(new, wanted, by)
    count = len(listed)

    alone = count <= ALONE and not new.in_clear
    state = ExportRequest.State.APPROVED if alone else ExportRequest.State.WAITING
    export = ExportRequest.objects.create(
        subdistrict_id=spot.subdistrict,
        kind=new.kind,
        path=wanted.path,
        wanted=kept(wanted),
        filters=new.filters[:200],
        columns=list(new.columns),
        in_clear=new.in_clear,
        reason=new.reason.strip()[:200],
        count=count,
        listed="" if alone else packed(listed),
        state=state,
        account_id=by.account_id,
        asked_by=by.name[:80],
        asked_post=by.post[:120],
        asked_at=now,
        until=now + DECIDED_WITHIN,
    )
    log.record(
        "people.export_asked", export, by=by, at=now, count=count, filters=export.filters, in_clear=new.in_clear, alone=alone
    )
    if not alone:
        events.publish(ExportMoved(export.subdistrict_id, export.pk, export.path, "asked", export.account_id, now))
    return export


def _listed(new: NewExport, wanted: Wanted, by: Actor) -> Collection[int]:
    """The persons it is about. Raises CannotExport. One statement."""
    if len(new.reason.strip()) < SHORTEST_REASON:
        raise CannotExport(_("Say in a few words what the table is for."))
    sets = {name.partition(".")[0] for name in new.columns if "." in name}
    if new.kind == EXPORT_PERSONS and not sets <= {*wanted.marks}:
        raise CannotExport(_("Facts of a set go out with the list of that set only."))
    listed = ids_of(by, wanted, MOST + 1) if new.listed is None else new.listed
    if not listed and new.listed is None:
        raise CannotExport(_("Nobody here fits"))
    if len(listed) > MOST:
        raise CannotExport(_("More than %(n)s persons do not go into one table. Narrow the filter.") % {"n": f"{MOST:,}"})
    return listed
