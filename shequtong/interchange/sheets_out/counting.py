"""Numbers of a sheet (报表数字): persons by any filter, households and what the month brought, of a unit and of each unit below it; each asked for once."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from shequtong.core.actors import Actor, subtree
from shequtong.figures.read import counts
from shequtong.interchange.sheets_out.words import Filter
from shequtong.people.counting import BIRTHS, DEATHS, MOVED_IN, MOVED_OUT
from shequtong.people.lookups.listed import Wanted, by_grid
from shequtong.people.models import Home
from shequtong.people.shown import years_before
from shequtong.territory.units import UnitRef

_MONTHLY = {
    "本月新增": (BIRTHS, MOVED_IN),
    "本月减少": (DEATHS, MOVED_OUT),
    "本月出生": (BIRTHS,),
    "本月死亡": (DEATHS,),
    "本月迁入": (MOVED_IN,),
    "本月迁出": (MOVED_OUT,),
}


def last_day(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def day_of(month: date, today: date) -> date:
    """The day ages are of: the last of the month, or today within it."""
    return min(today, last_day(month))


def wanted_of(one: Filter, path: str, on: date) -> Wanted:
    """A filter as a list of persons; ages as of a day."""
    return Wanted(
        path=path,
        marks=one.marks,
        born_before=years_before(on, one.at_least) if one.at_least is not None else None,
        born_after=years_before(on, one.below) + timedelta(days=1) if one.below is not None else None,
        population=one.population,
        sex=one.sex,
    )


@dataclass(frozen=True)
class Filling:
    """What a sheet is filled for."""

    unit: UnitRef
    month: date
    on: date  # the day ages are of
    today: date
    who: str
    clear: bool


class Numbers:
    """What is counted under a unit. A statement for each filter, one for homes, one for the month."""

    def __init__(self, by: Actor, what: Filling) -> None:
        self._by, self._unit, self._month, self._on = by, what.unit, what.month, what.on
        self._persons: dict[Filter, Mapping[str, int]] = {}
        self._homes: Mapping[str, int] | None = None
        self._moved: Mapping[tuple[str, str], int] | None = None

    def persons(self, one: Filter, path: str) -> int:
        """How many of a filter lie at or under a path."""
        if one not in self._persons:
            self._persons[one] = by_grid(self._by, wanted_of(one, self._unit.path, self._on))
        return sum(n for at, n in self._persons[one].items() if at.startswith(path))

    def households(self, path: str) -> int:
        """Households that live at or under a path."""
        if self._homes is None:
            start, end = subtree(self._unit.path)
            rows = Home.objects.within(self._unit.subdistrict).filter(grid_path__gte=start, grid_path__lt=end)
            self._homes = dict(rows.values_list("grid_path").annotate(n=Sum("households")))
        return sum(n or 0 for at, n in self._homes.items() if at.startswith(path))

    def monthly(self, word: str, path: str) -> int:
        """What the month brought, as it was recorded."""
        if self._moved is None:
            days = (self._month, last_day(self._month))
            told = counts(
                self._unit.subdistrict,
                (BIRTHS, DEATHS, MOVED_IN, MOVED_OUT),
                by=("measure", "unit_path"),
                under=self._unit.path,
                days=days,
            )
            self._moved = {(str(measure), str(at)): n for (measure, at), n in told.items()}
        return sum(n for (measure, at), n in self._moved.items() if measure in _MONTHLY[word] and at.startswith(path))
