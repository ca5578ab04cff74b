"""The map of the board: each case by itself, and of many all of them drawn together, none left out and none on its house."""

import json
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.pages.kept import forget
from shequtong.pages.tests.desk.boards import a_day, browser
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
MAP = "/board/cases.geojson"


def signs(client: Client, address: str = MAP) -> list[dict[str, Any]]:
    forget()
    found: list[dict[str, Any]] = json.loads(client.get(address).content)["features"]
    return found


def test_of_many_cases_none_is_left_out(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    cases, chen = a_day(town), browser(town, "chen")
    one_each = signs(chen)
    monkeypatch.setattr("shequtong.pages.board_shown.POINTS", 4)
    together = signs(chen)
    told = [one["properties"] for one in together]
    assert len(one_each) == 5
    assert len(together) < 5
    assert [sum(one[what] for one in told) for what in ("n", "late", "soon")] == [5, 1, 1]
    for one in together:
        for here, exact in zip(one["geometry"]["coordinates"], (cases[0].lon, cases[0].lat), strict=True):
            assert 0 < abs(here - exact) < 0.001
    assert not any(number in json.dumps(together) for number in [case.number for case in cases])


def test_a_sign_of_several_leads_to_the_map_of_cases(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    a_day(town)
    monkeypatch.setattr("shequtong.pages.board_shown.POINTS", 4)
    (sign,) = signs(browser(town, "supervisor"), f"{MAP}?under={town.community.code}")
    asked = parse_qs(urlsplit(unescape(sign["properties"]["url"])).query)
    assert asked["under"] == [town.community.code]
    assert browser(town, "supervisor").get(sign["properties"]["url"]).status_code == 200
    assert asked["view"][0].split(",")[:2] == [str(part) for part in sign["geometry"]["coordinates"]]


def test_it_costs_the_same_whether_few_or_many(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    a_day(town)
    chen, costs = browser(town, "chen"), []
    for most in (500, 500, 4):
        monkeypatch.setattr("shequtong.pages.board_shown.POINTS", most)
        forget()
        with count_statements() as seen:
            chen.get(MAP)
        costs.append(seen.warm.total)
    assert costs[1:] == [4, 4]


def test_what_is_confidential_or_of_the_next_street_is_counted_nowhere(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = a_day(town)[0]
    Case.objects.filter(pk=hidden.pk, subdistrict=hidden.subdistrict_id).update(confidential=True)
    make_case(town, building_id=town.next_building.pk)
    monkeypatch.setattr("shequtong.pages.board_shown.POINTS", 0)
    assert [sum(one["properties"]["n"] for one in signs(browser(town, who))) for who in ("chen", "gao")] == [4, 1]
