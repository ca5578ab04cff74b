"""Into which months, quarters and years reports are counted (统计时段), and which of them together are all reports since a month.

A quarter and a year are counted without class, so that a page of all classes reads as few rows of a street of 200,000 cases as of a small one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_QUARTER, _YEAR = 3, 12  # months
HOURS = range(24)


@dataclass(frozen=True)
class Span:
    """So many months counted together under their first day."""

    prefix: str
    months: int
    by_class: bool = False

    def measures(self, hours: range | None = None) -> tuple[str, ...]:
        """One an hour; without hours all of the day, and that of no hour."""
        named = (*(HOURS if hours is None else hours), *(("none",) if hours is None else ()))
        return tuple(f"{self.prefix}{one}" for one in named)

    def first_day(self, day: date) -> date:
        """The day under which `day` is counted."""
        return date(day.year, (day.month - 1) // self.months * self.months + 1, 1)


MONTH = Span("told.", 1, by_class=True)
QUARTER = Span("told_quarter.", _QUARTER)
YEAR = Span("told_year.", _YEAR)
SPANS = (MONTH, QUARTER, YEAR)


@dataclass(frozen=True)
class Stretch:
    """What is counted under these days, both ends inclusive, is added or, `times` -1, taken away."""

    span: Span
    days: tuple[date, date]
    times: int = 1


def since(month: date) -> Iterator[Stretch]:
    """All from this month (its first day) on: the years, the quarters of the year it lies in, one month of the quarter. Three at most."""
    start = QUARTER.first_day(month)
    if month.month - start.month == 1:
        yield Stretch(MONTH, (start, start), -1)
    elif month.month - start.month == 2:
        yield Stretch(MONTH, (month, month))
        start = _later(start, _QUARTER)
    year = YEAR.first_day(start)
    if start.month == year.month + _QUARTER:
        yield Stretch(QUARTER, (year, year), -1)
    elif start != year:
        yield Stretch(QUARTER, (start, _later(year, _YEAR - _QUARTER)))
        year = _later(year, _YEAR)
    yield Stretch(YEAR, (year, date.max))


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, _YEAR)
    return date(day.year + years, month + 1, 1)
