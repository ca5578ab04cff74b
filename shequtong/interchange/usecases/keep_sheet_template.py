"""Keep a sheet template (保存报表模板): a workbook whose placeholders are all known, or the next version of one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.files.usecases import attach_files, release_files
from shequtong.interchange import permissions
from shequtong.interchange.models import SheetTemplate
from shequtong.interchange.sheets_out.plan import plan_of
from shequtong.interchange.sheets_out.received import NewSheetFile

MOST_TEMPLATES = 30
LAST_DUE_DAY = 28


class CannotKeepTemplate(Refusal):
    """Something in it is not known, or there are too many."""


@dataclass(frozen=True)
class SheetSettings:
    """What a street says of a template."""

    name: str
    level: str
    due_day: int
    due_next: bool = False


@transaction.atomic
def keep_sheet_template(
    *, told: SheetSettings, file: NewSheetFile | None, by: Actor, now: datetime, template_id: int | None = None
) -> SheetTemplate:
    """A new one, or `template_id` with other settings and, where there is a file, its next version. Raises CannotKeepTemplate, Forbidden."""
    if template_id is None:
        template = _new(by, now)
    else:
        template = SheetTemplate.objects.select_for_update().get(pk=template_id)
    by.require(permissions.MANAGE_SHEETS, template)
    _judge(template, told, file)

    template.name, template.level = told.name.strip(), told.level
    template.due_day, template.due_next = told.due_day, told.due_next
    if file is not None:
        template.version += template.pk is not None
        template.file_name, template.digest = file.name[-120:], file.digest
        template.looked, template.blob_id = file.looked, file.blob.pk
        template.kept_at, template.kept_by = now, by.name[:80]
        if template.pk is not None:
            release_files(owner=template, by=by, now=now)
    template.save()
    if file is not None:
        attach_files(ids=[file.blob.pk], claim=file.blob.claim, owner=template, by=by, now=now, label="sheet")
    log.record("interchange.sheet_template_kept", template, by=by, at=now, version=template.version, file=file is not None)
    return template


def _new(by: Actor, now: datetime) -> SheetTemplate:
    grants = by.reach(permissions.MANAGE_SHEETS).of_post.grants
    place, path = (grants[0].subdistrict, grants[0].path) if grants else (by.home, "")
    if by.account_id is not None and not grants:
        raise Forbidden(permissions.MANAGE_SHEETS, "SheetTemplate")
    return SheetTemplate(subdistrict_id=place, path=path, kept_at=now)


def _judge(template: SheetTemplate, told: SheetSettings, file: NewSheetFile | None) -> None:
    if template.retired_at is not None:
        raise CannotKeepTemplate(_("This template is out of use."))
    if template.pk is None:
        if file is None:
            raise CannotKeepTemplate(_("Choose the workbook."))
        if SheetTemplate.objects.within(template.subdistrict_id).in_use().count() >= MOST_TEMPLATES:
            raise CannotKeepTemplate(_("There are %(n)s templates already. Take one out of use first.") % {"n": MOST_TEMPLATES})
    if not told.name.strip() or told.level not in SheetTemplate.Level.values or not 1 <= told.due_day <= LAST_DUE_DAY:
        raise CannotKeepTemplate(_("Say its name, who sends it, and by which day."))
    if file is not None and plan_of(file.looked).faults:
        raise CannotKeepTemplate(_("Some placeholders are not known."))
