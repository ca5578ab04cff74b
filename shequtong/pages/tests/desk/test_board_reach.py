"""Who is shown which board, how often it is computed, and that nothing on it tells of a person."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shequtong.cases.testing import make_case
from shequtong.pages.kept import forget
from shequtong.pages.tests.desk.boards import a_day, browser, numbers
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


def test_the_next_street_sees_its_own(town: Town) -> None:
    cases = a_day(town)
    mine = make_case(town, building_id=town.next_building.pk)
    chen, gao = browser(town, "chen"), browser(town, "gao")
    assert cases[0].number in chen.get("/board/").content.decode()  # and is kept for those of this reach
    page = gao.get("/board/").content.decode()
    assert dict(numbers(page))["/desk/cases/"] == 1
    assert "SS-" not in page
    assert mine.number in gao.get("/board/cases.geojson").content.decode()
    for address in ("/board/", "/board/piece/", "/board/cases.geojson", "/board/day/"):
        told = {"what": "received", "day": timezone.localdate().isoformat(), "under": town.community.code}
        assert chen.get(address, told).status_code == 200
        assert gao.get(address, told).status_code == 404
    assert "SS-" not in gao.get("/board/cases.geojson").content.decode()


def test_a_station_works_through_its_queue_and_has_no_board(town: Town) -> None:
    wang = browser(town, "wang")
    assert wang.get("/board/").status_code == 404
    assert 'href="/board/"' not in wang.get("/desk/").content.decode()
    assert browser(town, "chen").get("/desk/").content.decode().count('href="/board/"') == 2  # beside the pages, and on top


def test_one_computation_serves_all_screens_of_an_office(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    a_day(town)
    chen, lin = browser(town, "chen"), browser(town, "lin")
    for client in (chen, lin):
        client.get("/board/")  # holds what every page needs
    forget()

    def asked(client: Client, address: str = "/board/piece/") -> int:
        with count_statements() as seen:
            assert client.get(address).status_code == 200
        return seen.warm.total

    assert [asked(chen), asked(lin), asked(chen)] == [7, 2, 2]
    assert asked(chen, "/board/?under=" + town.community.code) == 7  # another unit is another's
    later = timezone.now().timestamp() + 10**9
    monkeypatch.setattr("shequtong.pages.kept.time.monotonic", lambda: later)
    assert asked(lin) == 7


def test_each_language_is_kept_apart(town: Town) -> None:
    chen = browser(town, "chen")
    said = [chen.get("/board/piece/", headers={"accept-language": told}).content.decode() for told in ("zh-CN", "en", "zh-CN")]
    assert said[0] == said[2]
    assert "Overdue" in said[1]
    assert "Overdue" not in said[0]


def test_the_piece_says_when_nothing_changed(town: Town) -> None:
    chen = browser(town, "chen")
    first = chen.get("/board/piece/")
    assert chen.get("/board/piece/", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert "no-store" not in first["Cache-Control"]


def test_nothing_on_it_tells_of_a_person_or_a_house(town: Town) -> None:
    red = a_day(town)[0]
    chen = browser(town, "chen")
    points = chen.get("/board/cases.geojson").content.decode()
    for told in (chen.get("/board/").content.decode().partition("<main")[2], points):
        assert red.number in told
        for secret in (
            red.title,
            red.text,
            red.address,
            town.building.name,
            town.building.house_no,
            "赵小燕",
            "赵",
            "13812345678",
            "5678",
        ):
            assert secret not in told, secret
    features: list[dict[str, Any]] = json.loads(points)["features"]
    assert len(features) == 5
    for feature in features:
        for told, exact in zip(feature["geometry"]["coordinates"], (red.lon, red.lat), strict=True):
            assert abs(told - exact) < 0.001 + 1e-9  # a cell, and what a float leaves of it; one of the two may be hit by chance
    # All five were told at one house: each sign stands somewhere of its own.
    assert len({tuple(feature["geometry"]["coordinates"]) for feature in features}) == 5
    assert features[-1]["properties"]["shape"] == "diamond"  # the most overdue is drawn last, on top


def test_an_open_board_keeps_nobody_signed_in(town: Town) -> None:
    """It polls as other pieces do; what it asks for again is marked by the script."""
    page = browser(town, "chen").get("/board/").content.decode()
    assert 'hx-trigger="every 10s"' in page
    assert 'id="board-stale" role="alert" hidden' in page  # shown once nothing came for a minute


def test_its_map_shows_communities_without_grids_or_buildings(town: Town) -> None:
    chen = browser(town, "chen")
    (told,) = re.findall(r'data-layers="([^"]*)"', chen.get("/board/").content.decode())
    areas, points = json.loads(unescape(told))
    kinds = {one["properties"]["kind"] for one in chen.get(areas["url"]).json()["features"]}
    assert kinds == {"community"}
    assert "grid" in {one["properties"]["kind"] for one in chen.get(areas["url"].partition("&")[0]).json()["features"]}
    assert points == {"url": "/board/cases.geojson", "kind": "point", "every": 15}
