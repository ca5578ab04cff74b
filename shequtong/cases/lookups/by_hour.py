"""At which hours reports came in (诉求时段), by grid or, over several streets, by street: from the figures of hours, never counted over cases.

As with the cases by grid on the map, what is confidential is among the numbers and nowhere else.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequtong.cases import permissions
from shequtong.cases.lookups.queue import narrower, widest
from shequtong.cases.told_hours import hour_of
from shequtong.cases.told_spans import HOURS, MONTH, YEAR, since
from shequtong.core.actors import Actor, Reach
from shequtong.core.places import places
from shequtong.figures.read import Part, counts_of_parts
from shequtong.territory.models import Unit
from shequtong.territory.units import above, at_path, under

ALL_DAY = HOURS


@dataclass(frozen=True)
class HoursAsked:
    """Which hours, of what, where, and since which month (its first day; None: ever)."""

    hours: range = ALL_DAY
    class_code: str = ""
    under: str = ""  # unit path
    since: date | None = None

    def parts(self, hours: range | None = None) -> list[Part]:
        """The figures of these hours, None for all of the day and none at all: of one class its months, of all classes mostly years and quarters."""
        if self.class_code:
            return [Part(MONTH.measures(hours), (self.since, date.max) if self.since else None)]
        if self.since is None:
            return [Part(YEAR.measures(hours))]
        return [Part(one.span.measures(hours), one.days, one.times) for one in since(self.since)]


@dataclass(frozen=True)
class HoursTold:
    """`places` are grids (or where no grid is known, what is), streets where several are seen: how many reports at each hour.

    `areas` is what the map shows of the hours asked for: grids, of several streets their communities. `no_hour` came without an hour.
    """

    places: dict[str, Counter[int]]
    areas: dict[str, int]
    no_hour: int
    several: bool

    @property
    def by_hour(self) -> Counter[int]:
        """All places together."""
        found = Counter[int]()
        for hours in self.places.values():
            found.update(hours)
        return found


def within(by_hour: Counter[int], hours: range) -> int:
    """How many in these hours."""
    return by_hour.total() if hours == ALL_DAY else sum(by_hour[hour] for hour in hours)


def ground_of(actor: Actor) -> Reach:
    """What may be counted by grid: all one sees in full or as headers, but for the cases of a station, which lie anywhere."""
    reaches = [actor.reach(one) for one in (permissions.VIEW_HEADER, permissions.VIEW)]
    grants = dict.fromkeys(grant for reach in reaches for grant in reach.grants if grant.station is None)
    return Reach(grants=widest(tuple(grants)), everything=any(reach.everything for reach in reaches))


def told_by_hour(actor: Actor, asked: HoursAsked) -> HoursTold:
    """A statement for all whole streets together and one for each part of a street; over several streets one more each, for the map."""
    pieces = _pieces(ground_of(actor), asked.under)
    several = len({number for numbers, _path in pieces for number in numbers}) > 1
    streets = {one.subdistrict: one.path for one in under("", Unit.Kind.SUBDISTRICT)}
    told: dict[str, Counter[int]] = defaultdict(Counter)
    areas: Counter[str] = Counter()
    no_hour = 0
    for numbers, path in pieces:
        narrowed: dict[str, Any] = {"under": path, "class_code": asked.class_code or None}
        rows = counts_of_parts(numbers, asked.parts(), by=("subdistrict_id" if several else "unit_path", "measure"), **narrowed)
        for (where, measure), n in rows.items():
            hour = hour_of(measure)
            if hour is None:
                no_hour += n
            else:
                here = told[streets.get(where, "") if several else where]
                here[hour] = here.get(hour, 0) + n
        if several:
            for (where,), n in counts_of_parts(numbers, asked.parts(asked.hours), by=("unit_path",), **narrowed).items():
                community = above(where, Unit.Kind.COMMUNITY)
                areas[community.path if community else where] += n
    # What a year counts and a quarter of it takes away again is nothing.
    found = {where: hours for where, counted in told.items() if (hours := +counted)}
    if not several:
        areas.update({path: within(hours, asked.hours) for path, hours in found.items()})
    return HoursTold(found, {path: n for path, n in areas.items() if n > 0}, no_hour, several)


def _pieces(ground: Reach, inside: str) -> list[tuple[tuple[int, ...], str]]:
    """Storage numbers and the path under which to count in them. Whole streets are one piece, whatever their number."""
    chosen = at_path(inside) if inside else None
    whole: list[int] = [one.number for one in places()] if ground.everything else []
    pieces: list[tuple[tuple[int, ...], str]] = []
    for grant in ground.grants if not ground.everything else ():
        unit = at_path(grant.path) if grant.path else None
        if not grant.path or (unit is not None and unit.kind in (Unit.Kind.DISTRICT, Unit.Kind.SUBDISTRICT)):
            whole.append(grant.subdistrict)
        elif (path := narrower(grant.path, inside)) is not None:
            pieces.append(((grant.subdistrict,), path))
    if chosen is not None and chosen.kind != Unit.Kind.DISTRICT:
        whole = [number for number in whole if number == chosen.subdistrict]
    return [(tuple(sorted(set(whole))), inside), *pieces] if whole else pieces
