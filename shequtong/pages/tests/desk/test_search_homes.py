"""A part of an address in the one box leads to the board of a building and to the door, for who reads the registry, and for nobody else."""

import pytest
from django.urls import reverse

from shequtong.accounts.testing import signed_in
from shequtong.people.testing import make_room
from shequtong.territory.address.normal import grams_of
from shequtong.territory.models import AddressGram, Building, Compound
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/search/"


@pytest.fixture
def estate(town: Town) -> Building:
    """Building 3 of 玉山公寓, which is found by its compound, too."""
    building = town.building
    place = building.subdistrict_id
    where = {"unit": town.community, "unit_path": town.community.path, "street": "枫桥路", "house_no": "12号"}
    compound = Compound.objects.create(subdistrict_id=place, name="玉山公寓", pinyin="yu shan gong yu", **where)
    Building.objects.filter(pk=building.pk).update(compound=compound, name="3幢", number=3)
    building.refresh_from_db()
    grams = grams_of([building.address, f"{compound.name}3幢"])
    AddressGram.objects.bulk_create(AddressGram(subdistrict_id=place, building=building, gram=gram) for gram in grams)
    return building


def page(town: Town, who: str, q: str) -> str:
    answer = signed_in(town.accounts[who]).get(ADDRESS, {"q": q})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_building_leads_to_its_board(town: Town, estate: Building) -> None:
    board = reverse("pages:registry-building", args=[estate.pk])
    for who in ("hu", "he"):
        assert board in page(town, who, "玉山公寓3幢"), who
    for who in ("xu", "gao"):  # finds the building for its cases; finds nothing
        assert board not in page(town, who, "玉山公寓3幢"), who


@pytest.mark.parametrize("q", ["玉山公寓3幢2单元501", "玉山公寓 3栋二单元501室", "玉山公寓3-2-501", "枫桥路12号3幢2单元501"])
def test_a_door_typed_in_one_go_leads_to_it(q: str, town: Town, estate: Building) -> None:
    first, second = make_room(estate, 1), make_room(estate, 2)
    door, other = (reverse("pages:registry-door", args=[one.pk]) for one in (second, first))
    said = page(town, "hu", q)
    assert door in said
    assert other not in said
    assert signed_in(town.accounts["hu"]).get(door).status_code == 200
    for who in ("xu", "gao"):
        assert door not in page(town, who, q), who


def test_a_door_without_its_entrance_is_each_of_that_name(town: Town, estate: Building) -> None:
    rooms = [make_room(estate, entrance, 1, "B101") for entrance in (1, 2)] + [make_room(estate, 1, 6, "601")]
    said = page(town, "hu", "玉山公寓3幢b101室")
    shown = [reverse("pages:registry-door", args=[one.pk]) in said for one in rooms]
    assert shown == [True, True, False]
    assert "/desk/registry/homes/" not in page(town, "hu", "玉山公寓4幢501")


def test_it_costs_one_statement_however_many_doors(town: Town, estate: Building) -> None:
    client = signed_in(town.accounts["hu"])
    for entrance in range(1, 9):
        make_room(estate, entrance)
    client.get(ADDRESS, {"q": "玉山公寓3幢501"})
    with count_statements() as seen:
        assert client.get(ADDRESS, {"q": "玉山公寓3幢501"}).content.decode().count("/desk/registry/homes/") == 8
    assert seen.warm.total <= 11


def test_the_best_of_the_street_do_not_hide_those_of_ones_own_grid(town: Town, estate: Building) -> None:
    place = estate.subdistrict_id
    for n in range(8):  # in the next grid, found before it
        other = Building.objects.get(pk=estate.pk)
        other.pk, other.grid, other.grid_path = None, town.other_grid, town.other_grid.path
        other.address, other.street, other.house_no = f"玉山路{n}号3幢", "玉山路", f"{n}号"
        other.save(force_insert=True)
        rows = grams_of([other.address, "玉山公寓3幢"])
        AddressGram.objects.bulk_create(AddressGram(subdistrict_id=place, building=other, gram=gram) for gram in rows)
    board = reverse("pages:registry-building", args=[estate.pk])
    assert board in page(town, "he", "玉山3幢")  # a grid worker of the first grid
    assert page(town, "hu", "玉山3幢").count("/desk/registry/buildings/") == 5
