"""The map of cases: the same filters and reach as the queue, nothing that tells a person or a house to who sees headers, hostile boxes refused."""

import json
import random
import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any

import pytest

from shequtong.accounts.testing import signed_in
from shequtong.cases.lookups import Filters, on_map, queue
from shequtong.cases.lookups.lights import LIGHTS
from shequtong.cases.lookups.on_map import headers_of, view_of
from shequtong.cases.lookups.viewport import MOST_CELLS, Viewport
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import MAIN_LINE, Stage
from shequtong.core.geo import Box, tile_of
from shequtong.testing.crowd import copy_cases
from shequtong.testing.town import LAT, LON, MORNING, STEP, Town

TOWN_BOX = (LON - 0.05, LAT - 0.05, LON + 0.1, LAT + 0.1)
SEEN = f"bbox={','.join(map(str, TOWN_BOX))}&zoom=13"
VIEW = "/desk/cases/map/view/"


def seen(town: Town, who: str, query: str = SEEN) -> dict[str, Any]:
    """What the map of `who` answers."""
    answer = signed_in(town.accounts[who]).get(f"{VIEW}?{query}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def numbers(found: dict[str, Any]) -> set[str]:
    """The cases of its signs, which are those of its list."""
    signs = {card["number"] for sign in found["signs"] for card in sign["cases"]}
    assert signs == set(re.findall(r"SS-\d{4}-\d{6}-.", found["list"]))
    return signs


def test_a_sign_tells_class_grid_stage_and_light_and_nothing_of_anybody(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    found = seen(town, "chen")
    (sign,) = found["signs"]
    (card,) = sign["cases"]
    assert card.keys() == {"number", "url", "name", "place", "looks"}
    assert (sign["lon"], sign["lat"], card["number"], card["place"]) == (case.lon, case.lat, case.number, "馨泰社区第一网格")
    text = json.dumps(found, ensure_ascii=False)
    for told in (case.title, case.text[:8], case.address, "赵小燕", "138", "5678"):
        assert told not in text


def test_only_what_lies_within_reach(town: Town) -> None:
    led, waiting = make_case(town, stage=Stage.HANDLING), make_case(town, stage=Stage.REGISTERED)
    for who, expected in (
        ("chen", {led, waiting}),
        ("supervisor", {led, waiting}),
        ("wang", {led}),
        ("ma", set()),
        ("gao", set()),
    ):
        found = seen(town, who)
        assert numbers(found) == {case.number for case in expected}, who
        assert found["n"] == len(expected)
    whole = seen(town, "gao", f"{SEEN}&reach=all")
    assert (whole["n"], whole["signs"]) == (0, [])


def test_what_is_confidential_is_in_the_queue_and_never_on_a_map(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    Case.objects.filter(pk=case.pk).update(confidential=True)
    browser = signed_in(town.accounts["supervisor"])
    assert case.number in browser.get("/desk/cases/").content.decode()
    for query in (SEEN, f"{SEEN}&reach=all"):
        assert seen(town, "supervisor", query)["n"] == 0
    assert seen(town, "xu")["n"] == 0
    assert case.number not in browser.get("/board/cases.geojson").content.decode()


def test_headers_stand_in_the_middle_of_their_grid(town: Town) -> None:
    """Nobody finds the house of a header by drawing the box closer."""
    case = make_case(town)
    lon, lat = LON + 0.1 * STEP, LAT + 0.1 * STEP
    Case.objects.filter(pk=case.pk).update(lon=lon, lat=lat, tile=tile_of(lon, lat))
    (sign,) = seen(town, "xu")["signs"]
    assert sign["n"] == 1
    assert (sign["lon"], sign["lat"]) == pytest.approx((LON + 0.5 * STEP, LAT + 0.5 * STEP), abs=0.1 * STEP)
    assert "cases" not in sign
    around = f"bbox={LON},{LAT},{LON + 0.2 * STEP},{LAT + 0.2 * STEP}&zoom=18"
    assert seen(town, "xu", around)["n"] == 0
    assert seen(town, "ma", f"{around}&reach=all")["n"] == 0
    assert seen(town, "chen", around)["n"] == 1
    assert "data-lon" not in seen(town, "xu")["list"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "bbox=&zoom=13",
        "bbox=1,2,3&zoom=13",
        "bbox=nan,nan,nan,nan&zoom=13",
        "bbox=120,31,inf,32&zoom=13",
        "bbox=120.7,31.2,120.5,31.4&zoom=13",  # reversed, or across the 180th meridian
        "bbox=120.5,31.4,120.7,31.2&zoom=13",
        "bbox=-999,-999,999,999&zoom=13",
        "bbox=1e400,2,3,4&zoom=13",
        f"bbox={'9' * 500},2,3,4&zoom=13",
        "bbox=a,b,c,d&zoom=13",
        "bbox=120.5,31.2,120.7,31.4",
        "bbox=120.5,31.2,120.7,31.4&zoom=nan",
        "bbox=120.5,31.2,120.7,31.4&zoom=-1",
        "bbox=120.5,31.2,120.7,31.4&zoom=1e9",
        "bbox=120.5,31.2,120.7,31.4&zoom=%00",
    ],
)
def test_a_box_that_is_none_is_refused_in_words(query: str, town: Town) -> None:
    answer = signed_in(town.accounts["chen"]).get(f"{VIEW}?{query}")
    assert answer.status_code == 422
    assert re.search(r"bbox|zoom", answer.json()["refused"])


def test_the_whole_earth_is_a_box(town: Town) -> None:
    make_case(town)
    assert seen(town, "chen", "bbox=-180,-85,180,85&zoom=0")["n"] == 1
    assert seen(town, "chen", "bbox=-180,-85,180,85&zoom=24")["n"] == 1


def test_an_answer_that_did_not_change_is_not_sent_again(town: Town) -> None:
    make_case(town)
    browser = signed_in(town.accounts["chen"])
    first = browser.get(f"{VIEW}?{SEEN}")
    assert first["Cache-Control"] == "private, max-age=5"
    assert browser.get(f"{VIEW}?{SEEN}", headers={"If-None-Match": first["ETag"]}).status_code == 304
    make_case(town)
    assert browser.get(f"{VIEW}?{SEEN}", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_list_and_map_keep_the_query_of_each_other(town: Town) -> None:
    make_case(town)
    browser, query = signed_in(town.accounts["chen"]), "stage=intake&light=green&view=120.5%2C31.3%2C14"
    queue_page = unescape(browser.get(f"/desk/cases/?{query}").content.decode())
    map_page = unescape(browser.get(f"/desk/cases/map/?{query}").content.decode())
    assert f'href="/desk/cases/map/?{query}"' in queue_page
    assert f'href="/desk/cases/?{query}"' in map_page
    assert 'data-cases="/desk/cases/map/view/?stage=intake&light=green"' in map_page
    for page in (queue_page, map_page):
        assert re.search(r'<input type="hidden" name="view" value="120.5,31.3,14"', page)


def test_without_a_script_the_list_is_of_the_whole_reach(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    for who, expected in (("chen", True), ("gao", False), ("xu", True), ("ma", False)):
        page = signed_in(town.accounts[who]).get("/desk/cases/map/").content.decode()
        assert (case.number in page) == expected, who
        assert case.title not in page
        assert "<noscript>" in page


@pytest.fixture
def crowd(town: Town) -> Town:
    """300 cases of all stages and some classes, here and there in two grids; some confidential, some without a point."""
    originals = [make_case(town, stage=stage, cls=cls) for stage, cls in zip(MAIN_LINE, ["L01", "L02", "L01"] * 3, strict=False)]
    copy_cases(originals, 300, paths=[town.grid.path, town.other_grid.path])
    chance, cases = random.Random(7), list(Case.objects.filter(subdistrict=town.street.subdistrict_id))
    for case in cases:
        case.lon, case.lat = LON + chance.random() * 2 * STEP, LAT + chance.random() * STEP
        case.tile = tile_of(case.lon, case.lat)
        case.confidential = chance.random() < 0.1
        if chance.random() < 0.1:
            case.lon, case.lat, case.tile = None, None, 0
    Case.objects.bulk_update(cases, ["lon", "lat", "tile", "confidential"])
    return town


def _filters(chance: random.Random, town: Town) -> Filters:
    return Filters(
        stage=chance.choice(["", "all", "handling", "closed", "registered"]),
        light=chance.choice(["", "", *LIGHTS]),
        class_code=chance.choice(["", "", "L01", "L02"]),
        station=chance.choice([None, None, town.police.pk]),
        under=chance.choice(["", town.community.path, town.grid.path]),
        waits=chance.choice(["", "", "me"]),
    )


def _boxes(chance: random.Random) -> Iterator[Viewport]:
    while True:
        lons = sorted(LON + chance.uniform(-0.5, 2.5) * STEP for _edge in range(2))
        lats = sorted(LAT + chance.uniform(-0.5, 1.5) * STEP for _edge in range(2))
        yield Viewport((lons[0], lats[0], lons[1], lats[1]), chance.uniform(10, 20))


def _within(box: Box, case: Case) -> bool:
    if case.confidential or case.lon is None or case.lat is None:
        return False
    return box[0] <= case.lon <= box[2] and box[1] <= case.lat <= box[3]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("most", [0, 300])
def test_the_signs_are_the_queue_within_the_box(seed: int, most: int, crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_map, "MOST_POINTS", most)
    chance = random.Random(seed)
    filters, now = _filters(chance, crowd), MORNING
    for who in ("chen", "wang", "zhou", "hu", "supervisor", "gao"):
        actor = crowd.actor(who)
        rows = queue(actor, filters, now, page=1000).rows
        for viewport in islice(_boxes(chance), 3):
            expected = [case for case in rows if _within(viewport.box, case)]
            found = view_of(actor, filters, viewport, now)
            assert sum(one.n for one in found.clusters) == len(expected), (who, filters)
            assert found.late == sum(case.due_at < now for case in expected)
            assert found.soon == sum(case.amber_at < now <= case.due_at for case in expected)
            assert [case.pk for case in found.listed] == [case.pk for case in expected[: on_map.LISTED]]
            assert {case.pk for case in found.points} == ({case.pk for case in expected} if most else set())
            assert len(found.clusters) <= MOST_CELLS
            assert all(_inside(viewport.box, one.box) for one in found.clusters)
    if seed == 0:
        assert not queue(crowd.actor("gao"), filters, now).rows


def _inside(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def test_headers_are_counted_by_the_same_filters(crowd: Town) -> None:
    chance, whole = random.Random(3), Viewport(TOWN_BOX, 13)
    for filters in (_filters(chance, crowd) for _each in range(10)):
        rows = queue(crowd.actor("ma"), filters, MORNING, "cases.view_header", page=1000).rows
        found = headers_of(crowd.actor("ma"), filters, whole, MORNING)
        assert found.n == sum(not case.confidential for case in rows), filters
        assert found.points == []
        assert headers_of(crowd.actor("gao"), filters, whole, MORNING).n == 0


def test_the_same_spot_is_one_sign_with_its_cases(town: Town) -> None:
    cases = {make_case(town, stage=Stage.HANDLING).number for _each in range(3)}
    (sign,) = seen(town, "chen")["signs"]
    assert sign["n"] == 3
    assert {card["number"] for card in sign["cases"]} == cases
