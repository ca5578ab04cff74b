"""Where a case is (案发位置): from a building, a point, or an address and a unit, to the smallest unit that holds it."""

from dataclasses import dataclass
from typing import NamedTuple

from shequtong.core.clock import Calendar
from shequtong.core.geo import tile_of
from shequtong.core.held import Held
from shequtong.territory.locate import locate
from shequtong.territory.models import Building
from shequtong.territory.units import REVISION, at_path, calendar_of

CRS = "cgcs2000"
# A point that only the district's or the street's outline holds is nobody's yet: a case there would wait for ever.
SERVED = ("community", "grid", "micro_grid")


@dataclass(frozen=True)
class Spot:
    """A place found; `path` is of the smallest unit (a grid where there are grids)."""

    subdistrict_id: int
    unit_id: int
    path: str
    address: str
    building_id: int | None = None
    lon: float | None = None
    lat: float | None = None
    tile: int = 0
    source_crs: str = ""


# By building. Moved to another grid, it is read anew, as is the tree of units; a whole table would be too much to hold.
_BUILDINGS: Held[dict[int, Spot]] = Held(REVISION, dict)
_MOST = 20_000


def find_spot(building_id: int | None, point: tuple[float, float] | None, address: str, unit_path: str) -> Spot | None:
    """The spot, or None when nothing is found there. One statement for a building that nobody asked for lately, none else."""
    if building_id is not None:
        return _at_building(building_id)
    if point is not None:
        unit = locate(*point)
        if unit is None or unit.kind not in SERVED:
            return None
        return Spot(unit.subdistrict, unit.id, unit.path, address.strip(), None, *point, tile_of(*point), CRS)
    unit = at_path(unit_path) if unit_path else None
    return None if unit is None or unit.kind not in SERVED else Spot(unit.subdistrict, unit.id, unit.path, address.strip())


def _at_building(building_id: int) -> Spot | None:
    kept = _BUILDINGS()  # before the row is read: what is read at an older revision is put where nobody looks any more
    found = kept.get(building_id)
    if found is not None:
        return found
    row = Building.objects.filter(pk=building_id, ended_at=None).first()
    if row is None:
        return None
    spot = Spot(row.subdistrict_id, row.grid_id, row.grid_path, row.address, row.pk, row.lon, row.lat, row.tile, row.source_crs)
    if len(kept) >= _MOST:
        kept.clear()
    kept[building_id] = spot
    return spot


class _Place(NamedTuple):
    """Something that lies at a path."""

    path: str


def calendar_at(path: str) -> Calendar:
    """The work calendar of a place. No statement when warm."""
    return calendar_of(_Place(path))
