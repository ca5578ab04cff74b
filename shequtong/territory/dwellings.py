"""What a new building must say (楼栋登记规则): one set of rules for one building and for many. Reads units in memory, writes nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from django.utils.translation import gettext as _

from shequtong.core.geo import Crs, point, tile_of, to_wgs
from shequtong.core.refusals import Refusal
from shequtong.territory import units
from shequtong.territory.address.normal import building_key, grams_of
from shequtong.territory.address.spelling import spelt
from shequtong.territory.hierarchy import HOLDS_BUILDINGS
from shequtong.territory.locate import NOWHERE, locate_many
from shequtong.territory.models import AddressGram, Building, Compound, Entrance, Room
from shequtong.territory.units import UnitRef

MOST_FLOORS, MOST_ENTRANCES, MOST_ROOMS = 150, 30, 60


class CannotAddBuilding(Refusal):
    """The address, the place or the counts are not possible."""


@dataclass(frozen=True)
class NewBuilding:
    """A building as it is handed in. `entrances` × `floors` × `rooms_per_floor` rooms are made: 2单元 3层 02 室 is 302.

    `lon`, `lat` in `source_crs`; the grid is the one at that point. `footprint` is a GeoJSON polygon in the same system, or None.
    """

    street: str
    house_no: str
    name: str
    lon: float
    lat: float
    floors: int = 1
    entrances: int = 0
    rooms_per_floor: int = 0
    compound_id: int | None = None
    source_crs: str = Crs.CGCS2000
    footprint: dict[str, object] | None = field(default=None, compare=False)

    @property
    def address(self) -> str:
        """How people write it: 枫桥路12号3幢."""
        return f"{self.street}{self.house_no}{self.name}"


@dataclass
class Rows:
    """The rows of one building, made but not written."""

    building: Building
    entrances: list[Entrance]
    rooms: list[Room]
    grams: list[AddressGram]


def place_buildings(new: Sequence[NewBuilding]) -> list[UnitRef]:
    """The grid of each building, by its point; CannotAddBuilding when one lies in none. No statement when warm."""
    stored = [to_wgs(*point(one.lon, one.lat), one.source_crs) for one in new]
    found = locate_many(np.array([lon for lon, _ in stored]), np.array([lat for _, lat in stored])).tolist()
    grids = []
    for one, key in zip(new, found, strict=True):
        grid = units.unit(key) if key != NOWHERE else None
        if grid is None or grid.kind not in HOLDS_BUILDINGS:
            raise CannotAddBuilding(_("%(address)s lies in no community.") % {"address": one.address})
        grids.append(grid)
    return grids


def check(new: NewBuilding, grid: UnitRef, compound: Compound | None) -> None:
    """Refuse what no building can be. `compound` is the one named by `compound_id`, loaded."""
    words = {"address": new.address}
    if not new.address.strip() or not (new.name.strip() or new.house_no.strip()) or len(new.address) > 120:
        raise CannotAddBuilding(_("A building needs a street and house number, or a name."))
    if not 1 <= new.floors <= MOST_FLOORS or not 0 <= new.entrances <= MOST_ENTRANCES:
        raise CannotAddBuilding(_("%(address)s: the floors or entrances are not possible.") % words)
    if not 0 <= new.rooms_per_floor <= MOST_ROOMS or (new.rooms_per_floor and not new.entrances):
        raise CannotAddBuilding(
            _("%(address)s: rooms lie behind entrances, at most %(most)s a floor.") % {**words, "most": MOST_ROOMS}
        )
    if new.compound_id is not None:
        if compound is None or compound.ended_at is not None:
            raise CannotAddBuilding(_("%(address)s: there is no such compound.") % words)
        if compound.subdistrict_id != grid.subdistrict:
            raise CannotAddBuilding(_("%(address)s lies in another subdistrict than its compound.") % words)


def rows_of(new: NewBuilding, grid: UnitRef, compound: Compound | None) -> Rows:
    """A building with its entrances, rooms and grams, not written yet; ids are given when they are."""
    lon, lat = to_wgs(new.lon, new.lat, new.source_crs)
    home = {"subdistrict_id": grid.subdistrict}
    building = Building(
        **home,
        compound=compound,
        grid_id=grid.id,
        grid_path=grid.path,
        name=new.name,
        number=_number(new.name),
        street=new.street,
        house_no=new.house_no,
        address=new.address,
        floors=new.floors,
        room_count=new.entrances * new.floors * new.rooms_per_floor,
        lon=lon,
        lat=lat,
        tile=tile_of(lon, lat),
        source_crs=new.source_crs,
        footprint=new.footprint,
    )
    entrances = [
        Entrance(**home, building=building, number=number, name=f"{number}单元") for number in range(1, new.entrances + 1)
    ]
    rooms = [
        Room(**home, entrance=entrance, floor=floor, name=f"{floor}{door:02d}")
        for entrance in entrances
        for floor in range(1, new.floors + 1)
        for door in range(1, new.rooms_per_floor + 1)
    ]
    return Rows(building, entrances, rooms, grams_for(building))


def grams_for(building: Building) -> list[AddressGram]:
    """The rows of the address index for a building: its address, and its compound's name with its own."""
    compound = building.compound
    texts = [building.address, f"{compound.name}{building.name}"] if compound else [building.address]
    grams = grams_of(texts, spelt(building))
    return [AddressGram(subdistrict_id=building.subdistrict_id, gram=gram, building=building) for gram in sorted(grams)]


def _number(name: str) -> int:
    """What buildings sort by: 12幢 is 12, B座 is 2."""
    key = building_key(name)
    found = re.search(r"\d{1,6}", key)
    if found:
        return int(found[0])
    return ord(key[0]) - ord("a") + 1 if key[:1].isascii() and key[:1].isalpha() else 0
