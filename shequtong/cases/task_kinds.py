"""What cases can be asked to do outside a request (后台任务): documents that take photos or hundreds of rows."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases import permissions
from shequtong.cases.exports import EXPORT_QUEUE
from shequtong.cases.lookups import case_sheet
from shequtong.cases.paper import case_file, daily_sheet
from shequtong.cases.usecases import print_case, print_daily_sheet
from shequtong.cases.usecases.print_case import FILE
from shequtong.organizations.stations import StationRef
from shequtong.tasks.kinds import Kind, NewFile, Outcome, Run
from shequtong.ui.paper import render

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


KINDS = (
    EXPORT_QUEUE,
    Kind(PRINT_FILE, gettext_lazy("Case file (PDF)"), _file, permission=permissions.VIEW),
    Kind(PRINT_DAILY_SHEET, gettext_lazy("Daily sheet of a station (PDF)"), _daily_sheet, permission=permissions.VIEW),
)
