"""Ask for a change of a community's grids (申请网格调整): the division is kept, and a task carries it out."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.tasks.models import Task
from shequtong.tasks.usecases import start_task
from shequtong.territory import permissions
from shequtong.territory.division import Division, as_sent, standing
from shequtong.territory.division_judged import Judged, judge
from shequtong.territory.models import Regridding, Unit

REGRID = "territory.regrid"


class CannotRegrid(Refusal):
    """The division does not fit, changes nothing, or would leave ground without a grid that nobody meant to."""


def require_fit(judged: Judged, *, leave_gaps: bool) -> None:
    """Refused before it is asked for, and again when it is carried out."""
    if not judged.fits:
        found = [*judged.faults, *(f"{one.words} ({one.near})" for one in (*judged.overlaps, *judged.outside))]
        raise CannotRegrid(found[0])
    if not judged.changes:
        raise CannotRegrid(_("Nothing has been changed yet."))
    if judged.new_gaps and not leave_gaps:
        raise CannotRegrid(_("Ground would belong to no grid. Give it to one, or say that it may stay so."))


@transaction.atomic
def ask_regridding(
    *,
    community_id: int,
    division: Division,
    reason: str,
    by: Actor,
    now: datetime,
    submit_key: str,
    leave_gaps: bool = False,
    undoes: int | None = None,
) -> Task:
    """The task that will carry it out. Raises Forbidden, CannotRegrid, TooManyTasks."""
    community = Unit.objects.select_related("parent__parent").get(pk=community_id)
    by.require(permissions.MANAGE_UNITS, community)
    if not reason.strip():
        raise CannotRegrid(_("Say why, or by which decision."))
    require_fit(judge(division, standing(community)), leave_gaps=leave_gaps)

    row = Regridding(subdistrict_id=community.subdistrict_id, community=community, base=division.base, leave_gaps=leave_gaps)
    row.drawn, row.reason, row.asked_at, row.undoes_id = as_sent(division), reason.strip()[:200], now, undoes
    row.account_id, row.name, row.post = by.account_id, by.name[:80], by.post[:120]
    row.save(force_insert=True)
    log.record("territory.regridding_asked", row, by=by, at=now, community=community.code, reason=row.reason)
    return start_task(
        kind=REGRID, params={"regridding": row.pk}, by=by, now=now, submit_key=submit_key, place=community.subdistrict_id
    )
