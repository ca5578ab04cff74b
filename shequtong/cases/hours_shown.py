"""Hours of reports in words, bars and shades (时段的呈现): for the page of the map of hours, with its script and without. No statement when warm."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from shequtong.cases.lookups.by_hour import HoursTold, within
from shequtong.cases.shown import place_name, unit_name
from shequtong.territory.units import UnitRef, at_path

SHADES = 5
_HIGH = 100  # of a bar


@dataclass(frozen=True)
class HourBar:
    """One hour of the day: how many reports, how high its bar, how many of a hundred, and whether it is asked for."""

    hour: int
    until: int
    n: int
    high: int
    share: int
    on: bool


@dataclass(frozen=True)
class PlaceRow:
    """A place: `n` in the hours asked for, of `day` at any hour; `shade` 1 to 5, 0 for none or where the map has no such area; the hour with most."""

    code: str
    path: str
    name: str
    n: int
    day: int
    share: int
    shade: int
    busiest: int | None


class Shades:
    """As many numbers in each shade as can be; fewer shades, the darkest of them, where there are fewer numbers."""

    def __init__(self, numbers: Iterable[int]) -> None:
        found = sorted(n for n in numbers if n > 0)
        ends = {found[ceil(len(found) * part / SHADES) - 1] for part in range(1, SHADES + 1)} if found else set()
        self._ends = sorted(ends)

    def of(self, n: int) -> int:
        """From 1, the lightest, to 5; 0 for none."""
        return (
            0 if n <= 0 or not self._ends else SHADES - len(self._ends) + 1 + min(bisect_left(self._ends, n), len(self._ends) - 1)
        )

    def legend(self) -> list[tuple[int, int, int]]:
        """Shade, from, to."""
        starts = [1, *(end + 1 for end in self._ends)]
        return [(self.of(end), start, end) for start, end in zip(starts, self._ends, strict=False)]


def bars_of(by_hour: Counter[int], hours: range) -> list[HourBar]:
    """The 24 hours."""
    most, all_day = max(by_hour.values(), default=0), by_hour.total()
    return [
        HourBar(
            hour,
            hour + 1,
            by_hour[hour],
            ceil(by_hour[hour] * _HIGH / most) if most else 0,
            _percent(by_hour[hour], all_day),
            hour in hours,
        )
        for hour in range(24)
    ]


def rows_of(told: HoursTold, hours: range, most: int | None = None) -> list[PlaceRow]:
    """The places, or `most` of them, those with most in these hours first."""
    shades = Shades(() if told.several else told.areas.values())  # the map's: streets are none of its areas
    order = sorted((-within(by_hour, hours), -by_hour.total(), path) for path, by_hour in told.places.items())
    rows = []
    for less, none, path in order[:most]:
        n, day, by_hour = -less, -none, told.places[path]
        unit, name = named(path)
        busiest = max(by_hour, key=lambda hour: (by_hour[hour], -hour)) if day else None
        rows.append(PlaceRow(unit.code if unit else "", path, name, n, day, _percent(n, day), shades.of(n), busiest))
    return rows


def named(path: str) -> tuple[UnitRef | None, str]:
    """The unit, and its name: of a grid with its community, of a street by itself."""
    unit = at_path(path)
    return unit, place_name(path) or (unit_name(unit) if unit else path)


def _percent(part: int, whole: int) -> int:
    return round(part * 100 / whole) if whole else 0
