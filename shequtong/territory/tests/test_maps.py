"""Layers of maps: who sees which boundaries, 304 and gzip, buildings of a viewport alone."""

import gzip
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from shequtong.core.geo import Box
from shequtong.territory import maps
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.locate import locator
from shequtong.territory.testing import DAY, NOON, SIDE, SOUTH, SYSTEM, WEST, Ground, cell
from shequtong.territory.usecases.add_buildings import add_buildings
from shequtong.territory.usecases.add_compound import add_compound
from shequtong.territory.usecases.rename_unit import rename_unit

EVERYTHING: Box = (WEST, SOUTH, WEST + 6 * SIDE, SOUTH + 2 * SIDE)


def names(layer: maps.Layer) -> list[str]:
    return [feature["properties"]["name"] for feature in json.loads(layer[0])["features"]]


def get(client: Client, name: str, query: str = "", **headers: str) -> Any:
    return client.get(reverse(f"territory:{name}") + query, secure=True, headers=headers)


def make_buildings() -> None:
    new = [NewBuilding("枫桥路", "12号", f"{n}幢", WEST + (n + 0.5) * SIDE, SOUTH + SIDE / 2) for n in range(6)]
    add_buildings(new=[*new[:2], *new[4:]], by=SYSTEM, now=NOON)  # the third and fourth cell stay empty


def test_communities_are_public_and_grids_are_not(ground: Ground, client: Client) -> None:
    shown = get(client, "units").json()["features"]
    assert {one["properties"]["kind"] for one in shown} == {"community"}
    assert len(names(maps.units_layer("", grids=True))) == 7
    assert names(maps.units_layer(ground.street.path, grids=False)) == ["馨泰社区", "万枫社区"]
    assert shown[0]["properties"]["id"] == str(ground.community.pk)
    assert shown[0]["geometry"] == cell(0, 0, 2, 2)


def test_a_layer_is_kept_until_a_boundary_changes(ground: Ground, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    before = maps.units_layer("", grids=True)
    with django_assert_num_queries(0):
        assert maps.units_layer("", grids=True) is before
    rename_unit(unit_id=ground.community.pk, name="新名社区", day=DAY, by=SYSTEM, now=NOON)
    after = maps.units_layer("", grids=True)
    assert after[1] != before[1]
    assert "新名社区" in names(after)


def test_what_is_kept_is_bounded(ground: Ground, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody may ask: an invented path is not kept, and layers asked for long ago make room."""
    kept = locator().bodies
    assert get(client, "units", "?under=no/such/unit/").json()["features"] == []
    assert not kept
    city, street = maps.units_layer("", grids=False), maps.units_layer(ground.street.path, grids=False)
    monkeypatch.setattr(maps, "KEPT_BYTES", len(city[0]) + len(street[0]))
    assert maps.units_layer("", grids=False) is city
    maps.units_layer(ground.community.path, grids=False)
    assert [path for path, _grids in kept] == ["", ground.community.path]


def test_an_unchanged_layer_answers_304_and_a_new_one_comes_packed(ground: Ground, client: Client) -> None:
    first = get(client, "units", **{"accept-encoding": "gzip"})
    assert json.loads(gzip.decompress(first.content))["type"] == "FeatureCollection"
    again = get(client, "units", **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_buildings_of_a_viewport(ground: Ground, client: Client) -> None:
    make_buildings()
    assert names(maps.buildings_layer(EVERYTHING)) == ["0幢", "1幢", "4幢", "5幢"]
    first_cell = ",".join(str(value) for value in (WEST, SOUTH, WEST + SIDE, SOUTH + SIDE))
    answer = get(client, "buildings", f"?bbox={first_cell}")
    assert answer["Content-Type"] == "application/geo+json"
    assert [one["properties"]["title"] for one in answer.json()["features"]] == ["枫桥路12号0幢"]
    assert get(client, "buildings", f"?bbox={first_cell}", **{"if-none-match": answer["ETag"]}).status_code == 304


def test_a_viewport_asks_its_subdistricts_once(ground: Ground) -> None:
    make_buildings()
    locator()
    with CaptureQueriesContext(connection) as caught:
        maps.buildings_layer(EVERYTHING)
    assert len(caught) == 1
    assert "subdistrict_id" in caught[0]["sql"]
    with CaptureQueriesContext(connection) as caught:
        assert names(maps.buildings_layer((0.0, 0.0, 1.0, 1.0))) == []
    assert len(caught) == 0


def test_more_than_a_map_can_show_is_cut_and_says_so(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    make_buildings()
    monkeypatch.setattr(maps, "MOST_BUILDINGS", 2)
    assert json.loads(maps.buildings_layer(EVERYTHING)[0])["cut"] is True
    monkeypatch.setattr(maps, "MOST_PLACES", 1)
    assert json.loads(maps.buildings_layer(EVERYTHING)[0]) == {"type": "FeatureCollection", "features": [], "cut": True}


@pytest.mark.parametrize("bad", ["", "1,2,3", "a,b,c,d", "3,3,1,1", "nan,0,1,1", "0,0,999,1", "1,2,3,4,5"])
def test_refuses_what_is_no_box(db: None, client: Client, bad: str) -> None:
    assert get(client, "buildings", f"?bbox={bad}").status_code == 400


def test_the_layers_of_a_place_are_those_of_the_nearest_drawn_unit(ground: Ground, client: Client) -> None:
    layers = maps.layers_around(ground.grids[0].path)
    assert [layer["kind"] for layer in layers] == ["area", "name", "area"]
    assert layers[0]["names"] == maps.BUILDINGS_NAMED
    assert all(client.get(layer["url"], secure=True).status_code == 200 for layer in layers)
    assert maps.layers_around(ground.next_street.path) == []


def test_compounds_are_named_with_their_address_in_one_statement(
    ground: Ground, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    community = ground.grids[0].parent
    assert community is not None
    garden = add_compound(name="名城花园", community_id=community.pk, by=SYSTEM, now=NOON, street="枫桥路", house_no="12号")
    new = [
        NewBuilding("枫桥路", "12号", f"{n}幢", WEST + (n + 0.5) * SIDE, SOUTH + SIDE / 2, compound_id=garden.pk)
        for n in range(2)
    ]
    add_buildings(new=new, by=SYSTEM, now=NOON)
    maps.compounds_layer(EVERYTHING)
    with django_assert_num_queries(1):
        found = json.loads(maps.compounds_layer(EVERYTHING)[0])["features"]
    assert [one["properties"]["name"] for one in found] == ["名城花园\n枫桥路12号"]
    assert found[0]["geometry"]["coordinates"] == pytest.approx([WEST + SIDE, SOUTH + SIDE / 2], abs=1e-5)
