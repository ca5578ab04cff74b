"""The daily sheet of a station (当日清单): what it has in hand, soonest due first, with boxes to tick, 25 rows a page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

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
MOST = 1000  # rows; a station with more is told so
ROWS_OF_A_PAGE = 25
# What fits a cell, in Chinese letters (others count six tenths): a row has two lines, a third would lie over its neighbour's.
LINE, PLACE = 20, 22


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
    counted = {kind: sum(row.kind == kind for row in rows) for kind in _names()}
    data: dict[str, Any] = {
        "frame": frame(title, station.subdistrict, by, now, f"{station_name(station)} {day:%Y-%m-%d}").data(),
        "title": title,
        "day": date_format(day, "DATE_FORMAT"),
        "sums": [[name, str(counted[kind])] for kind, (_shape, name) in _names().items()],
        "heads": ["", _("No."), _("Matter"), _("Place"), _("Stage"), _("Due"), _("Light"), _("Remarks")],
        "pages": _pages([_cells(n, row, station.subdistrict) for n, row in enumerate(rows, start=1)]),
        "none": _("Nothing is in hand today."),
        "more": _("Only the first %(n)s rows are printed.") % {"n": MOST} if len(rows) >= MOST else "",
    }
    return Sheet(_TEMPLATE, data)


def _names() -> dict[str, tuple[str, str]]:
    """Shape and word of each kind of row, in the order of the sheet."""
    return {
        "late": ("◆", pgettext("daily sheet", "Overdue")),
        "today": ("▲", pgettext("daily sheet", "Due today")),
        "open": ("●", pgettext("daily sheet", "In hand")),
        "done": ("■", pgettext("daily sheet", "Handled today")),
    }


def _rows(station: StationRef, day: date, now: datetime) -> list[_Row]:
    zone = place(station.subdistrict).zone
    begins = datetime.combine(day, time(), zone)
    ends = begins + timedelta(days=1)

    def kind(due_at: datetime) -> str:
        return "late" if due_at < now else "today" if due_at < ends else "open"

    mine = Case.objects.filter(subdistrict=station.subdistrict, lead_station=station.id).defer("text")
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
    words = (f"{case.number} {kind}", case.title)
    return [
        str(n),
        "\n".join(_short(plain(part), LINE) for part in words),
        _short(plain(place_words), PLACE),
        stage,
        "\n".join(due.rsplit(" ", 1)) if due != NONE else NONE,
        f"{shape} {name}",
        row.kind,
    ]


def _short(words: str, most: int) -> str:
    """As much of it as fits."""
    words = " ".join(words.split())
    if width(words) <= most:
        return words
    while width(words) > most - 1:
        words = words[:-1]
    return f"{words}…"


def width(words: str) -> float:
    """How wide a text is, in Chinese letters."""
    return sum(1 if east_asian_width(letter) in "WFA" else 0.6 for letter in words)


def _pages(rows: list[list[str]]) -> list[list[list[str]]]:
    return [rows[start : start + ROWS_OF_A_PAGE] for start in range(0, len(rows), ROWS_OF_A_PAGE)]
