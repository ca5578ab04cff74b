"""Statutory holidays and make-up workdays of China (法定节假日与调休), from the `holidays` package. Pure.

The package knows each past year's official notice; for a year without one it has the days the law fixes, and no make-up workday.
"""

from datetime import date
from typing import NamedTuple


class PublishedYear(NamedTuple):
    """`known`: the official notice is in it. Otherwise `holidays` are those of the law alone and `makeup_days` is empty."""

    year: int
    known: bool
    holidays: dict[date, str]
    makeup_days: dict[date, str]


def published_year(year: int) -> PublishedYear:
    """One year as the package has it; importing it takes up to two seconds, so this is for set-up and jobs, never for a request."""
    import holidays

    found = holidays.country_holidays("CN", years=[year], language="zh_CN")
    # The package lists make-up days of other years as well.
    makeup = {day: "调休上班" for day in sorted(found.weekend_workdays) if day.year == year}
    return PublishedYear(year, bool(makeup), {day: name for day, name in sorted(found.items()) if day.year == year}, makeup)


def source() -> str:
    """What stands as the source of a seeded year."""
    from importlib.metadata import version

    return f"国务院办公厅放假安排（平台内置，{version('holidays')}版）"
