"""The demo place (演示辖区): one community of 狮山街道 with its grids, buildings, stations and precinct office, and the next street.

Real (see data/README.md): codes and names of district, streets and communities; the outline of 虎丘区; the names of streets; the public
holidays. Generated (`layout.py`): the boundaries of communities and grids, compounds, buildings, rooms. Stations bear the names such
offices have; none of them is meant. All by use-cases, always the same; a second run adds nothing.
"""

import csv
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from shequtong.core import places
from shequtong.core.actors import Actor
from shequtong.organizations import stations
from shequtong.organizations.models import Agency, PrecinctOffice
from shequtong.organizations.stations import StationRef
from shequtong.organizations.usecases.add_agency import add_agency
from shequtong.organizations.usecases.add_station import add_station
from shequtong.organizations.usecases.give_seat import give_seat
from shequtong.organizations.usecases.open_precinct_office import open_precinct_office
from shequtong.pages.demo import layout
from shequtong.pages.demo.contacts import nobodys_phone, write_contacts
from shequtong.territory import units
from shequtong.territory.models import Compound, WorkCalendar
from shequtong.territory.units import UnitRef
from shequtong.territory.usecases.add_buildings import add_buildings
from shequtong.territory.usecases.add_calendar import add_calendar
from shequtong.territory.usecases.add_compound import add_compound
from shequtong.territory.usecases.add_unit import add_unit
from shequtong.territory.usecases.open_place import open_place
from shequtong.territory.usecases.use_calendar import use_calendar

DATA = Path(__file__).parent / "data"
SINCE = date(2020, 1, 1)
DISTRICT, STREET, NEXT_STREET = 1, 2, 3  # storage numbers
PLACES = (
    (DISTRICT, "district", "HQ", "320505"),
    (STREET, "subdistrict", "SS", "320505002"),
    (NEXT_STREET, "subdistrict", "FQ", "320505003"),
)
STREET_CODE = "320505002"
COMMUNITY, NEXT_COMMUNITY = "320505002015", "320505003007"
_CALENDAR = "苏州市工作日历"


class Office(NamedTuple):
    """An agency and its station in the street; `at` is the unit it serves."""

    agency: str
    agency_name: str
    agency_en: str
    name: str
    name_en: str
    at: str = "street"


OFFICES = (
    Office("police", "公安", "Public security", "狮山派出所", "Shishan Police Station"),
    Office("urban_management", "城市管理", "Urban management", "狮山城管中队", "Shishan Urban Management Squad"),
    Office("market_regulation", "市场监管", "Market regulation", "狮山市场监管分局", "Shishan Market Regulation Branch"),
    Office(
        "labour", "人力资源和社会保障", "Human resources and social security", "狮山劳动和社会保障所", "Shishan Labour Office"
    ),
    Office("social_affairs", "社会事务", "Social affairs", "狮山街道社会事务科", "Shishan Social Affairs Section"),
    Office("health", "卫生健康", "Health", "狮山社区卫生服务中心", "Shishan Community Health Centre"),
    Office("ecology", "生态环境", "Ecology and environment", "狮山生态环境所", "Shishan Ecology Office"),
    Office("traffic_police", "交警", "Traffic police", "狮山交警中队", "Shishan Traffic Police Squad"),
    Office("housing", "住房和城乡建设", "Housing and construction", "狮山街道建设管理科", "Shishan Construction Section"),
    Office("property", "物业服务", "Property services", "馨泰社区物业服务点", "Xintai Property Service Point", "community"),
)
SEATS = ("police", "urban_management", "market_regulation", "traffic_police", "property")


@dataclass(frozen=True)
class DemoPlace:
    """What the rest of the demo stands on. `paths`: unit paths by district, street, precinct, community, grid (the first), next_street,

    next_precinct, next_community, next_grid. `stations`: station codes by agency code, of 狮山. `grids`: paths of all six.
    """

    subdistrict: int = STREET
    next_subdistrict: int = NEXT_STREET
    paths: dict[str, str] = field(default_factory=dict)
    grids: tuple[str, ...] = ()
    stations: dict[str, str] = field(default_factory=dict)
    office_id: int = 0


def build_small(*, by: Actor, now: datetime) -> DemoPlace:
    """Build what is missing of the small demo place and say what it consists of. A few seconds; every use-case its own transaction."""
    names = open_places(by, now)
    made = _units(names, by, now)
    work_calendar(made["district"], by, now)
    there = {one.agency: have_station(one, f"SS-{one.agency}", made[one.at], by, now) for one in OFFICES}
    next_police(made["next_street"], by, now)
    office_id = joint_office(made["precinct"], 1, [there[agency] for agency in SEATS], by, now)
    for n, estate in enumerate(layout.ESTATES):
        _estate(estate, made["community"], n, by, now)
    _estate(layout.NEXT_ESTATE, made["next_community"], None, by, now)
    write_contacts(made["street"], by, now)
    paths = {key: unit.path for key, unit in made.items()}
    grids = tuple(unit.path for unit in units.under(made["community"].path, "grid"))
    return DemoPlace(paths=paths, grids=grids, stations={agency: one.code for agency, one in there.items()}, office_id=office_id)


def open_places(by: Actor, now: datetime) -> dict[str, str]:
    """The storage places, opened when they are missing; the published names by code."""
    names, there = published_names(), {one.number for one in places.places()}
    for number, kind, letters, code in PLACES:
        if number not in there:
            open_place(number=number, kind=kind, letters=letters, name=names[code], by=by, now=now)
    return names


def have_unit(
    kind: str, code: str, name: str, name_en: str, parent: UnitRef | None, by: Actor, now: datetime, **more: Any
) -> UnitRef:
    """The unit with this code, added when it is missing."""
    if units.with_code(code) is None:
        parent_id = parent.id if parent else None
        add_unit(kind=kind, code=code, name=name, name_en=name_en, parent_id=parent_id, day=SINCE, by=by, now=now, **more)
    found = units.with_code(code)
    assert found is not None  # it has just been added
    return found


def _units(names: dict[str, str], by: Actor, now: datetime) -> dict[str, UnitRef]:
    have = partial(have_unit, by=by, now=now)
    outline = district_outline()
    district = have("district", "320505", names["320505"], "Huqiu District", None, subdistrict=DISTRICT, boundary=outline)
    street = have("subdistrict", STREET_CODE, names[STREET_CODE], "Shishan Subdistrict", district, subdistrict=STREET)
    precinct = have("precinct", f"{STREET_CODE}-P1", "狮山街道第一片区", "Shishan Precinct 1", street)
    here = have("community", COMMUNITY, names[COMMUNITY], "Xintai Community", precinct, boundary=layout.community())
    grids = [
        have("grid", f"{COMMUNITY}{n:03d}", grid_name(n), f"Grid {n}", here, boundary=boundary)
        for n, boundary in enumerate(layout.grids(), start=1)
    ]
    made = {"district": district, "street": street, "precinct": precinct, "community": here, "grid": grids[0]}
    return made | next_street(district, names, layout.next_community(), by, now)


def next_street(district: UnitRef, names: dict[str, str], boundary: Any, by: Actor, now: datetime) -> dict[str, UnitRef]:
    """The next street, with one precinct, one community and one grid: whose staff must see nothing of ours."""
    have = partial(have_unit, by=by, now=now)
    street = have("subdistrict", "320505003", names["320505003"], "Fengqiao Subdistrict", district, subdistrict=NEXT_STREET)
    precinct = have("precinct", "320505003-P1", "枫桥街道第一片区", "Fengqiao Precinct 1", street)
    beside = have("community", NEXT_COMMUNITY, names[NEXT_COMMUNITY], "Fengjin Community", precinct, boundary=boundary)
    grid = have("grid", f"{NEXT_COMMUNITY}001", grid_name(1), "Grid 1", beside, boundary=boundary)
    return {"next_street": street, "next_precinct": precinct, "next_community": beside, "next_grid": grid}


def grid_name(number: int) -> str:
    """第一网格 to 第十二网格."""
    return f"第{('一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二')[number - 1]}网格"


def work_calendar(district: UnitRef, by: Actor, now: datetime) -> None:
    """Ten years back, because old messages are replayed with their own times; the next year stays unknown until it is published."""
    if WorkCalendar.objects.filter(name=_CALENDAR).exists():
        return
    years = range(now.year - 10, now.year + 2)
    calendar = add_calendar(name=_CALENDAR, name_en="Suzhou work calendar", years=years, by=by, now=now)
    use_calendar(unit_id=district.id, calendar_id=calendar.pk, by=by, now=now)


def have_station(office: Office, code: str, unit: UnitRef, by: Actor, now: datetime) -> StationRef:
    """The station with this code, added with its agency when it is missing."""
    agency = Agency.objects.filter(code=office.agency).first()
    if agency is None:
        agency = add_agency(code=office.agency, name=office.agency_name, name_en=office.agency_en, by=by, now=now)
    if stations.with_code(code) is None:
        told = {"name": office.name, "name_en": office.name_en, "office_phone": nobodys_phone(code)}
        add_station(agency_id=agency.pk, unit_id=unit.id, code=code, by=by, now=now, **told)
    found = stations.with_code(code)
    assert found is not None  # it has just been added
    return found


def next_police(street: UnitRef, by: Actor, now: datetime) -> None:
    """The next street has a police station and nothing else: its missing stations are shown to a dispatcher."""
    if stations.with_code("FQ-police") is None:
        agency = Agency.objects.get(code="police")
        names = {"name": "枫桥派出所", "name_en": "Fengqiao Police Station", "office_phone": nobodys_phone("FQ-police")}
        add_station(agency_id=agency.pk, unit_id=street.id, code="FQ-police", by=by, now=now, **names)


def joint_office(precinct: UnitRef, number: int, seats: list[StationRef], by: Actor, now: datetime) -> int:
    """The office of a precinct, led by the station of the first seat; its id."""
    office = PrecinctOffice.objects.filter(unit_id=precinct.id).first()
    if office is None:
        names = {"name": f"{precinct.name}综治网格化管理办公室", "name_en": f"Shishan Precinct {number} Joint Office"}
        office = open_precinct_office(unit_id=precinct.id, lead_id=seats[0].id, by=by, now=now, **names)
    for station in seats:
        give_seat(office_id=office.pk, station_id=station.id, by=by, now=now)
    return int(office.pk)


def have_compound(estate: layout.Estate, community: UnitRef, by: Actor, now: datetime) -> Compound:
    """The compound of this name there, added when it is missing."""
    compound = Compound.objects.within(community.subdistrict).filter(unit_id=community.id, name=estate.name).first()
    if compound is None:
        place = {"street": estate.street, "house_no": estate.house_no}
        compound = add_compound(name=estate.name, community_id=community.id, by=by, now=now, **place)
    return compound


def _estate(estate: layout.Estate, community: UnitRef, cell: int | None, by: Actor, now: datetime) -> None:
    compound = have_compound(estate, community, by, now)
    add_buildings(new=layout.buildings(estate, cell, compound.pk), by=by, now=now, skip_known=True)


def published_names() -> dict[str, str]:
    """Names by code, without the 居委会 that a community's committee has."""
    with (DATA / "units.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["name"].removesuffix("居委会") for row in csv.DictReader(file)}


def district_outline() -> Any:
    """The real outline of the district, a GeoJSON feature."""
    return json.loads((DATA / "huqiu.geojson").read_text(encoding="utf-8"))
