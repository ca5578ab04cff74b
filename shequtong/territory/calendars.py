"""Work calendars in memory (工作日历): the tables turned into values of `core.clock`, once per change."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from shequtong.core.clock import Calendar, Season, Window
from shequtong.core.held import Held
from shequtong.territory.models import CalendarDay, CalendarYear, OfficeHours, WorkCalendar

REVISION = "territory.calendars"


@dataclass(frozen=True)
class CalendarRef:
    """A calendar as lists show it. `sources` names the notice of each year that is known."""

    id: int
    name: str
    name_en: str
    zone: str
    sources: dict[int, str]


def _load() -> dict[int, Calendar]:
    """Four small statements; a city has a few calendars of some hundred days."""
    hours: dict[int, list[OfficeHours]] = defaultdict(list)
    for span in OfficeHours.objects.order_by("opens", "id"):
        hours[span.calendar_id].append(span)
    days: dict[tuple[int, str], list[CalendarDay]] = defaultdict(list)
    for day in CalendarDay.objects.all():
        days[day.calendar_id, day.kind].append(day)
    years: dict[int, list[int]] = defaultdict(list)
    for calendar_id, year in CalendarYear.objects.values_list("calendar_id", "year"):
        years[calendar_id].append(year)
    return {
        key: Calendar.of(
            zone=zone,
            seasons=seasons(hours[key]),
            holidays=[one.day for one in days[key, CalendarDay.Kind.HOLIDAY]],
            makeup_days=[one.day for one in days[key, CalendarDay.Kind.WORKDAY]],
            known_years=years[key],
        )
        for key, zone in WorkCalendar.objects.values_list("id", "zone")
    }


_CALENDARS = Held(REVISION, _load)


def _load_refs() -> dict[int, CalendarRef]:
    sources: dict[int, dict[int, str]] = defaultdict(dict)
    for calendar_id, year, source in CalendarYear.objects.order_by("year").values_list("calendar_id", "year", "source"):
        sources[calendar_id][year] = source
    rows = WorkCalendar.objects.order_by("id").values_list("id", "name", "name_en", "zone")
    return {row[0]: CalendarRef(*row, sources[row[0]]) for row in rows}


_REFS = Held(REVISION, _load_refs)


def refs() -> dict[int, CalendarRef]:
    """All calendars by id, in the order they were added."""
    return _REFS()


def calendar(calendar_id: int) -> Calendar:
    """The calendar with this id; KeyError when there is none."""
    return _CALENDARS()[calendar_id]


@cache
def plain(zone: str) -> Calendar:
    """Monday to Friday, 08:00–12:00 and 14:00–18:00, no holiday known: what a place without a calendar counts by."""
    return Calendar.of(zone=zone)


def seasons(hours: list[OfficeHours]) -> list[Season]:
    """Office hours by season, the shorter season first: summer hours hold inside the year-round ones."""
    spans: dict[tuple[str, str], dict[int, list[Window]]] = defaultdict(lambda: defaultdict(list))
    for span in sorted(hours, key=lambda one: one.opens):
        for weekday in span.weekdays:
            spans[span.season_from, span.season_to][int(weekday) - 1].append(Window(span.opens, span.closes))
    found = [
        Season(tuple(tuple(days.get(weekday, ())) for weekday in range(7)), _month_day(first), _month_day(last))
        for (first, last), days in spans.items()
    ]
    return sorted(found, key=_length)


def _month_day(text: str) -> tuple[int, int]:
    month, _dash, day = text.partition("-")
    return int(month), int(day)


def _length(season: Season) -> tuple[int, tuple[int, int]]:
    (first_month, first_day), (last_month, last_day) = season.first, season.last
    return ((last_month - first_month) * 31 + last_day - first_day) % 372, season.first
