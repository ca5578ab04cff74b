"""What cases can be asked to do outside a request (后台任务): documents that take photos or hundreds of rows."""

from collections import Counter
from datetime import datetime, tzinfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases import permissions
from shequtong.cases.exports import EXPORT_QUEUE
from shequtong.cases.exports_roots import EXPORT_ROOTS
from shequtong.cases.hotline.changes import in_words
from shequtong.cases.hotline.kept import kept_upload
from shequtong.cases.hotline.orders import groups
from shequtong.cases.hotline.replies import REPLY_COLUMNS, reply_rows, within_reach
from shequtong.cases.models import WorkOrder
from shequtong.cases.paper import case_file, daily_sheet
from shequtong.cases.sheets import case_sheet
from shequtong.cases.usecases import import_orders, print_case, print_daily_sheet, report_orders
from shequtong.cases.usecases.import_orders import Imported
from shequtong.cases.usecases.print_case import FILE
from shequtong.core.places import place
from shequtong.core.refusals import Refusal
from shequtong.organizations.stations import StationRef
from shequtong.tasks.kinds import Kind, NewFile, Outcome, Run
from shequtong.tasks.xlsx import Cell, export
from shequtong.ui.paper import render

IMPORT_ORDERS, EXPORT_ORDERS = "cases.import_orders", "cases.export_orders"
_REASONS = 5  # why orders were not imported, told beside the table
_BATCH = 20  # orders between two notes of progress
PRINT_FILE, PRINT_DAILY_SHEET = "cases.print_file", "cases.print_daily_sheet"
_PDF = "application/pdf"


def _file(run: Run) -> Outcome:
    """The file of the case `number`. Refuses without fonts, is forbidden to who is no party."""
    case = print_case(number=str(run.params["number"]), document=FILE, by=run.actor, now=run.now)
    made = render(case_file(case_sheet(case), by=run.actor, now=run.now), at=run.now)
    words = _("Case file %(number)s") % {"number": case.number}
    return Outcome(words, NewFile(f"{words}.pdf", _PDF, made))


def _daily_sheet(run: Run) -> Outcome:
    """The sheet of the station `station`, as of now."""
    station: StationRef = print_daily_sheet(station_id=int(run.params["station"]), by=run.actor, now=run.now)
    sheet = daily_sheet(station, by=run.actor, now=run.now)
    words = f"{sheet.data['title']} {sheet.data['day']}"
    return Outcome(words, NewFile(f"{words}.pdf", _PDF, render(sheet, at=run.now)))


class UploadGone(Refusal):
    """The table was swept, or is another's."""


def _import_orders(run: Run) -> Outcome:
    """The table `upload`, each group of categories with the class chosen for it; what became of every line is the result."""
    upload = kept_upload(int(run.params["upload"]), run.actor)
    if upload is None:
        raise UploadGone(_("The table is not kept any more. Please send it in again."))
    classes = dict(zip(groups(upload.orders), run.params["classes"], strict=True))
    done: list[Imported] = []
    zone = place(run.task.subdistrict_id).zone
    for start in range(0, len(upload.orders), _BATCH):
        part = upload.orders[start : start + _BATCH]
        done += import_orders(
            orders=part,
            classes=classes,
            subdistrict=run.task.subdistrict_id,
            source=upload.name,
            by=run.actor,
            now=timezone.now(),
            since=run.task.asked_at,
        )
        run.progress(len(done), len(upload.orders))
    rows: list[list[Cell]] = [
        [one.order.row, one.order.number, one.case_number, _became(one), _remark(one, zone)] for one in done
    ]
    rows += [[row, number, "", _("Refused"), why] for row, number, why in upload.refused]
    rows.sort(key=lambda row: int(str(row[0])))
    columns = [_("Row"), _("Order number"), _("Case"), _("Result"), _("Remarks")]
    file, count = export(run, title=_("Import of orders"), columns=columns, rows=rows, filters=upload.name)
    new, updated = sum(one.new for one in done), sum(_is_updated(one) for one in done)
    refused = count - sum(bool(one.case_number) for one in done)
    told = {"new": new, "updated": updated, "there": count - new - updated - refused, "refused": refused}
    words = _("%(new)s imported, %(updated)s updated, %(there)s were there already, %(refused)s refused.") % told
    why = Counter([*(one.why for one in done if not one.case_number), *(why for _row, _number, why in upload.refused)])
    reasons = [_("Not imported, %(n)s: %(why)s") % {"n": n, "why": each} for each, n in why.most_common(_REASONS)]
    return Outcome("\n".join([words, *reasons]), file, left_out=bool(refused))


def _became(one: Imported) -> str:
    if one.new:
        return _("Imported")
    if _is_updated(one):
        return _("Updated")
    return _("Was there already") if one.case_number else _("Refused")


def _is_updated(one: Imported) -> bool:
    """It was there, and something of it was taken over."""
    return not one.why and any(each.taken for each in one.changes)


def _remark(one: Imported, zone: tzinfo) -> str:
    return one.why or in_words(one.changes, zone)


def _export_orders(run: Run) -> Outcome:
    """Orders received since `since` and before `before`, with state and answer; then they are noted as handed back."""
    edges = {
        f"received_at__{edge}": datetime.fromisoformat(run.params[name]) for name, edge in (("since", "gte"), ("before", "lt"))
    }
    found = WorkOrder.objects.filter(
        within_reach(run.actor, permissions.HOTLINE), subdistrict=run.task.subdistrict_id, **edges
    ).select_related("case__merged_into")
    orders = list(found.order_by("received_at", "id"))
    file, count = export(
        run,
        title=_("Replies to 12345"),
        columns=[str(column) for column in REPLY_COLUMNS],
        rows=reply_rows(orders),
        filters=f"{run.params['since'][:10]} – {run.params['before'][:10]}",
        total=len(orders),
    )
    report_orders(subdistrict=run.task.subdistrict_id, ids=[each.pk for each in orders], by=run.actor, now=timezone.now())
    return Outcome(_("%(n)s orders were exported.") % {"n": count}, file)


KINDS = (
    Kind(IMPORT_ORDERS, gettext_lazy("Import of 12345 orders"), _import_orders, permission=permissions.HOTLINE),
    Kind(EXPORT_ORDERS, gettext_lazy("Replies to 12345 (table)"), _export_orders, permission=permissions.HOTLINE),
    EXPORT_QUEUE,
    EXPORT_ROOTS,
    Kind(PRINT_FILE, gettext_lazy("Case file (PDF)"), _file, permission=permissions.VIEW),
    Kind(PRINT_DAILY_SHEET, gettext_lazy("Daily sheet of a station (PDF)"), _daily_sheet, permission=permissions.VIEW),
)
