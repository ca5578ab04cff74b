"""Sheets as files (报表文件): filled in the background with the rights of that moment, masked unless it was approved in clear."""

import json
import re

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shequtong.core.refusals import Forbidden
from shequtong.files.models import Blob
from shequtong.interchange.models import Sheet, SheetTemplate
from shequtong.interchange.people_in.kept import TableGone, unsealed
from shequtong.interchange.sheets_out.child import filled
from shequtong.interchange.sheets_out.compare import Comparison, Snapshot
from shequtong.interchange.sheets_out.counting import Filling, day_of
from shequtong.interchange.sheets_out.filling import CannotFill, Filler, Tally, Written
from shequtong.interchange.sheets_out.plan import plan_of
from shequtong.interchange.usecases import note_sheet
from shequtong.interchange.usecases.ask_sheet import FILL_SHEET
from shequtong.people import permissions
from shequtong.people.exports import export_of
from shequtong.people.models import ExportRequest
from shequtong.people.usecases import Approved
from shequtong.tasks.kinds import Kind, NewFile, Outcome, Run
from shequtong.tasks.xlsx import XLSX
from shequtong.territory.shown import unit_name
from shequtong.territory.units import at_path

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def content_of(template: SheetTemplate) -> bytes:
    """The workbook as it was uploaded. Raises TableGone. One statement."""
    blob = Blob.objects.filter(subdistrict=template.subdistrict_id, pk=template.blob_id, state=Blob.State.STORED).first()
    content = unsealed(blob, template.digest)
    if not content:
        raise TableGone(_("The workbook of this template is lost. Please upload it again."))
    return content


def before(sheet: Sheet) -> Sheet | None:
    """The last sheet of an earlier month, of the same template and unit. One statement."""
    earlier = Sheet.objects.within(sheet.subdistrict_id).filter(template=sheet.template_id, path=sheet.path)
    made = earlier.filter(month__lt=sheet.month, made_at__isnull=False).exclude(snapshot="")
    return made.order_by("-month", "-made_at").first()


def _fill(run: Run) -> Outcome:
    export = export_of(run)
    sheet = Sheet.objects.within(export.subdistrict_id).select_related("template").get(export_id=export.pk)
    unit = at_path(sheet.path)
    if unit is None:
        raise Forbidden(permissions.EXPORT)
    if sheet.version != sheet.template.version or sheet.template.retired_at is not None:  # what goes out is what was looked at
        raise CannotFill(_("The template was changed or taken out of use after this was asked for. Ask again."))
    today = timezone.localdate(run.now)
    what = Filling(unit, sheet.month, day_of(sheet.month, today), today, run.actor.name, export.in_clear)
    made, tally = _written(run, sheet, what, export)
    words = _("%(rows)s rows: %(new)s new, %(changed)s changed, %(gone)s gone.") % vars(tally)
    name = _UNFIT.sub(" ", f"{sheet.template.name} {unit_name(unit)} {sheet.month:%Y-%m}")[:100]
    return Outcome(words, NewFile(f"{name}.xlsx", XLSX, made))


def _written(run: Run, sheet: Sheet, what: Filling, export: ExportRequest) -> tuple[bytes, Tally]:
    """The workbook; what became of it is noted."""
    earlier = before(sheet)
    compared = Comparison(Snapshot.of(json.loads(earlier.snapshot.reveal())) if earlier is not None else None)

    def watch(done: int) -> None:
        run.progress(done, max(done, export.count))

    found = Filler(what, compared, run.actor, watch, Approved(export).require).written(plan_of(sheet.template.looked))
    against = earlier if compared.before is not None else None
    order = {"sheets": found.sheets, "changes": _changes(found, sheet, against), "who": run.actor.name}
    watch(found.tally.rows)
    made, tally = filled(content_of(sheet.template), order), found.tally
    counts = {"rows": tally.rows, "new_rows": tally.new, "changed_rows": tally.changed, "gone_rows": tally.gone}
    note_sheet(
        sheet_id=sheet.pk,
        counts={**counts, "changed_numbers": tally.numbers},
        snapshot=compared.now.as_json(),
        against=against.month if against is not None else None,
        by=run.actor,
        now=run.now,
    )
    return made, tally


def _changes(found: Written, sheet: Sheet, earlier: Sheet | None) -> dict[str, object] | None:
    """The sheet that tells what changed; none where there was nothing to compare with."""
    if earlier is None or earlier.made_at is None:
        return None
    made = timezone.localtime(earlier.made_at)
    told = {"month": f"{earlier.month:%Y-%m}", "made": f"{made:%Y-%m-%d %H:%M}", **vars(found.tally)}
    about = _("Compared with the sheet of %(month)s, made %(made)s: %(new)s new, %(changed)s changed, %(gone)s gone.")
    head = [
        pgettext("sheet", "Change"),
        pgettext("sheet", "Where"),
        pgettext("sheet", "Who"),
        _("What has changed"),
        pgettext("sheet", "Why"),
    ]
    rows = found.changes or [("changed", [_("Nothing has changed."), "", "", "", ""])]
    return {"name": _("Changes"), "title": _("Changes since the sheet before"), "about": about % told, "head": head, "rows": rows}


SHEET = Kind(FILL_SHEET, gettext_lazy("Monthly sheet"), _fill, permission=permissions.EXPORT)
