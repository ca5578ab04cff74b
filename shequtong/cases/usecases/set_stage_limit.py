"""Set the limit of a stage (设置环节时限): how long staff may take for a stage of their own. Open due times are computed anew by the worker."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.catalogue import REVISION
from shequtong.cases.models import StageLimit
from shequtong.cases.usecases.ask_recompute import ask_recompute
from shequtong.core.actors import Actor
from shequtong.core.clock import ClockKind, Limit
from shequtong.core.held import changed
from shequtong.core.refusals import Forbidden
from shequtong.territory import units
from shequtong.territory.calendar_users import calendar_id_at


@transaction.atomic
def set_stage_limit(*, stage: str, minutes: int, kind: str, by: Actor, now: datetime) -> StageLimit:
    """`minutes` of the clock `kind`; the same again changes nothing. Raises Forbidden, ClockError.

    A case does not keep the limit of a stage as it keeps its standard: what is at the stage now is reckoned by the new one.
    """
    if not by.may(permissions.PUBLISH_STANDARD):
        raise Forbidden(permissions.PUBLISH_STANDARD, "StageLimit")
    Limit.of_minutes(minutes, ClockKind(kind))  # refuses a limit that is none
    before = StageLimit.objects.select_for_update().filter(stage=stage).first()
    if before is not None and (before.limit_amount_minutes, before.limit_kind) == (minutes, kind):
        return before
    limit, _made = StageLimit.objects.update_or_create(
        stage=stage, defaults={"limit_amount_minutes": minutes, "limit_kind": kind}
    )
    log.record("cases.set_stage_limit", limit, by=by, at=now, stage=stage, minutes=minutes, kind=kind)
    changed(REVISION)
    for calendar_id, places in _places().items():
        ask_recompute(calendar_id=calendar_id, subdistricts=sorted(places), by=by, now=now)
    return limit


def _places() -> dict[int, set[int]]:
    """Storage numbers of places by the calendar something in them counts by, 0 for none. No statement when warm."""
    found: dict[int, set[int]] = defaultdict(set)
    for one in units.under(""):
        found[calendar_id_at(one.path) or 0].add(one.subdistrict)
    return found
