"""The daily sheet of a station (当日清单): what it has in hand, soonest due first, with boxes to tick; a row is as high as its words need."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import NEVER, Assistance, Case
from shequtong.cases.paper.words import NONE, frame, stamp
from shequtong.cases.shown import class_name, place_name, stage_badge, station_name
from shequtong.cases.workflow import STATION_STAGES
from shequtong.core.actors import Actor
from shequtong.core.places import place
from shequtong.organizations.stations import StationRef
from shequtong.ui.paper import Sheet, plain

_TEMPLATE = Path(__file__).with_name("daily_sheet.typ")
LONGEST = 500  # letters of a matter
MOST = 1000  # rows; a station with more is told so
ROWS_OF_A_PAGE = 25  # of short matters


@dataclass(frozen=True)
class _Row:
    """One line: a case the station leads, or its part in another's."""

    case: Case
    due_at: datetime
    kind: str  # late, today, open, done
    assists: bool = False


def daily_sheet(station: StationRef, *, by: Actor, now: datetime) -> Sheet:
    """The sheet of a station that `by` may see, for the day of `now` at its place. Three statements."""
    zone = place(station.subdistrict).zone
    day = now.astimezone(zone).date()
    rows = _rows(station, day, now)
    title = _("Daily sheet of %(station)s") % {"station": station_name(station)}
    data: dict[str, Any] = {
        "frame": frame(title, station.subdistrict, by, now, f"{station_name(station)} {day:%Y-%m-%d}").data(),
        "title": title,
        "day": date_format(day, "DATE_FORMAT"),
        "sums": _sums(rows),
        "heads": ["", _("No."), _("Matter"), _("Place"), _("Stage"), _("Person charged"), _("Due"), _("Light"), _("Remarks")],
        "rows": [_cells(n, row, station.subdistrict) for n, row in enumerate(rows, start=1)],
        "none": _("Nothing is in hand today."),
        "more": _("Only the first %(n)s rows are printed.") % {"n": MOST} if len(rows) >= MOST else "",
    }
    return Sheet(_TEMPLATE, data)


def _names() -> dict[str, tuple[str, str]]:
    """Shape and word of each kind of row, in the order of the sheet."""
    return {
        "late": ("◆", pgettext("daily sheet", "Overdue")),
        "today": ("▲", pgettext("daily sheet", "Due today")),
        "open": ("●", pgettext("daily sheet", "In time")),
        "done": ("■", pgettext("daily sheet", "Handled today")),
    }


def _sums(rows: list[_Row]) -> list[list[str]]:
    """All that is in hand, how much of it is late and due today, and what was handled today."""
    counted, words = {kind: sum(row.kind == kind for row in rows) for kind in _names()}, _names()
    in_hand = [pgettext("daily sheet", "In hand"), str(sum(counted.values()) - counted["done"])]
    return [in_hand, *([words[kind][1], str(counted[kind])] for kind in ("late", "today", "done"))]


def _rows(station: StationRef, day: date, now: datetime) -> list[_Row]:
    zone = place(station.subdistrict).zone
    begins = datetime.combine(day, time(), zone)
    ends = begins + timedelta(days=1)

    def kind(due_at: datetime) -> str:
        return "late" if due_at < now else "today" if due_at < ends else "open"

    mine = Case.objects.filter(subdistrict=station.subdistrict, lead_station=station.id)
    in_hand = mine.in_hand().filter(stage__in=STATION_STAGES).order_by("due_at", "id")[:MOST]
    asked = Assistance.objects.filter(subdistrict=station.subdistrict, station=station.id, is_open=True).select_related("case")
    done = mine.filter(handled_at__gte=begins, handled_at__lt=ends).exclude(stage__in=STATION_STAGES).order_by("handled_at", "id")
    waiting = [_Row(case, case.due_at, kind(case.due_at)) for case in in_hand]
    waiting += [_Row(one.case, one.due_at, kind(one.due_at), assists=True) for one in asked.order_by("due_at", "id")[:MOST]]
    waiting.sort(key=lambda row: (row.due_at, row.case.pk))
    return [*waiting, *(_Row(case, NEVER, "done") for case in done[:MOST])][:MOST]


def _cells(n: int, row: _Row, subdistrict: int) -> list[str]:
    case, (shape, name) = row.case, _names()[row.kind]
    kind = class_name(catalogue().classes[case.case_class_id])
    stage = pgettext("daily sheet", "Assisting") if row.assists else stage_badge(case.stage).label
    place_words = " ".join(part for part in (place_name(case.place_path), case.address) if part)
    due = stamp(None if row.due_at == NEVER else row.due_at, subdistrict)
    return [
        str(n),
        "\n".join((f"{case.number} {kind}", _whole(case.text))),
        plain(place_words),
        stage,
        NONE if row.assists or not case.assignee_name else case.assignee_name,
        "\n".join(due.rsplit(" ", 1)) if due != NONE else NONE,
        f"{shape} {name}",
        row.kind,
    ]


def _whole(words: str) -> str:
    """The matter on as many lines as it needs; of what would fill a page the beginning, and that there is more in the case file."""
    text = plain(" ".join(words.split()))
    return text if len(text) <= LONGEST else _("%(beginning)s… (more in the case file)") % {"beginning": text[:LONGEST]}
