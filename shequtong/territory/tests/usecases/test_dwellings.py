"""Compounds and buildings: one and many by the same rules."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from shequtong.audit.models import Entry
from shequtong.core.actors import Grant
from shequtong.core.geo import BadGeometry, Crs, tile_of, wgs_to_gcj
from shequtong.core.refusals import Forbidden
from shequtong.territory.dwellings import CannotAddBuilding, NewBuilding
from shequtong.territory.models import AddressGram, Building, Compound, Entrance, Room
from shequtong.territory.testing import NOON, SIDE, SOUTH, SYSTEM, WEST, Clerk, Ground
from shequtong.territory.usecases import add_buildings as bulk
from shequtong.territory.usecases.add_building import add_building
from shequtong.territory.usecases.add_buildings import add_buildings
from shequtong.territory.usecases.add_compound import CannotAddCompound, add_compound

HERE = NewBuilding("枫桥路", "12号", "3幢", WEST + SIDE / 2, SOUTH + SIDE / 2, floors=6, entrances=2, rooms_per_floor=2)


def named(n: int) -> NewBuilding:
    return replace(HERE, name=f"{n}幢")


def test_a_building_has_its_entrances_and_rooms(ground: Ground) -> None:
    compound = add_compound(name="名城花园", community_id=ground.community.pk, by=SYSTEM, now=NOON)

    building = add_building(new=replace(HERE, compound_id=compound.pk), by=SYSTEM, now=NOON)

    building.refresh_from_db()
    assert building.address == "枫桥路12号3幢"
    assert (building.grid_path, building.number, building.tile) == (ground.grids[0].path, 3, tile_of(HERE.lon, HERE.lat))
    assert list(building.entrances.order_by("number").values_list("name", flat=True)) == ["1单元", "2单元"]
    rooms = Room.objects.filter(subdistrict=2, entrance__building=building, entrance__number=2)
    assert sorted(rooms.values_list("name", flat=True))[:3] == ["101", "102", "201"]
    assert Room.objects.count() == 24
    assert set(AddressGram.objects.filter(subdistrict=2).values_list("gram", flat=True)) >= {
        "枫桥",
        "路12",
        "12",
        "3幢",
        "名城",
        "~mc",
    }
    assert Entry.objects.filter(what="territory.building_added").count() == 1


def test_many_are_as_one_by_one(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)
    singly = [add_building(new=named(n), by=SYSTEM, now=NOON) for n in range(1, 8)]
    together = add_buildings(new=[replace(named(n), house_no="14号") for n in range(1, 8)], by=SYSTEM, now=NOON)

    assert [_facts(one) for one in singly] == [_facts(one) for one in together]
    assert Entry.objects.filter(what="territory.building_added").count() == 14


def _facts(building: Building) -> object:
    row = {key: value for key, value in model_to_dict(building).items() if key not in ("id", "house_no", "address")}
    entrances = [(one.name, sorted(one.rooms.values_list("floor", "name"))) for one in Entrance.objects.filter(building=building)]
    grams = AddressGram.objects.filter(building=building).values_list("gram", flat=True)
    # The houses differ in their last digit; as initials (er, si) it is a letter.
    alike = {re.sub(r"1[24]|[es]", "N", gram) if gram.isascii() else re.sub("1[24]", "N", gram) for gram in grams}
    return row, sorted(entrances), alike


def test_a_broken_batch_leaves_nothing_and_the_run_goes_on(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)
    wanted = [named(1), named(2), named(3), named(4), replace(named(5), floors=0)]
    with pytest.raises(CannotAddBuilding, match="5幢"):
        add_buildings(new=wanted, by=SYSTEM, now=NOON)
    assert Building.objects.count() == 3

    made = add_buildings(new=wanted[:4], by=SYSTEM, now=NOON, skip_known=True)
    assert [one.name for one in made] == ["4幢"]


def test_many_ask_no_more_than_one(ground: Ground) -> None:
    def asked(first: int, count: int) -> int:
        with CaptureQueriesContext(connection) as caught:
            add_buildings(new=[named(n) for n in range(first, first + count)], by=SYSTEM, now=NOON)
        return sum(one["sql"].startswith("SELECT") and "nextval" not in one["sql"] for one in caught)

    asked(1, 1)
    assert asked(100, 60) == asked(10, 1)


@pytest.mark.parametrize(
    "bad",
    [
        replace(HERE, lon=WEST - 1),
        replace(HERE, street="", house_no="", name=""),
        replace(HERE, floors=0),
        replace(HERE, floors=900),
        replace(HERE, entrances=0),
        replace(HERE, compound_id=(2 << 46) + 999),
    ],
)
def test_refuses_what_is_no_building(ground: Ground, bad: NewBuilding) -> None:
    with pytest.raises(CannotAddBuilding):
        add_building(new=bad, by=SYSTEM, now=NOON)
    assert not Building.objects.exists()


def test_refuses_a_place_off_the_map_and_an_address_twice(ground: Ground) -> None:
    with pytest.raises(BadGeometry):
        add_building(new=replace(HERE, lat=float("nan")), by=SYSTEM, now=NOON)
    with pytest.raises(CannotAddBuilding):
        add_buildings(new=[HERE, HERE], by=SYSTEM, now=NOON)
    assert not Building.objects.exists()


def test_a_point_of_gaode_lands_where_it_is(ground: Ground) -> None:
    lon, lat = wgs_to_gcj(HERE.lon, HERE.lat)
    building = add_building(new=replace(HERE, lon=lon, lat=lat, source_crs=Crs.GCJ02), by=SYSTEM, now=NOON)
    assert building.lon == pytest.approx(HERE.lon, abs=1e-7)
    assert building.lat == pytest.approx(HERE.lat, abs=1e-7)
    assert building.source_crs == "gcj02"


def test_is_forbidden_from_the_next_street(ground: Ground) -> None:
    gao = Clerk("Gao", grant=Grant(3, ground.next_street.path))
    with pytest.raises(Forbidden):
        add_building(new=HERE, by=gao, now=NOON)
    with pytest.raises(Forbidden):
        add_compound(name="名城花园", community_id=ground.community.pk, by=gao, now=NOON)


def test_a_compound_name_is_once_in_a_community(ground: Ground) -> None:
    add_compound(name="名城花园", community_id=ground.community.pk, by=SYSTEM, now=NOON)
    with pytest.raises(CannotAddCompound):
        add_compound(name="名城花园", community_id=ground.community.pk, by=SYSTEM, now=NOON)
    with pytest.raises(CannotAddCompound):
        add_compound(name="名城花园", community_id=ground.street.pk, by=SYSTEM, now=NOON)
    assert Compound.objects.get().pinyin == "ming cheng hua yuan"
