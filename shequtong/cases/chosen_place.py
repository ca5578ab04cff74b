"""The place a resident chose (选定的位置), as it stands in the address of the page: a building, or a point on the map."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from shequtong.cases.places import Spot, find_spot
from shequtong.core.locality import part_of
from shequtong.core.models import Subdistrict
from shequtong.core.places import places
from shequtong.territory.locate import locate


def served() -> tuple[int, ...]:
    """The storage numbers of the subdistricts this platform serves. No statement."""
    return tuple(found.number for found in places() if found.kind == Subdistrict.Kind.SUBDISTRICT)


@dataclass(frozen=True)
class ChosenPlace:
    """Where, and in which subdistrict (its storage number). Whether the building stands is asked when it is needed."""

    subdistrict: int
    building_id: int | None = None
    point: tuple[float, float] | None = None  # lon, lat

    @property
    def query(self) -> str:
        """It, for an address."""
        if self.building_id is not None:
            return urlencode({"building": self.building_id})
        lon, lat = self.point or (0.0, 0.0)
        return urlencode({"lon": f"{lon:.6f}", "lat": f"{lat:.6f}"})

    def spot(self) -> Spot | None:
        """The spot itself. One statement for a building, none for a point."""
        return find_spot(self.building_id, self.point, "", "")


def chosen_place(params: Mapping[str, str]) -> ChosenPlace | None:
    """The place that `building` or `lon` and `lat` name; None when they name none that is served. No statement."""
    building = params.get("building", "")
    if building:
        if not (building.isascii() and building.isdecimal() and len(building) < 20):
            return None
        found = int(building)
        home = part_of(found)
        return ChosenPlace(home, building_id=found) if home in served() else None
    point = _point(params.get("lon", ""), params.get("lat", ""))
    unit = locate(*point) if point else None
    return ChosenPlace(unit.subdistrict, point=point) if unit is not None and unit.subdistrict in served() else None


def _point(lon: str, lat: str) -> tuple[float, float] | None:
    """Six decimals are ten centimetres; neither NaN nor infinity is a place."""
    try:
        east, north = round(float(lon), 6), round(float(lat), 6)
    except (ValueError, OverflowError):
        return None
    inside = math.isfinite(east) and math.isfinite(north) and abs(east) <= 180 and abs(north) <= 90
    return (east, north) if inside else None
