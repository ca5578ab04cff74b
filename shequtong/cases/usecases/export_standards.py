"""Export the standards (导出立结案标准): the rows that hold, as a workbook that can be edited and read in again. Each export is logged."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.models import CaseStandard
from shequtong.cases.standards.writing import write_table
from shequtong.cases.standings import current_lines
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden


@transaction.atomic
def export_standards(*, tree: str, by: Actor, now: datetime) -> bytes:
    """The workbook; of one tree, or of all when `tree` is empty. Raises Forbidden."""
    if not by.may(permissions.PUBLISH_STANDARD):
        raise Forbidden(permissions.PUBLISH_STANDARD, "CaseStandard")
    lines = [line for line in current_lines() if not tree or line.tree == tree]
    # No one row was taken out but all of them: they have no number of their own.
    log.record("cases.export_standards", CaseStandard(id=0), by=by, at=now, tree=tree, rows=len(lines))
    return write_table(lines, footer=_("Taken out by %(name)s, %(at)s") % {"name": by.name, "at": f"{now:%Y-%m-%d %H:%M} UTC"})
