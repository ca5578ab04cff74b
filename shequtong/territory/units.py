"""The tree of units in memory (辖区树): asked on every request, read from the tables once per change. No statement when warm."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from shequtong.core.actors import Facts, subtree
from shequtong.core.clock import Calendar
from shequtong.core.held import Held
from shequtong.core.places import places
from shequtong.territory import calendars
from shequtong.territory.models import Unit

REVISION = "territory"


class UnitRef(NamedTuple):
    """A unit as it is now, for reading. `path` ends with "/"; `subdistrict` is the storage number of its rows."""

    id: int
    kind: str
    code: str
    name: str
    name_en: str
    pinyin: str
    path: str
    parent_id: int | None
    subdistrict: int
    calendar_id: int | None
    ended: bool

    def reach_facts(self) -> Facts:
        """It lies where its path says."""
        return Facts(self.subdistrict, self.path, object_id=self.id)

    @property
    def depth(self) -> int:
        """1 for a district, one more for each step down."""
        return self.path.count("/")


class HasPath(Protocol):
    """A unit, a `UnitRef`, or anything else that lies at a path."""

    @property
    def path(self) -> str:
        """The path of the unit."""


@dataclass(frozen=True)
class Tree:
    """All units, those that ended included; `paths`, and those `of_kind`, are sorted bytewise, so that a subtree is a slice."""

    by_id: dict[int, UnitRef]
    by_path: dict[str, UnitRef]
    by_code: dict[str, UnitRef]
    paths: list[str]
    of_kind: dict[str, list[str]]

    @classmethod
    def of(cls, found: Iterable[UnitRef]) -> "Tree":
        """The tree of these units."""
        by_path = {unit.path: unit for unit in found}
        everything = by_path.values()
        paths, of_kind = sorted(by_path), defaultdict[str, list[str]](list)
        for path in paths:
            of_kind[by_path[path].kind].append(path)
        by_code = {unit.code: unit for unit in everything}
        return cls({unit.id: unit for unit in everything}, by_path, by_code, paths, dict(of_kind))


def _load() -> Tree:
    rows = Unit.objects.values_list(
        "id", "kind", "code", "name", "name_en", "pinyin", "path", "parent_id", "subdistrict_id", "calendar_id", "ended_at"
    )
    return Tree.of(UnitRef(*row[:10], row[10] is not None) for row in rows.iterator(chunk_size=5000))


_TREE = Held(REVISION, _load)


def tree() -> Tree:
    """All units as they are now, at most a second behind another process."""
    return _TREE()


def unit(unit_id: int) -> UnitRef:
    """The unit with this id; KeyError when there is none."""
    return _TREE().by_id[unit_id]


def at_path(path: str) -> UnitRef | None:
    """The unit at exactly this path."""
    return _TREE().by_path.get(path)


def with_code(code: str) -> UnitRef | None:
    """The unit with this published code."""
    return _TREE().by_code.get(code)


def ancestors(path: str) -> tuple[UnitRef, ...]:
    """The units from the district down to the one at `path`, itself included; levels that do not exist are left out."""
    by_path = _TREE().by_path
    found = (by_path.get(path[: end + 1]) for end, letter in enumerate(path) if letter == "/")
    return tuple(one for one in found if one is not None)


def above(path: str, kind: str) -> UnitRef | None:
    """The unit of this kind at or above `path`: the community of a grid, say."""
    return next((one for one in reversed(ancestors(path)) if one.kind == kind), None)


def under(path: str, *kinds: str) -> list[UnitRef]:
    """The standing units at or under `path`, in the order of their paths; all kinds when none is named."""
    held = _TREE()
    start, end = subtree(path)
    # A city has thousands of grids: who asks for its streets goes through none of them.
    wanted = [held.of_kind.get(kind, []) for kind in dict.fromkeys(kinds)] if kinds else [held.paths]
    between = [one for paths in wanted for one in paths[bisect_left(paths, start) : bisect_left(paths, end)]]
    found = (held.by_path[one] for one in (sorted(between) if len(wanted) > 1 else between))
    return [one for one in found if not one.ended]


def children(unit_id: int) -> list[UnitRef]:
    """The standing units right below, by pinyin, then code."""
    held = _TREE()
    path = held.by_id[unit_id].path
    found = [one for one in under(path) if one.parent_id == unit_id]
    return sorted(found, key=lambda one: (one.pinyin, one.code))


def calendar_of(place: HasPath) -> Calendar:
    """The work calendar a unit counts by: its own or that of the nearest unit above; Monday to Friday and nothing known without any."""
    chain = ancestors(place.path)
    for one in reversed(chain):
        if one.calendar_id is not None:
            return calendars.calendar(one.calendar_id)
    home = chain[-1].subdistrict if chain else None
    zone = next((str(found.zone) for found in places() if found.number == home), "Asia/Shanghai")
    return calendars.plain(zone)
