"""The map of hours (诉求时段), entered by its address: its numbers are those of the cases, within reach, in every filter; few statements."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from shequtong.access.actor import AccountActor
from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases.lookups.by_hour import HoursAsked, told_by_hour
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Grant, Reach
from shequtong.figures.write import NewDelta, write
from shequtong.testing.crowd import copy_cases
from shequtong.testing.statements import count_statements
from shequtong.testing.town import NEXT_STREET, STREET, Town

pytestmark = pytest.mark.django_db
PAGE = "/desk/cases/map/hours/"
SHANGHAI = timedelta(hours=8)


def seen(town: Town, who: str, query: str = "") -> dict[str, Any]:
    """What the page shows: reports by hour, by place in the hours asked for, on the map, and how many in each part of the day."""
    answer = signed_in(town.accounts[who]).get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    told = answer.context
    return {
        "hours": {bar.hour: bar.n for bar, _url in told["bars"] if bar.n},
        "places": {row.path: row.n for row, _url in [*told["rows"], *told["others"]]},
        "map": {path: one["n"] for path, one in told["heat"].items()},
        "bands": [one["count"] for one in told["bands"]],
    }


def brute(*numbers: int, hours: range = range(24), **narrow: Any) -> tuple[Counter[int], Counter[str]]:
    """By hour, and by place in `hours`, counted case by case."""
    by_hour, by_place = Counter[int](), Counter[str]()
    for case in Case.objects.filter(subdistrict__in=numbers, **narrow):
        hour = (case.reported_at + SHANGHAI).hour
        by_hour[hour] += 1
        by_place[case.place_path] += hour in hours
    return by_hour, +by_place


@pytest.fixture
def told(town: Town) -> Town:
    """Cases of two grids, two classes, every third hour, this month and two years ago; some of the next street; one confidential."""
    midnight = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for at, hour in enumerate(range(0, 24, 3)):
        place = {"building_id": None, "unit_path": town.other_grid.path, "address": "路口"} if at % 3 == 0 else {}
        make_case(
            town, now=midnight + timedelta(hours=hour, minutes=30), cls=("L01", "0101")[at % 2], confidential=at == 4, **place
        )
    make_case(town, now=datetime(2024, 2, 29, 15, 59, 59, tzinfo=UTC), stage=Stage.CLOSED)
    copy_cases([make_case(town, now=midnight + timedelta(hours=20))], 30)
    make_case(town, now=midnight + timedelta(hours=5), building_id=town.next_building.pk)
    town.accounts["district"] = make_account("区平台", staff=True)
    make_appointment(town.accounts["district"], "district_viewer", town.district)
    return town


@pytest.mark.parametrize("who", ["chen", "supervisor", "wang", "xu"])
def test_numbers_are_those_of_the_cases(who: str, told: Town) -> None:
    by_hour, by_place = brute(STREET)
    found = seen(told, who, "months=0")
    assert (found["hours"], found["places"], found["map"]) == (by_hour, by_place, by_place)
    assert found["bands"] == [by_hour.total(), *(sum(by_hour[hour] for hour in range(at, at + 6)) for at in range(0, 24, 6))]
    assert found["bands"][0] == 40

    _hours, by_place = brute(STREET, hours=range(18, 24))
    found = seen(told, who, "months=0&hours=18-24")
    assert {path: n for path, n in found["places"].items() if n} == found["map"] == by_place
    assert found["hours"] == by_hour, "bars are of the whole day"
    assert seen(told, who, "months=0&hours=20-21")["map"] == brute(STREET, hours=range(20, 21))[1]


def test_filters_narrow_and_nonsense_does_not(told: Town) -> None:
    here: dict[str, Any] = {"place_path__startswith": told.other_grid.path, "case_class__code": "0101"}
    found = seen(told, "chen", f"months=0&under={told.other_grid.code}&cls=0101")
    assert (found["hours"], found["places"]) == brute(STREET, **here)
    assert found["places"]
    late: dict[str, Any] = {"reported_at__gte": timezone.now() - timedelta(days=300)}
    assert seen(told, "chen")["hours"] == seen(told, "chen", "months=3")["hours"] == brute(STREET, **late)[0]
    assert seen(told, "chen", "months=1")["bands"][0] == 39
    assert seen(told, "chen", "hours=6-99&months=x&under=no&cls=no") == seen(told, "chen")


def test_a_grid_worker_sees_their_grid_and_another_street_its_own(told: Town) -> None:
    assert seen(told, "gao", "months=0")["places"] == {told.next_grid.path: 1}
    assert (seen(told, "he", "months=0")["hours"], seen(told, "he", "months=0")["places"]) == brute(STREET, unit=told.grid.pk)
    assert seen(told, "gao", f"months=0&under={told.grid.code}")["places"] == {told.next_grid.path: 1}, "no choice of theirs"


def test_the_district_sees_streets_and_on_the_map_communities(told: Town) -> None:
    by_hour, _places = brute(STREET, NEXT_STREET)
    found = seen(told, "district", "months=0&hours=0-6")
    assert found["hours"] == by_hour
    at_night = {number: brute(number, hours=range(6))[0] for number in (STREET, NEXT_STREET)}
    nights = {number: sum(hours[hour] for hour in range(6)) for number, hours in at_night.items()}
    assert found["places"] == {told.street.path: nights[STREET], told.next_street.path: nights[NEXT_STREET]}
    communities = {told.community.path: nights[STREET], told.next_grid.path[:-4]: nights[NEXT_STREET]}
    assert found["map"] == communities
    client = signed_in(told.accounts["district"])
    links = {row.path: url for row, url in client.get(f"{PAGE}?months=0&hours=0-6").context["rows"]}
    assert links[told.street.path] == f"{PAGE}?months=0&hours=0-6&under={told.street.code}"
    nearer = client.get(links[told.street.path]).context
    assert {row.path for row, _url in nearer["rows"]} == {told.grid.path, told.other_grid.path}
    assert seen(told, "district", f"months=0&under={told.community.code}")["places"] == brute(STREET)[1]


def test_who_has_the_cases_of_a_station_alone_has_no_ground(told: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    only_theirs = Reach(grants=(Grant(STREET, station=told.police.pk),))
    monkeypatch.setattr(AccountActor, "reach", lambda _actor, _permission: only_theirs)
    assert told_by_hour(told.wang, HoursAsked()).places == {}
    assert signed_in(told.accounts["wang"]).get(PAGE).status_code == 404


@pytest.mark.parametrize(("who", "most"), [("chen", 3), ("supervisor", 3), ("wang", 3), ("xu", 3), ("district", 4)])
@pytest.mark.parametrize("query", ["", "hours=6-12&months=0&cls=L01"])
def test_statements_stay_few(who: str, most: int, query: str, told: Town) -> None:
    client = signed_in(told.accounts[who])
    client.get(f"{PAGE}?{query}")
    with count_statements() as counted:
        client.get(f"{PAGE}?{query}")
    assert counted.warm.total <= most, counted.listing


def test_the_page_says_in_words_and_tables_what_the_map_shows(told: Town) -> None:
    page = signed_in(told.accounts["chen"]).get(f"{PAGE}?hours=18-24&months=0").content.decode()
    assert page.count("<tr") == 2 + 24 + 2  # two heads, hours, grids
    assert "?months=0&amp;hours=9-10" in page
    assert "枫桥路" not in page
    assert "楼道灯坏了三天" not in page
    empty = signed_in(told.accounts["chen"]).get(f"{PAGE}?cls=H01")
    assert empty.context["rows"] == []


def test_of_many_places_the_busiest_are_listed_with_a_way_to_all(told: Town) -> None:
    base = told.grid.path[:-4]
    paths = [f"{base}{at:04}" for at in range(900, 935)]
    write([NewDelta(STREET, "told_year.9", date(2025, 1, 1), path, 0, "", "", n=100 + at) for at, path in enumerate(paths)])
    client = signed_in(told.accounts["chen"])
    first = client.get(f"{PAGE}?months=0&hours=9-10")
    assert [row.path for row, _url in [*first.context["rows"], *first.context["others"]]] == paths[:4:-1]
    assert "其余 27 个" in first.content.decode()
    assert f'<a href="{first.context["all_url"].replace("&", "&amp;")}">全部 37 个</a>' in first.content.decode()
    everywhere = client.get(f"{PAGE}{first.context['all_url']}")
    assert len(everywhere.context["rows"]) + len(everywhere.context["others"]) == 37
    assert (everywhere.context["all_url"], "<details open>" in everywhere.content.decode()) == ("", True)
    assert "places" not in everywhere.context["map_url"]


def test_the_map_of_cases_leads_to_its_hours(told: Town) -> None:
    client = signed_in(told.accounts["chen"])
    answer = client.get(f"/desk/cases/map/?cls=L01&under={told.grid.code}&light=red")
    assert answer.context["hours_url"] == f"{PAGE}?cls=L01&under={told.grid.code}"
    assert client.get(answer.context["hours_url"]).context["map_url"] == f"/desk/cases/map/?cls=L01&under={told.grid.code}"
