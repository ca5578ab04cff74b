"""Decide an export (审批导出): a second person, never who asked, within a day; of two who decide at once the first counts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import events
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.events import ExportMoved
from shequtong.people.models import ExportRequest
from shequtong.people.usecases._exports import DECIDED_WITHIN, CannotExport

State = ExportRequest.State


@transaction.atomic
def decide_export(*, export_id: int, approve: bool, words: str, by: Actor, now: datetime) -> ExportRequest:
    """Raises CannotExport, Forbidden. Four statements."""
    export = ExportRequest.objects.get(pk=export_id)
    by.require(permissions.APPROVE_EXPORT, export)
    if by.account_id == export.account_id:
        raise CannotExport(_("Who asked for a table does not approve it. Another person must."))
    if export.is_late(now):
        raise CannotExport(_("Nobody decided within a day. It must be asked for again."))
    if not approve and len(words.strip()) < 2:
        raise CannotExport(_("Say why it is refused."))
    waiting = ExportRequest.objects.within(export.subdistrict_id).filter(pk=export.pk, state=State.WAITING, until__gte=now)
    won = waiting.update(
        state=State.APPROVED if approve else State.REFUSED,
        decided_account_id=by.account_id,
        decided_by=by.name[:80],
        decided_at=now,
        decided_words=words.strip()[:200],
        until=now + DECIDED_WITHIN,
    )
    if not won:
        raise CannotExport(_("This was decided already, by somebody else or in another window."))
    kind = "approved" if approve else "refused"
    log.record(f"people.export_{kind}", export, by=by, at=now, count=export.count, in_clear=export.in_clear)
    events.publish(ExportMoved(export.subdistrict_id, export.pk, export.path, kind, export.account_id, now))
    export.refresh_from_db()
    return export
