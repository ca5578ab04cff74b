"""Places for tests (测试用辖区): a district with two streets, two communities side by side, four grids each. All by use-cases."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from shequtong.core.actors import Grant, Reach, SystemActor, require_covered
from shequtong.core.locality import INSTALLATION
from shequtong.core.models import Subdistrict
from shequtong.territory.models import Unit
from shequtong.territory.usecases.add_unit import add_unit
from shequtong.territory.usecases.open_place import open_place

DAY = date(2026, 4, 1)
NOON = datetime(2026, 4, 13, 4, tzinfo=UTC)  # a Monday, 12:00 in Suzhou
SYSTEM = SystemActor("tests")
WEST, SOUTH, SIDE = 120.550, 31.290, 0.004  # the south-west corner of the first grid, and its side in degrees


@dataclass(frozen=True)
class Ground:
    """What `make_ground` made. `grids` are those of `community`, from south-west to north-east by rows."""

    district: Unit
    street: Unit
    precinct: Unit
    community: Unit
    other_community: Unit
    grids: list[Unit]
    next_street: Unit
    next_community: Unit


@dataclass(frozen=True)
class Clerk(SystemActor):
    """Someone who holds every permission, but only at one place."""

    grant: Grant = field(default_factory=lambda: Grant(0))

    def reach(self, permission: str) -> Reach:
        return Reach((self.grant,))

    def require(self, permission: str, thing: Any) -> None:
        require_covered(self, permission, thing)


def rectangle(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A GeoJSON polygon."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def cell(column: int, row: int, columns: int = 1, rows: int = 1) -> dict[str, Any]:
    """A rectangle of whole grid cells, counted from the south-west corner."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return rectangle(west, south, WEST + (column + columns) * SIDE, SOUTH + (row + rows) * SIDE)


def make_unit(kind: str, code: str, name: str, parent: Unit | None, **more: Any) -> Unit:
    """A unit that stands since DAY."""
    return add_unit(
        kind=kind, code=code, name=name, parent_id=parent.pk if parent else None, by=SYSTEM, now=NOON, **{"day": DAY, **more}
    )


def make_ground() -> Ground:
    """District 1, street 2 (SS) with a precinct and two communities of 2×2 cells side by side, and street 3 (FQ) to the east."""
    # a test with transactions of its own leaves the database without what migrations put there
    Subdistrict.objects.get_or_create(id=INSTALLATION, defaults={"kind": "installation", "letters": "ZZ", "name": "平台"})
    places = [(1, "district", "HQ", "虎丘区"), (2, "subdistrict", "SS", "狮山街道"), (3, "subdistrict", "FQ", "枫桥街道")]
    for number, kind, letters, name in places:
        if not Subdistrict.objects.filter(id=number).exists():
            open_place(number=number, kind=kind, letters=letters, name=name, by=SYSTEM, now=NOON)
    district = make_unit("district", "320505", "虎丘区", None, subdistrict=1)
    street = make_unit("subdistrict", "320505002", "狮山街道", district, subdistrict=2)
    precinct = make_unit("precinct", "320505002-P1", "第一片区", street)
    community = make_unit("community", "320505002015", "馨泰社区", precinct, boundary=cell(0, 0, 2, 2))
    other = make_unit("community", "320505002016", "万枫社区", precinct, boundary=cell(2, 0, 2, 2))
    grids = [
        make_unit("grid", f"32050500201500{n + 1}", f"第{n + 1}网格", community, boundary=cell(n % 2, n // 2)) for n in range(4)
    ]
    next_street = make_unit("subdistrict", "320505003", "枫桥街道", district, subdistrict=3)
    next_community = make_unit("community", "320505003007", "枫津社区", next_street, boundary=cell(4, 0, 2, 2))
    return Ground(district, street, precinct, community, other, grids, next_street, next_community)
