"""Retire a sheet template (停用报表模板): it is asked for no more; sheets that were made stay on record."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.interchange import permissions
from shequtong.interchange.models import Sheet, SheetTemplate


@transaction.atomic
def retire_sheet_template(*, template_id: int, by: Actor, now: datetime) -> SheetTemplate:
    """What is kept for comparing goes with it. Raises Forbidden."""
    template = SheetTemplate.objects.select_for_update().get(pk=template_id)
    by.require(permissions.MANAGE_SHEETS, template)
    if template.retired_at is not None:
        return template

    template.retired_at = now
    template.save(update_fields=["retired_at"])
    for sheet in Sheet.objects.within(template.subdistrict_id).filter(template=template).exclude(snapshot=""):
        sheet.snapshot = ""
        sheet.save(update_fields=["snapshot"])

    log.record("interchange.sheet_template_retired", template, by=by, at=now)
    return template
