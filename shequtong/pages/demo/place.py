"""The demo place (演示辖区): one community of 狮山街道 with its grids, buildings, stations and precinct office, and the next street.

Real (see data/README.md): codes and names of district, streets and communities; the outline of 虎丘区; the names of streets; the public
holidays. Generated (`layout.py`): the boundaries of communities and grids, compounds, buildings, rooms. Stations bear the names such
offices have; none of them is meant. All by use-cases, always the same; a second run adds nothing.
"""

import csv
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from shequtong.core import places
from shequtong.core.actors import Actor
from shequtong.organizations import stations
from shequtong.organizations.models import Agency, PrecinctOffice
from shequtong.organizations.usecases.add_agency import add_agency
from shequtong.organizations.usecases.add_station import add_station
from shequtong.organizations.usecases.give_seat import give_seat
from shequtong.organizations.usecases.open_precinct_office import open_precinct_office
from shequtong.pages.demo import layout
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
_PLACES = (
    (DISTRICT, "district", "HQ", "320505"),
    (STREET, "subdistrict", "SS", "320505002"),
    (NEXT_STREET, "subdistrict", "FQ", "320505003"),
)
_COMMUNITY, _NEXT_COMMUNITY = "320505002015", "320505003007"
_CALENDAR = "苏州市工作日历"


class _Office(NamedTuple):
    """An agency and its station in the street; `at` is the unit it serves."""

    agency: str
    agency_name: str
    agency_en: str
    name: str
    name_en: str
    at: str = "street"


_OFFICES = (
    _Office("police", "公安", "Public security", "狮山派出所", "Shishan Police Station"),
    _Office("urban_management", "城市管理", "Urban management", "狮山城管中队", "Shishan Urban Management Squad"),
    _Office("market_regulation", "市场监管", "Market regulation", "狮山市场监管分局", "Shishan Market Regulation Branch"),
    _Office(
        "labour", "人力资源和社会保障", "Human resources and social security", "狮山劳动和社会保障所", "Shishan Labour Office"
    ),
    _Office("social_affairs", "社会事务", "Social affairs", "狮山街道社会事务科", "Shishan Social Affairs Section"),
    _Office("health", "卫生健康", "Health", "狮山社区卫生服务中心", "Shishan Community Health Centre"),
    _Office("ecology", "生态环境", "Ecology and environment", "狮山生态环境所", "Shishan Ecology Office"),
    _Office("traffic_police", "交警", "Traffic police", "狮山交警中队", "Shishan Traffic Police Squad"),
    _Office("housing", "住房和城乡建设", "Housing and construction", "狮山街道建设管理科", "Shishan Construction Section"),
    _Office("property", "物业服务", "Property services", "馨泰社区物业服务点", "Xintai Property Service Point", "community"),
)
_SEATS = ("police", "urban_management", "market_regulation", "traffic_police", "property")


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
    names = _published_names()
    for number, kind, letters, code in _PLACES:
        if number not in {one.number for one in places.places()}:
            open_place(number=number, kind=kind, letters=letters, name=names[code], by=by, now=now)
    made = _units(names, by, now)
    _calendar(made["district"], by, now)
    codes = {office.agency: _station(office, made, by, now) for office in _OFFICES}
    _next_police(made["next_street"], by, now)
    office_id = _office(made["precinct"], codes, by, now)
    for n, estate in enumerate(layout.ESTATES):
        _estate(estate, made["community"], n, by, now)
    _estate(layout.NEXT_ESTATE, made["next_community"], None, by, now)
    paths = {key: unit.path for key, unit in made.items()}
    grids = tuple(unit.path for unit in units.under(made["community"].path, "grid"))
    return DemoPlace(paths=paths, grids=grids, stations=codes, office_id=office_id)


def _units(names: dict[str, str], by: Actor, now: datetime) -> dict[str, UnitRef]:
    def have(kind: str, code: str, name: str, name_en: str, parent: UnitRef | None, **more: Any) -> UnitRef:
        if units.with_code(code) is None:
            parent_id = parent.id if parent else None
            add_unit(kind=kind, code=code, name=name, name_en=name_en, parent_id=parent_id, day=SINCE, by=by, now=now, **more)
        found = units.with_code(code)
        assert found is not None  # it has just been added
        return found

    district = have("district", "320505", names["320505"], "Huqiu District", None, subdistrict=DISTRICT, boundary=_outline())
    street = have("subdistrict", "320505002", names["320505002"], "Shishan Subdistrict", district, subdistrict=STREET)
    precinct = have("precinct", "320505002-P1", "狮山街道第一片区", "Shishan Precinct 1", street)
    here = have("community", _COMMUNITY, names[_COMMUNITY], "Xintai Community", precinct, boundary=layout.community())
    grids = [
        have("grid", f"{_COMMUNITY}{n:03d}", f"第{'一二三四五六'[n - 1]}网格", f"Grid {n}", here, boundary=boundary)
        for n, boundary in enumerate(layout.grids(), start=1)
    ]
    next_street = have("subdistrict", "320505003", names["320505003"], "Fengqiao Subdistrict", district, subdistrict=NEXT_STREET)
    next_precinct = have("precinct", "320505003-P1", "枫桥街道第一片区", "Fengqiao Precinct 1", next_street)
    there = layout.next_community()
    beside = have("community", _NEXT_COMMUNITY, names[_NEXT_COMMUNITY], "Fengjin Community", next_precinct, boundary=there)
    next_grid = have("grid", f"{_NEXT_COMMUNITY}001", "第一网格", "Grid 1", beside, boundary=there)
    return {
        "district": district,
        "street": street,
        "precinct": precinct,
        "community": here,
        "grid": grids[0],
        "next_street": next_street,
        "next_precinct": next_precinct,
        "next_community": beside,
        "next_grid": next_grid,
    }


def _calendar(district: UnitRef, by: Actor, now: datetime) -> None:
    """Ten years back, because old messages are replayed with their own times; the next year stays unknown until it is published."""
    if WorkCalendar.objects.filter(name=_CALENDAR).exists():
        return
    years = range(now.year - 10, now.year + 2)
    calendar = add_calendar(name=_CALENDAR, name_en="Suzhou work calendar", years=years, by=by, now=now)
    use_calendar(unit_id=district.id, calendar_id=calendar.pk, by=by, now=now)


def _station(office: _Office, made: dict[str, UnitRef], by: Actor, now: datetime) -> str:
    code = f"SS-{office.agency}"
    agency = Agency.objects.filter(code=office.agency).first()
    if agency is None:
        agency = add_agency(code=office.agency, name=office.agency_name, name_en=office.agency_en, by=by, now=now)
    if stations.with_code(code) is None:
        unit_id = made[office.at].id
        add_station(agency_id=agency.pk, unit_id=unit_id, code=code, name=office.name, name_en=office.name_en, by=by, now=now)
    return code


def _next_police(street: UnitRef, by: Actor, now: datetime) -> None:
    """The next street has a police station and nothing else: its missing stations are shown to a dispatcher."""
    if stations.with_code("FQ-police") is None:
        agency = Agency.objects.get(code="police")
        names = {"name": "枫桥派出所", "name_en": "Fengqiao Police Station"}
        add_station(agency_id=agency.pk, unit_id=street.id, code="FQ-police", by=by, now=now, **names)


def _office(precinct: UnitRef, codes: dict[str, str], by: Actor, now: datetime) -> int:
    by_agency = {agency: stations.with_code(code) for agency, code in codes.items()}
    office = PrecinctOffice.objects.filter(unit_id=precinct.id).first()
    if office is None:
        names = {"name": "狮山街道第一片区综治网格化管理办公室", "name_en": "Shishan Precinct 1 Joint Office"}
        lead = by_agency["police"]
        assert lead is not None  # made before
        office = open_precinct_office(unit_id=precinct.id, lead_id=lead.id, by=by, now=now, **names)
    for agency in _SEATS:
        station = by_agency[agency]
        assert station is not None  # made before
        give_seat(office_id=office.pk, station_id=station.id, by=by, now=now)
    return int(office.pk)


def _estate(estate: layout.Estate, community: UnitRef, cell: int | None, by: Actor, now: datetime) -> None:
    compound = Compound.objects.within(community.subdistrict).filter(unit_id=community.id, name=estate.name).first()
    if compound is None:
        place = {"street": estate.street, "house_no": estate.house_no}
        compound = add_compound(name=estate.name, community_id=community.id, by=by, now=now, **place)
    add_buildings(new=layout.buildings(estate, cell, compound.pk), by=by, now=now, skip_known=True)


def _published_names() -> dict[str, str]:
    """Names by code, without the 居委会 that a community's committee has."""
    with (DATA / "units.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["name"].removesuffix("居委会") for row in csv.DictReader(file)}


def _outline() -> Any:
    return json.loads((DATA / "huqiu.geojson").read_text(encoding="utf-8"))
