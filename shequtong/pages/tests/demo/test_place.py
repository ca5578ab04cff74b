"""The demo place: real where it says so, whole, the same each time, and a second run adds nothing."""

import time

import pytest
from django.apps import apps

from shequtong.core.actors import SystemActor
from shequtong.organizations import stations
from shequtong.pages.demo import layout
from shequtong.pages.demo.place import DemoPlace, build_small
from shequtong.territory import units
from shequtong.territory.address import search_buildings
from shequtong.territory.fitting import coverage
from shequtong.territory.locate import locate
from shequtong.territory.models import Building, Unit
from shequtong.territory.testing import NOON

BY = SystemActor("demo")
AREAS = ("core", "territory", "organizations", "audit")
BUDGET_S = 15.0


@pytest.fixture
def place(db: None) -> DemoPlace:
    return build_small(by=BY, now=NOON)


def _rows() -> dict[str, int]:
    models = [model for area in AREAS for model in apps.get_app_config(area).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_a_second_run_adds_nothing(place: DemoPlace) -> None:
    before = _rows()
    assert build_small(by=BY, now=NOON) == place
    assert _rows() == before


def test_is_quick(db: None) -> None:
    started = time.perf_counter()
    build_small(by=BY, now=NOON)
    assert time.perf_counter() - started < BUDGET_S


def test_the_codes_and_names_are_the_published_ones(place: DemoPlace) -> None:
    published = {"320505": "虎丘区", "320505002": "狮山街道", "320505003": "枫桥街道", "320505002015": "馨泰社区"}
    found = {code: unit.name for code in published if (unit := units.with_code(code)) is not None}
    assert found == published
    assert len(place.grids) == 6


@pytest.mark.parametrize("key", ["community", "next_community"])
def test_grids_cover_their_community_without_gap_or_overlap(place: DemoPlace, key: str) -> None:
    assert coverage(Unit.objects.get(path=place.paths[key]), "grid").complete


def test_every_building_lies_in_the_grid_it_says(place: DemoPlace) -> None:
    buildings = list(Building.objects.within(place.subdistrict).standing())
    assert len(buildings) == sum(estate.buildings for estate in layout.ESTATES) == 62
    for one in buildings:
        found = locate(one.lon, one.lat)
        assert found is not None
        assert found.path == one.grid_path
    assert {one.grid_path for one in buildings} == set(place.grids)


def test_the_address_of_the_issue_is_found(place: DemoPlace) -> None:
    found = search_buildings("枫桥路12号3幢", (place.subdistrict,))
    assert [one.address for one in found] == ["枫桥路12号3幢"]


def test_ten_agencies_have_a_station_and_the_office_its_seats(place: DemoPlace) -> None:
    assert len(place.stations) == 10
    for code in place.stations.values():
        station = stations.with_code(code)
        assert station is not None
        assert stations.nearest_station(station.agency_id, place.grids[0]) == station
    office = stations.office_of(place.grids[0])
    assert office is not None
    assert len(office.seats) >= 2
    assert stations.office_of(place.paths["next_grid"]) is None


def test_the_calendar_knows_2026_and_says_that_2027_is_unknown(place: DemoPlace) -> None:
    calendar = units.calendar_of(units.tree().by_path[place.grids[0]])
    assert (calendar.is_known(2026), calendar.is_known(2027)) == (True, False)
