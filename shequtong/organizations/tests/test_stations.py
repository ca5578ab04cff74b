"""Agency and place lead to the nearest station at or above the place, without a statement."""

import pytest
from pytest_django import DjangoAssertNumQueries

from shequtong.organizations import stations
from shequtong.organizations.testing import make_agency, make_station
from shequtong.organizations.usecases.end_station import end_station
from shequtong.territory.testing import NOON, SYSTEM, Ground


def test_the_deepest_station_at_or_above_the_place(ground: Ground) -> None:
    police, health = make_agency(), make_agency("health", "卫生健康")
    street = make_station(police, ground.street, "B")
    precinct = make_station(police, ground.precinct, "C")
    grid = make_station(police, ground.grids[0], "D")
    make_station(health, ground.district, "H")

    def nearest(agency: int, path: str) -> str | None:
        found = stations.nearest_station(agency, path)
        return found.code if found else None

    assert nearest(police.pk, ground.grids[0].path) == grid.code
    assert nearest(police.pk, ground.grids[1].path) == precinct.code
    assert nearest(police.pk, ground.street.path) == street.code
    assert nearest(health.pk, ground.next_community.path) == "H"
    assert nearest(police.pk, ground.next_community.path) is None  # shown to the dispatcher
    assert nearest(police.pk, ground.district.path) is None  # what lies below does not count
    assert nearest(999, ground.grids[0].path) is None
    assert nearest(police.pk, "") is None


def test_two_in_one_unit_the_lower_code_wins_and_an_ended_one_is_passed_over(ground: Ground) -> None:
    police = make_agency()
    for code in ("B2", "B1"):
        make_station(police, ground.street, code)
    first = stations.nearest_station(police.pk, ground.community.path)
    assert first is not None
    assert first.code == "B1"

    end_station(station_id=first.id, reason="并入", by=SYSTEM, now=NOON)

    second = stations.nearest_station(police.pk, ground.community.path)
    assert second is not None
    assert second.code == "B2"
    assert stations.station(first.id).ended
    assert [one.code for one in stations.stations_of_subdistrict(2)] == ["B2"]


def test_a_subdistrict_lists_its_own_by_pinyin(ground: Ground) -> None:
    police = make_agency()
    make_station(police, ground.next_street, "N")
    for code in ("Z", "A"):
        make_station(police, ground.street, code)
    assert [one.code for one in stations.stations_of_subdistrict(2)] == ["A", "Z"]
    assert [one.code for one in stations.stations_of_subdistrict(3)] == ["N"]
    assert stations.stations_of_subdistrict(99) == ()


def test_costs_no_statement_when_warm(ground: Ground, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    police = make_agency()
    station = make_station(police, ground.street, "B")
    stations.directory()
    with django_assert_num_queries(0):
        assert stations.nearest_station(police.pk, ground.grids[0].path) == stations.station(station.pk)
        assert stations.office_of(ground.grids[0].path) is None
        assert stations.with_code("B") == stations.station(station.pk)
        with pytest.raises(KeyError):
            stations.station(999)
