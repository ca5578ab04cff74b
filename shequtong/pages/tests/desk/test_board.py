"""The numbers of the board: each is that of the list it opens, of one case, of many, of none."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import gettext

from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.pages.board import ROWS
from shequtong.pages.kept import forget
from shequtong.pages.tests.desk.boards import a_day, browser, district_viewer, numbers
from shequtong.territory.models import Unit
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["supervisor", "chen", "hu", "he", "xu", "district"])
def test_every_number_is_that_of_the_list_it_opens(who: str, town: Town) -> None:
    a_day(town)
    make_case(town, building_id=town.next_building.pk)
    client = browser(town, who)
    found = numbers(client.get("/board/").content.decode())
    assert {"light=red", "light=amber", "light=green", "light=none", "stage=handling", "what=received", "what=closed"} <= {
        part for url, _n in found for part in url.partition("?")[2].split("&")
    }
    for url, n in found:
        listed = client.get(url).content.decode()
        assert listed.count('id="case-') == n, url


def test_lights_and_stages_are_the_same_cases(town: Town) -> None:
    a_day(town)
    found = dict(numbers(browser(town, "supervisor").get("/board/").content.decode()))
    lights = [n for url, n in found.items() if "light=" in url and "under=" not in url]
    assert sum(lights) == found["/desk/cases/"] == 5


def test_nothing_of_nothing_is_no_data(town: Town) -> None:
    page = browser(town, "chen").get("/board/").content.decode()
    assert page.count(gettext("no data")) == 2  # a share of none, and seven days without a case
    assert gettext("Nothing is overdue") in page
    assert numbers(page) == []


def test_without_a_script_it_stands_and_still_it_asks_for_nothing(town: Town) -> None:
    a_day(town)
    chen = browser(town, "chen")
    live, still = (chen.get(address).content.decode() for address in ("/board/", "/board/?still=1"))
    assert numbers(live) == numbers(still)
    assert ("hx-get" in live, "data-map" in live) == (True, True)
    assert ("hx-get" in still, "data-map" in still) == (False, False)
    assert f'<time class="wall__value" datetime="{timezone.localdate().isoformat()}' in still


def test_of_many_communities_the_worst_stand_there_and_all_are_a_link_away(town: Town) -> None:
    a_day(town)
    for n in range(ROWS + 2):
        town_unit = town.community
        Unit.objects.create(
            kind="community",
            code=f"32050500299{n:02}",
            name="何山一二三四五六七八九十十一十二十三十四社区" if n == 1 else f"何山第{n}社区",
            path=f"{town.precinct.path}9{n:02}/",
            parent=town.precinct,
            subdistrict=town_unit.subdistrict,
        )
    held.drop_all()
    supervisor = browser(town, "supervisor")
    page = supervisor.get("/board/").content.decode()
    assert page.count('<th scope="row"') == ROWS + 1 + 2  # together, and two of the days
    assert page.index(town.community.name) < page.index("何山")
    whole = re.findall(r'<a href="([^"]*rows=all[^"]*)">', page)
    everything = supervisor.get(unescape(whole[0])).content.decode()
    assert everything.count('<th scope="row"') == ROWS + 3 + 1 + 2
    assert "何山一二三四五六七八九十十一十二十三十四社区" in everything
    assert numbers(page)[0] == numbers(everything)[0] == ("/desk/cases/", 5)


def test_a_district_reads_by_street_and_opens_one(town: Town) -> None:
    a_day(town)
    make_case(town, building_id=town.next_building.pk)
    client = district_viewer(town)
    found = dict(numbers(client.get("/board/").content.decode()))
    assert found["/desk/cases/"] == 6
    assert found[f"/desk/cases/?under={town.street.code}"] == 5
    assert found[f"/desk/cases/?under={town.next_street.code}"] == 1
    page = client.get(f"/board/?under={town.next_street.code}").content.decode()
    assert numbers(page)[0] == (f"/desk/cases/?under={town.next_street.code}", 1)
    assert client.get(f"/board/?under={town.next_street.code}").status_code == 200
    assert client.get("/board/?under=x").status_code == 404


@pytest.fixture
def noon() -> Iterator[None]:
    """The middle of today: two hours ago was today, too."""
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0)):
        yield


@pytest.mark.usefixtures("noon")
def test_the_days_are_counted_from_the_moves_and_listed(town: Town) -> None:
    cases = a_day(town)
    chen, today = browser(town, "chen"), timezone.localdate().isoformat()
    received = chen.get("/board/day/", {"what": "received", "day": today}).content.decode()
    assert all(case.number in received for case in cases)
    assert cases[0].title in received
    closed = chen.get("/board/day/", {"what": "closed", "day": today}).content.decode()
    assert [case.number in closed for case in cases] == [False, False, False, False, True]
    assert cases[0].title not in browser(town, "xu").get("/board/day/", {"what": "received", "day": today}).content.decode()
    for nonsense in ({}, {"what": "received"}, {"what": "x", "day": today}, {"what": "closed", "day": "0001-01-01"}):
        assert chen.get("/board/day/", nonsense).status_code == 404
    assert chen.get("/board/day/", {"what": "closed", "day": "2001-01-01"}).status_code == 200


@pytest.mark.usefixtures("noon")
def test_the_days_go_on_on_the_next_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shequtong.pages.views.board._PAGE", 2)
    cases = a_day(town)
    chen, today = browser(town, "chen"), timezone.localdate().isoformat()
    address, seen = f"/board/day/?what=received&day={today}", []
    while address:
        page = chen.get(address).content.decode()
        seen += re.findall(r'id="case-([^"]+)"', page)
        older = re.findall(r'href="([^"]*after=[^"]*)"', page)
        address = unescape(older[0]) if older else ""
    assert sorted(seen) == sorted(case.number for case in cases)


def test_before_the_office_opens_it_says_what_its_first_hour_makes_late(town: Town) -> None:
    sunday, case = datetime(2026, 4, 12, 21, 16, tzinfo=UTC), make_case(town, stage=Stage.HANDLING)  # 05:16 on Monday in Suzhou
    due = {"amber_at": datetime(2026, 4, 13, 0, 12, tzinfo=UTC), "due_at": datetime(2026, 4, 13, 0, 15, tzinfo=UTC)}
    Case.objects.filter(pk=case.pk, subdistrict=case.subdistrict_id).update(**due)
    for minutes, told in ((0, True), (4 * 60, False)):  # at 09:16 it is late itself
        with time_machine.travel(sunday + timedelta(minutes=minutes), tick=False):
            forget()
            page = browser(town, "supervisor").get("/board/").content.decode()
            said = gettext("%(n)s more are due by %(when)s") % {"n": 1, "when": "09:00"}
            assert (said in page) is told


def test_the_wall_leads_back_to_the_desk(town: Town) -> None:
    page = browser(town, "supervisor").get("/board/").content.decode()
    assert '<a class="bar__back" href="/desk/">' in page
    assert gettext("Back to the desk") in page
