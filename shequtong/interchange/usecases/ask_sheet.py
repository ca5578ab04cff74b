"""Ask for a sheet (填报报表): a template filled for a unit and a month. It is an export of persons: the same limits, the same second person."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.interchange.models import Sheet, SheetTemplate
from shequtong.interchange.sheets_out.counting import day_of, wanted_of
from shequtong.interchange.sheets_out.filling import MOST_ROWS
from shequtong.interchange.sheets_out.plan import Plan, plan_of
from shequtong.people import permissions
from shequtong.people.lookups.listed import Wanted, ids_of
from shequtong.people.models import ExportRequest
from shequtong.people.usecases import NewExport, ask_export, make_export
from shequtong.people.usecases.register_person import Spot
from shequtong.tasks.models import Task
from shequtong.territory.shown import unit_name
from shequtong.territory.units import at_path

FILL_SHEET = "interchange.fill_sheet"


class CannotAskSheet(Refusal):
    """Not a unit it is sent by, not a month that has begun, too many rows."""


@transaction.atomic
def ask_sheet(
    *, template_id: int, path: str, month: date, in_clear: bool, by: Actor, now: datetime
) -> tuple[Sheet, ExportRequest, Task | None]:
    """The sheet, the export it is, and the task where nobody else need look at it. Raises CannotAskSheet, CannotExport, TooManyTasks, Forbidden."""
    template = SheetTemplate.objects.get(pk=template_id)
    by.require(permissions.EXPORT, Spot(template.subdistrict_id, path))
    unit, today = at_path(path), timezone.localdate(now)
    if unit is None or unit.ended or unit.kind != template.level or template.retired_at is not None:
        raise CannotAskSheet(_("This sheet is not asked of this unit."))
    if month.day != 1 or month > today:
        raise CannotAskSheet(_("The month has not begun yet."))
    plan = plan_of(template.looked)
    listed = listed_of(plan, path, day_of(month, today), by)
    if len(listed) > MOST_ROWS:
        raise CannotAskSheet(_("More than %(n)s rows do not fit into one sheet.") % {"n": f"{MOST_ROWS:,}"})

    words = f"{template.name} · {unit_name(unit)} · {month:%Y-%m}"
    new = NewExport(
        Wanted(path=path), plan.facts, words, _("Monthly sheet"), in_clear and bool(plan.facts), kind=FILL_SHEET, listed=listed
    )
    export = ask_export(new=new, by=by, now=now)
    sheet = Sheet.objects.create(
        subdistrict_id=template.subdistrict_id,
        template=template,
        version=template.version,
        path=path,
        month=month,
        export_id=export.pk,
        account_id=export.account_id,
        asked_by=export.asked_by,
        asked_at=now,
    )
    log.record("interchange.sheet_asked", sheet, by=by, at=now, template=template.pk, month=f"{month:%Y-%m}", rows=len(listed))
    alone = export.state == ExportRequest.State.APPROVED
    return sheet, export, make_export(export_id=export.pk, by=by, now=now) if alone else None


def listed_of(plan: Plan, path: str, on: date, by: Actor) -> list[int]:
    """The persons its lists name, as far as one more than fit, each as often as they stand in it. A statement for each list."""
    return [person for one in plan.lists for person in ids_of(by, wanted_of(one, path, on), MOST_ROWS + 1)]
