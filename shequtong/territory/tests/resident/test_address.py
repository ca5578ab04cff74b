"""The address search box: a fragment for a form, JSON for a script, for anyone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.models import Building
from shequtong.territory.testing import NOON, SIDE, SOUTH, SYSTEM, WEST, Ground
from shequtong.territory.usecases.add_buildings import add_buildings


@pytest.fixture
def buildings(ground: Ground) -> list[Building]:
    columns = {"1幢": 0.5, "2幢": 1.5, "3幢": 4.5}  # the third in the next street
    new = [NewBuilding("枫桥路", "12号", name, WEST + column * SIDE, SOUTH + SIDE / 2) for name, column in columns.items()]
    return add_buildings(new=new, by=SYSTEM, now=NOON)


def get(client: Client, **query: str) -> Any:
    return client.get(reverse("territory:address"), query, secure=True)


def test_gives_radio_buttons_of_a_form(client: Client, buildings: list[Building]) -> None:
    page = get(client, q="枫桥路12号1幢")
    assert page.status_code == 200
    assert f'name="building" value="{buildings[0].pk}"' in page.content.decode()
    assert "checked" in page.content.decode()


def test_gives_json_with_ids_as_text(client: Client, buildings: list[Building]) -> None:
    found = get(client, q="枫桥路12号", format="json").json()["matches"]
    assert [one["building"] for one in found] == [str(one.pk) for one in buildings]


def test_looks_only_under_the_unit_named(client: Client, ground: Ground, buildings: list[Building]) -> None:
    def found(path: str) -> list[str]:
        return [one["address"] for one in get(client, q="枫桥路12号", format="json", **{"in": path}).json()["matches"]]

    assert found(ground.next_street.path) == ["枫桥路12号3幢"]
    assert found(ground.grids[1].path) == ["枫桥路12号2幢"]
    assert len(found(ground.district.path)) == 3
    assert found("320505/999/") == []


def test_says_when_nothing_is_found_and_nothing_when_nothing_is_asked(client: Client, buildings: list[Building]) -> None:
    assert 'role="status"' in get(client, q="不存在的路9号").content.decode()
    assert get(client).content.decode().strip() == ""
    assert get(client, q="<script>").content.decode().count("<script>") == 0


def test_takes_no_post(client: Client) -> None:
    assert client.post(reverse("territory:address"), secure=True).status_code == 405
