"""The full demo place (完整演示辖区): 狮山街道 with three precincts, eight communities, 96 grids, their dwellings, stations and offices.

Real and generated: see `ground.py` and data/README.md. All by use-cases, always the same; a second run adds nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from shequtong.core.actors import Actor
from shequtong.organizations.stations import StationRef
from shequtong.pages.demo import layout
from shequtong.pages.demo.contacts import write_contacts
from shequtong.pages.demo.full import ground
from shequtong.pages.demo.place import (
    DISTRICT,
    OFFICES,
    SEATS,
    STREET,
    STREET_CODE,
    DemoPlace,
    Office,
    district_outline,
    grid_name,
    have_compound,
    have_station,
    have_unit,
    joint_office,
    next_police,
    next_street,
    open_places,
    work_calendar,
)
from shequtong.territory.units import UnitRef
from shequtong.territory.usecases.add_buildings import add_buildings

# The first eight of the nine published communities of 320505002, in the order of their codes, with the precinct each belongs to.
COMMUNITIES = (
    ("320505002004", "Heshan Community", 0),
    ("320505002005", "Shishan First Community", 0),
    ("320505002012", "Xinsheng Community", 0),
    ("320505002015", "Xintai Community", 1),
    ("320505002016", "Wanfeng Community", 1),
    ("320505002017", "Xinshi Community", 1),
    ("320505002018", "Jinse Community", 2),
    ("320505002019", "Hengshan Community", 2),
)
PRECINCTS = ("狮山街道第一片区", "狮山街道第二片区", "狮山街道第三片区")
_BY_PRECINCT = {
    "police": ("狮山派出所第{n}警务站", "Shishan Police Post {i}"),
    "urban_management": ("狮山城管第{n}中队", "Shishan Urban Management Squad {i}"),
}


@dataclass(frozen=True)
class FullPlace:
    """What the rest of the full demo stands on. `small` is the part of it the printed cast works in."""

    small: DemoPlace
    street: UnitRef
    precincts: tuple[UnitRef, ...]
    communities: tuple[UnitRef, ...]
    grids: tuple[UnitRef, ...]
    stations: tuple[StationRef, ...]


def build_full(*, by: Actor, now: datetime, say: Callable[[str], None]) -> FullPlace:
    """Build what is missing of the full demo place; `say` hears how far it is. About ten seconds; every use-case its own transaction."""
    names, have = open_places(by, now), partial(have_unit, by=by, now=now)
    outline = district_outline()
    district = have("district", "320505", names["320505"], "Huqiu District", None, subdistrict=DISTRICT, boundary=outline)
    shape = ground.street()
    street = have(
        "subdistrict", STREET_CODE, names[STREET_CODE], "Shishan Subdistrict", district, subdistrict=STREET, boundary=shape
    )
    precincts = [
        have("precinct", f"{STREET_CODE}-P{n}", name, f"Shishan Precinct {n}", street)
        for n, name in enumerate(PRECINCTS, start=1)
    ]
    communities, grids = _communities(names, precincts, by, now)
    beyond = next_street(district, names, ground.next_community(), by, now)
    work_calendar(district, by, now)
    stations = _stations(street, precincts, communities, by, now)
    next_police(beyond["next_street"], by, now)
    offices = [joint_office(one, n, _seats(one, stations), by, now) for n, one in enumerate(precincts, start=1)]
    write_contacts(street, by, now)
    say("Buildings …")
    for number, here in enumerate(communities):
        _dwellings(number, here, by, now)
    paths = {
        "district": district,
        "street": street,
        "precinct": precincts[0],
        "community": communities[0],
        "grid": grids[0],
    } | beyond
    small = DemoPlace(
        paths={key: unit.path for key, unit in paths.items()},
        grids=tuple(one.path for one in grids),
        stations={one.agency_code: one.code for one in reversed(stations)},  # of several the first
        office_id=offices[0],
    )
    return FullPlace(small, street, tuple(precincts), tuple(communities), tuple(grids), tuple(stations))


def _communities(
    names: dict[str, str], precincts: list[UnitRef], by: Actor, now: datetime
) -> tuple[list[UnitRef], list[UnitRef]]:
    """The communities and all their grids."""
    have = partial(have_unit, by=by, now=now)
    communities, grids = [], []
    for number, (code, name_en, precinct) in enumerate(COMMUNITIES):
        here = have("community", code, names[code], name_en, precincts[precinct], boundary=ground.community(number))
        communities.append(here)
        for n, cell in enumerate(ground.cells(number), start=1):
            boundary = layout.polygon(list(cell.corners))
            grids.append(have("grid", f"{code}{n:03d}", grid_name(n), f"Grid {n}", here, boundary=boundary))
    return communities, grids


def _stations(
    street: UnitRef, precincts: list[UnitRef], communities: list[UnitRef], by: Actor, now: datetime
) -> list[StationRef]:
    """One of the street for most agencies; police and urban management have one a precinct, property services one a community."""
    found = []
    for office in OFFICES:
        if office.agency in _BY_PRECINCT:
            name, name_en = _BY_PRECINCT[office.agency]
            for i, precinct in enumerate(precincts, start=1):
                named = _named(office, name.format(n="一二三"[i - 1]), name_en.format(i=i))
                found.append(have_station(named, f"SS-{office.agency}-{i}", precinct, by, now))
        elif office.at == "community":
            for i, here in enumerate(communities, start=1):
                named = _named(office, f"{here.name}物业服务点", f"{here.name_en} Property Service Point")
                found.append(have_station(named, f"SS-{office.agency}-{i}", here, by, now))
        else:
            found.append(have_station(office, f"SS-{office.agency}", street, by, now))
    return found


def _named(office: Office, name: str, name_en: str) -> Office:
    """The same office under another name."""
    return office._replace(name=name, name_en=name_en)


def _seats(precinct: UnitRef, stations: list[StationRef]) -> list[StationRef]:
    """Of each agency with a seat the station that serves the precinct or a part of it, the first; police leads."""
    by_agency = {agency: [one for one in stations if one.agency_code == agency] for agency in SEATS}
    return [
        next(one for one in of_agency if precinct.path.startswith(one.path) or one.path.startswith(precinct.path))
        for of_agency in by_agency.values()
    ]


def _dwellings(number: int, community: UnitRef, by: Actor, now: datetime) -> None:
    """All compounds of a community with their buildings and rooms."""
    new = []
    for one in ground.compounds(number):
        compound = have_compound(one.estate, community, by, now)
        new += ground.buildings(one, compound.pk)
    add_buildings(new=new, by=by, now=now, skip_known=True)
