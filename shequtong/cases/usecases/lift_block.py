"""Lift a block (解除限制): before its end, with a reason; the sender's reports go the usual way again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.blocks import REVISION
from shequtong.cases.models import Blocked
from shequtong.cases.usecases.block_sender import LONGEST_REASON, CannotBlock
from shequtong.core.actors import Actor
from shequtong.core.held import changed
from shequtong.core.refusals import Forbidden


@transaction.atomic
def lift_block(*, block_id: int, why: str, by: Actor, now: datetime) -> Blocked:
    """Lift one of the actor's own subdistrict. Raises Forbidden, also for one that is over, and CannotBlock."""
    found = None
    if by.home in by.reach(permissions.BLOCK).subdistricts:
        in_force = Blocked.objects.filter(subdistrict=by.home, lifted_at=None, until__gt=now)
        found = in_force.select_for_update().filter(pk=block_id).first()
    if found is None:
        raise Forbidden(permissions.BLOCK, "Blocked", block_id)
    words = why.strip()
    if not 2 <= len(words) <= LONGEST_REASON:
        raise CannotBlock(_("Say why in 2 to %(most)d characters.") % {"most": LONGEST_REASON})
    found.lifted_at, found.lifted_by, found.lifted_why = now, by.name[:80], words
    found.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    log.record("cases.lift_block", found, by=by, at=now, case=found.case_id, kind=found.kind)
    changed(REVISION)
    return found
