"""The ground of the city (城市底座): district, subdistricts with precincts, communities, grids, buildings and stations, by use-cases."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shequtong.core.actors import Actor
from shequtong.organizations import stations
from shequtong.organizations.models import Agency
from shequtong.organizations.stations import StationRef
from shequtong.organizations.usecases.add_agency import add_agency
from shequtong.organizations.usecases.add_station import add_station
from shequtong.pages.city import ground
from shequtong.pages.city.ground import Square
from shequtong.pages.city.sizes import Size
from shequtong.pages.demo.contacts import nobodys_phone
from shequtong.pages.demo.layout import degrees, polygon
from shequtong.pages.demo.place import OFFICES, grid_name, joint_office, work_calendar
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.models import Building, Unit
from shequtong.territory.units import UnitRef
from shequtong.territory.usecases.add_buildings import add_buildings
from shequtong.territory.usecases.add_unit import add_unit
from shequtong.territory.usecases.open_place import open_place

SINCE = date(2020, 1, 1)
DISTRICT = 1  # storage number; the subdistricts follow
DISTRICT_CODE = "320590"
BUILDINGS = 4  # a grid
_SEATS = ("police", "urban_management", "market_regulation", "traffic_police", "property")


@dataclass(frozen=True)
class Street:
    """A subdistrict as it was built. `grids` by precinct; `stations` ids by agency."""

    number: int  # storage number
    letters: str
    size: Size
    unit: UnitRef
    precincts: tuple[UnitRef, ...]
    communities: tuple[UnitRef, ...]
    grids: tuple[UnitRef, ...]
    stations: dict[str, StationRef]
    buildings: tuple[Building, ...] = ()

    def precinct_of(self, path: str) -> int:
        """Which precinct a path lies in, from 0."""
        return next(n for n, one in enumerate(self.precincts) if path.startswith(one.path))


def build_district(subdistricts: int, by: Actor, now: datetime) -> UnitRef:
    """The district over all, and its work calendar."""
    open_place(number=DISTRICT, kind="district", letters="CITY", name="云岭市", by=by, now=now)
    outline = ground.district_outline(subdistricts)
    unit = _unit("district", DISTRICT_CODE, "云岭市", "Yunling City", None, by, now, subdistrict=DISTRICT, boundary=outline)
    work_calendar(unit, by, now)
    return unit


def build_street(number: int, subdistricts: int, size: Size, district: UnitRef, by: Actor, now: datetime) -> Street:
    """One subdistrict; `number` counts from 0, the largest first."""
    named, square, place = ground.street_name(number), Square(number, subdistricts, size), DISTRICT + 1 + number
    open_place(number=place, kind="subdistrict", letters=ground.letters(number), name=named.name, by=by, now=now)
    code = f"{DISTRICT_CODE}{number + 1:03d}"
    here = _unit("subdistrict", code, *named, district, by, now, subdistrict=place, boundary=square.outline())
    precincts = [
        _unit("precinct", f"{code}-P{n}", f"{named.name}第{'一二三四'[n - 1]}片区", f"Precinct {n}", here, by, now)
        for n in range(1, size.precincts + 1)
    ]
    communities, grids = [], []
    for n in range(size.communities):
        precinct = precincts[n * size.precincts // size.communities]
        own, name = f"{code}{n + 1:03d}", ground.community_name(n)
        beside = _unit("community", own, name, f"Community {n + 1}", precinct, by, now, boundary=square.community(n))
        communities.append(beside)
        for g in range(size.grids):
            drawn = square.grid(n, g)
            grids.append(_unit("grid", f"{own}{g + 1:03d}", grid_name(g + 1), f"Grid {g + 1}", beside, by, now, boundary=drawn))
    found = _stations(number, named.name.removesuffix("街道"), here, by, now)
    for n, precinct in enumerate(precincts, start=1):
        joint_office(precinct, n, [found[agency] for agency in _SEATS], by, now)
    return Street(place, ground.letters(number), size, here, tuple(precincts), tuple(communities), tuple(grids), found)


def build_dwellings(
    streets: list[Street], subdistricts: int, by: Actor, now: datetime, say: Callable[[str], None]
) -> list[Street]:
    """Four buildings in each grid; the streets with them."""
    built = []
    for number, street in enumerate(streets):
        square, new = Square(number, subdistricts, street.size), []
        for n in range(len(street.grids)):
            community, grid = divmod(n, street.size.grids)
            for b in range(BUILDINGS):
                at = square.spot(community, grid, 0.2 + 0.6 * (b % 2), 0.25 + 0.5 * (b // 2))
                new.append(_building(n, b, at))
        built.append(replace(street, buildings=tuple(add_buildings(new=new, by=by, now=now))))
    say(f"  {sum(len(one.buildings) for one in built):,} buildings")
    return built


def _building(grid: int, n: int, at: tuple[float, float]) -> NewBuilding:
    (east, north), (lon, lat) = at, degrees(at)
    ring = [(east - 14, north - 6), (east + 14, north - 6), (east + 14, north + 6), (east - 14, north + 6)]
    return NewBuilding(
        street=ground.road(grid),
        house_no=f"{grid * 2 + 8}号",
        name=f"{n + 1}幢",
        lon=lon,
        lat=lat,
        floors=6,
        footprint=polygon(ring),
    )


def _unit(
    kind: str, code: str, name: str, name_en: str, parent: UnitRef | None, by: Actor, now: datetime, **more: Any
) -> UnitRef:
    parent_id = parent.id if parent else None
    made: Unit = add_unit(
        kind=kind, code=code, name=name, name_en=name_en, parent_id=parent_id, day=SINCE, by=by, now=now, **more
    )
    return UnitRef(
        *(made.pk, made.kind, made.code, made.name, made.name_en, made.pinyin, made.path, made.parent_id),
        *(made.subdistrict_id, made.calendar_id, False),
    )


def _stations(number: int, name: str, street: UnitRef, by: Actor, now: datetime) -> dict[str, StationRef]:
    """One of each agency."""
    found = {}
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    for office in OFFICES:
        agency = agencies.get(office.agency) or add_agency(
            code=office.agency, name=office.agency_name, name_en=office.agency_en, by=by, now=now
        )
        code = f"C{number + 1}-{office.agency}"
        titled = office.name.replace("狮山街道", f"{name}街道").replace("馨泰社区", name).replace("狮山", name)
        made = add_station(
            agency_id=agency.pk, unit_id=street.id, code=code, name=titled, by=by, now=now, office_phone=nobodys_phone(code)
        )
        found[office.agency] = made.pk
    held = {one.id: one for one in stations.stations_of_subdistrict(street.subdistrict)}
    return {agency: held[key] for agency, key in found.items()}
