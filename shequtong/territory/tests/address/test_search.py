"""Whatever people write, the building comes first; two statements; never out of the subdistricts asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from shequtong.territory.address import nearest_building, search_buildings
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.models import Building
from shequtong.territory.testing import NOON, SIDE, SOUTH, SYSTEM, WEST, Ground
from shequtong.territory.usecases.add_buildings import add_buildings
from shequtong.territory.usecases.add_compound import add_compound


@pytest.fixture
def town(ground: Ground) -> Ground:
    """名城花园 (枫桥路12号, ten buildings), 名都苑 (狮山路66号 A–D), 枫桥路112号 without a compound, and 名城花园 in the next street."""
    compounds = [
        add_compound(name=name, community_id=unit.pk, by=SYSTEM, now=NOON).pk
        for name, unit in (("名城花园", ground.community), ("名都苑", ground.community), ("名城花园", ground.next_community))
    ]
    new = [
        *(_at("枫桥路", "12号", f"{n}幢", n * 0.15, 0.5, compounds[0]) for n in range(1, 11)),
        *(_at("狮山路", "66号", f"{letter}座", 0.3 * n + 0.1, 1.5, compounds[1]) for n, letter in enumerate("ABCD")),
        _at("枫桥路", "112号", "3幢", 1.5, 1.2, None),
        _at("金山路", "12号", "3幢", 1.5, 1.4, None),
        _at("枫桥路", "12号", "3幢", 4.5, 0.5, compounds[2]),
    ]
    add_buildings(new=new, by=SYSTEM, now=NOON)
    return ground


def _at(street: str, house_no: str, name: str, column: float, row: float, compound: int | None) -> NewBuilding:
    return NewBuilding(street, house_no, name, WEST + column * SIDE, SOUTH + row * SIDE, compound_id=compound)


@pytest.mark.parametrize(
    "text",
    [
        "枫桥路12号3幢",
        "枫桥路12号名城花园3幢",
        "枫桥路１２号３号楼",
        "枫桥路十二号三栋",
        "枫桥路12号3座502",
        "名城花园3幢2单元",
        "名城花园3-2-501",
        "名城 3",
        "名城花园3号",
        "mchy3",
        "苏州市虎丘区狮山街道枫桥路12号3幢",
        "我家在枫桥路12号3幢楼下路灯不亮",
        "名城花园(枫桥路12号)3幢",
    ],
)
def test_the_building_meant_comes_alone_and_exact(town: Ground, text: str) -> None:
    found = search_buildings(text, (2,))
    assert [(one.address, one.subdistrict) for one in found] == [("枫桥路12号3幢", 2)]


def test_a_house_number_gives_its_buildings_in_order(town: Ground) -> None:
    assert [one.address for one in search_buildings("枫桥路12号", (2,), limit=3)] == [
        "枫桥路12号1幢",
        "枫桥路12号2幢",
        "枫桥路12号3幢",
    ]
    assert len(search_buildings("枫桥路12号", (2,))) == 10


def test_a_number_alone_gives_every_building_of_it(town: Ground) -> None:
    assert {one.address for one in search_buildings("3栋", (2,))} == {"枫桥路12号3幢", "枫桥路112号3幢", "金山路12号3幢"}


def test_initials_as_one_types(town: Ground) -> None:
    assert {one.compound for one in search_buildings("mc", (2,))} == {"名城花园"}
    assert {one.compound for one in search_buildings("mdy", (2,))} == {"名都苑"}


def test_one_character(town: Ground) -> None:
    assert {one.compound for one in search_buildings("都", (2,))} <= {"名都苑"}
    assert search_buildings("狮", (2,))[0].address == "狮山路66号A座"


def test_one_wrong_character_is_forgiven_when_nothing_fits_better(town: Ground) -> None:
    typo = search_buildings("枫乔路12号3幢", (2,))
    assert [(one.address, one.exact) for one in typo] == [("枫桥路12号3幢", False)]
    assert {one.address[:3] for one in search_buildings("狮山路", (2,))} == {"狮山路"}  # not 金山路


def test_an_unknown_building_shows_its_neighbours(town: Ground) -> None:
    found = search_buildings("枫桥路12号99幢", (2,))
    assert found
    assert not any(one.exact for one in found)
    assert {one.compound for one in found} == {"名城花园"}


def test_entrance_and_room_are_handed_on(town: Ground) -> None:
    found = search_buildings("名城花园3幢2单元501", (2,))[0]
    assert (found.entrance, found.room) == ("2单元", "501")
    assert "枫桥路12号3幢2单元" in found.label


@pytest.mark.parametrize("text", ["", "  ", "！？", "不存在的路9号", "枫桥路99号", "x"])
def test_nothing_is_nothing(town: Ground, text: str) -> None:
    assert search_buildings(text, (2,)) == []


def test_never_leaves_the_subdistricts_asked_for(town: Ground) -> None:
    assert {one.subdistrict for one in search_buildings("名城花园3幢", (3,))} == {3}
    assert {one.subdistrict for one in search_buildings("名城花园3幢", (2, 3))} == {2, 3}
    assert search_buildings("名城花园3幢", ()) == []
    inside = search_buildings("枫桥路", (2,), within=town.grids[0].path, limit=50)
    assert inside
    assert {one.grid_path for one in inside} == {town.grids[0].path}


def test_two_statements_each_with_its_subdistrict(town: Ground) -> None:
    with CaptureQueriesContext(connection) as caught:
        search_buildings("枫桥路12号3幢", (2,), within=town.community.path)
    assert len(caught) == 2
    assert all("subdistrict_id" in one["sql"] for one in caught)


def test_a_building_pulled_down_is_not_found(town: Ground) -> None:
    Building.objects.within(2).filter(address="枫桥路12号3幢").update(ended_at=NOON)
    assert not any(one.exact for one in search_buildings("枫桥路12号3幢", (2,)))


def test_the_nearest_building(town: Ground, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    third = Building.objects.within(2).get(address="枫桥路12号3幢")
    with django_assert_num_queries(1):
        found = nearest_building(third.lon + 0.0001, third.lat, 2)
    assert found is not None
    assert found[0] == third
    assert found[1] == pytest.approx(9.5, abs=0.1)
    assert nearest_building(third.lon, third.lat + 0.1, 2) is None
    assert nearest_building(third.lon, third.lat, 3) is None


@pytest.mark.parametrize("text", ["fql12h3z", "fqlseh3", "mchy3", "FQL12H3Z"])
def test_one_building_by_its_initials_comes_alone_and_exact(town: Ground, text: str) -> None:
    assert [(one.address, one.exact) for one in search_buildings(text, (2,))] == [("枫桥路12号3幢", True)]


def test_a_street_and_a_compound_bring_theirs(town: Ground) -> None:
    assert {one.address for one in search_buildings("fqlyeh", (2,), limit=20)} == {f"枫桥路12号{n}幢" for n in range(1, 11)}
    assert {one.compound for one in search_buildings("mch", (2,))} == {"名城花园"}
    assert search_buildings("zzzz", (2,)) == []
