"""Import rows (导入一批): some rows of a file become cases, and the run moves on, in one transaction: killed, none or all of it stands."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.usecases import import_history
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange.history.look import Line
from shequtong.interchange.models import ImportRun


class CannotImport(Refusal):
    """Another process brings in the same file."""


@transaction.atomic
def import_rows(*, run: ImportRun, lines: Sequence[Line], is_last: bool, by: Actor, now: datetime) -> ImportRun:
    """Bring in the rows that follow the run's position. Raises CannotImport when somebody else has moved it on, Forbidden."""
    by.require(permissions.INTAKE, run)
    held = ImportRun.objects.select_for_update().get(pk=run.pk, subdistrict=run.subdistrict_id)
    if held.position != run.position or held.state == ImportRun.State.DONE:
        raise CannotImport(_("Another process is bringing in this file. Wait for it, or run the command again."))
    past = [line.past for line in lines if line.past is not None]
    brought = import_history(past=past, subdistrict=run.subdistrict_id, by=by, now=now)
    held.position = lines[-1].number if lines else held.position
    held.moved_at = now
    held.brought += brought.new
    held.there += brought.there
    held.merged += sum(1 for line in lines if line.merged_into)
    held.refused += sum(1 for line in lines if line.bad is not None)
    if is_last:
        held.state, held.done_at = ImportRun.State.DONE, now
        counts = {name: getattr(held, name) for name in ("brought", "there", "merged", "refused")}
        log.record("interchange.import_done", held, by=by, at=now, **counts)
    held.save()
    return held
