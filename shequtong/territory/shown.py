"""How a calendar is shown (日历展示): a year as twelve months, its holidays as ranges, hours as offices write them. No statement."""

from calendar import Calendar as MonthDays
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from shequtong.core.clock import Calendar
from shequtong.core.clock.calendar import DayKind
from shequtong.territory import units
from shequtong.territory.calendars import CalendarRef
from shequtong.territory.holiday_notice import HOLIDAY, WORKDAY
from shequtong.territory.models import OfficeHours
from shequtong.territory.units import UnitRef

KIND_NAMES: dict[str, Promise] = {
    "district": pgettext_lazy("unit", "District"),
    "subdistrict": pgettext_lazy("unit", "Subdistrict"),
    "precinct": pgettext_lazy("unit", "Precinct"),
    "community": pgettext_lazy("unit", "Community"),
    "grid": pgettext_lazy("unit", "Grid"),
    "micro_grid": pgettext_lazy("unit", "Micro-grid"),
}
_WEEKS = MonthDays(firstweekday=0)
_JANUARY = date(2024, 1, 1)  # a Monday


@dataclass(frozen=True)
class DayCell:
    """One day of a month: its number, its kind for the style, its mark (休, 班) and what it is called."""

    number: int
    kind: str
    mark: str
    name: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month as weeks from Monday; None where a week reaches into another month."""

    name: str
    weeks: list[list[DayCell | None]]


@dataclass(frozen=True)
class DaysInWords:
    """Days of one kind and name that follow one another, as a notice has them."""

    name: str
    is_off: bool
    dates: str
    count: int


def weekday_names() -> list[str]:
    """Monday to Sunday, short."""
    return [
        formats.date_format(_JANUARY + timedelta(n), "D")[-1:]
        if _chinese()
        else formats.date_format(_JANUARY + timedelta(n), "D")[:2]
        for n in range(7)
    ]


def months(found: Calendar, year: int, names: Mapping[date, str], today: date) -> list[Month]:
    """The twelve months of a year of a calendar."""
    return [
        Month(
            formats.date_format(date(year, month, 1), "n月" if _chinese() else "F"),
            [
                [_cell(found, day, names, today) if day.month == month else None for day in week]
                for week in _WEEKS.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _cell(found: Calendar, day: date, names: Mapping[date, str], today: date) -> DayCell:
    kind = DayKind.MAKEUP if day in found.makeup_days else found.day(day).kind
    marks = {DayKind.HOLIDAY: pgettext("day of a calendar", "off"), DayKind.MAKEUP: pgettext("day of a calendar", "on")}
    return DayCell(day.day, kind.value, marks.get(kind, ""), names.get(day, ""), day == today)


def in_words(days: Mapping[date, tuple[str, str]]) -> list[DaysInWords]:
    """Days gathered into ranges, in order; days off before the workdays that make up for them."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(1) and days[day] == days[runs[-1][-1]]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [DaysInWords(_named(days[run[0]]), days[run[0]][0] == HOLIDAY, _range(run[0], run[-1]), len(run)) for run in runs]


def _named(told: tuple[str, str]) -> str:
    return told[1] or (_("Make-up workday") if told[0] == WORKDAY else _("Day off"))


def _range(first: date, last: date) -> str:
    """As a notice has it: 1月1日（周四）至3日（周六）."""
    if first == last:
        return _dated(first)
    end = _dated(last)
    if _chinese() and first.month == last.month:
        end = end.partition("月")[2]
    return pgettext("dates", "%(first)s to %(last)s") % {"first": _dated(first), "last": end}


def _dated(day: date) -> str:
    if not _chinese():
        return formats.date_format(day, "D j M")
    return f"{day.month}月{day.day}日（周{weekday_names()[day.weekday()]}）"


def calendar_name(found: CalendarRef) -> str:
    """In the reader's language."""
    return found.name if _chinese() or not found.name_en else found.name_en


def unit_name(found: UnitRef) -> str:
    """In the reader's language; a grid with its community, since its name alone is only a number."""
    home = units.above(found.path, "community") if found.kind in ("grid", "micro_grid") else None
    if not _chinese() and found.name_en:
        return f"{home.name_en} {found.name_en}" if home and home.name_en else found.name_en
    return f"{home.name}{found.name}" if home else found.name


def hours_in_words(rows: Iterable[OfficeHours]) -> list[str]:
    """A line for each season and set of weekdays: 5月1日至9月30日，周一至周五 08:00–12:00、14:30–18:30."""
    spans: dict[tuple[str, str, str], list[str]] = {}
    for row in sorted(rows, key=lambda one: (one.season_from, one.opens)):
        spans.setdefault((row.season_from, row.season_to, row.weekdays), []).append(f"{row.opens:%H:%M}–{row.closes:%H:%M}")
    names = weekday_names()
    return [
        pgettext("office hours", "%(season)s, %(weekdays)s: %(hours)s")
        % {
            "season": _("All year") if (first, last) == ("01-01", "12-31") else _season(first, last),
            "weekdays": _weekdays(weekdays, names),
            "hours": pgettext("between the items of a list", ", ").join(hours),
        }
        for (first, last, weekdays), hours in spans.items()
    ]


def _season(first: str, last: str) -> str:
    days = [formats.date_format(date.fromisoformat(f"2024-{one}"), "MONTH_DAY_FORMAT") for one in (first, last)]
    return pgettext("dates", "%(first)s to %(last)s") % {"first": days[0], "last": days[1]}


def _weekdays(digits: str, names: list[str]) -> str:
    if digits == "12345":
        return _("Monday to Friday")
    if digits == "1234567":
        return _("every day")
    shown = [names[int(digit) - 1] for digit in digits]
    return "周" + "、".join(shown) if _chinese() else ", ".join(shown)


def _chinese() -> bool:
    return not (get_language() or "").startswith("en")
