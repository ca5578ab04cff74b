"""My community: from a position, an address or the list, remembered here alone; its answers are one press away."""

import pytest
from django.test import Client
from django.utils.html import escape

from shequtong.pages.my_community import COOKIE
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.models import Unit
from shequtong.territory.usecases.add_building import add_building
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, TOWN_HALL, Town, point

LON, LAT = point(0.4, 0.4)


def ways(town: Town) -> dict[str, str]:
    """Three ways to the same community."""
    return {
        "position": f"lon={LON:.3f}&lat={LAT:.3f}",
        "building": f"building={town.building.pk}",
        "list": f"unit={town.community.path}",
    }


@pytest.mark.parametrize("way", ["position", "building", "list"])
def test_it_is_found_and_remembered_and_leads_to_its_answers(town: Town, way: str) -> None:
    client = Client()
    assert "您住在哪个社区" in client.get("/").content.decode()
    answer = client.get(f"/community/?{ways(town)[way]}")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    kept = answer.cookies[COOKIE]
    assert kept.value == town.community.path
    assert kept["httponly"]
    home = client.get("/").content.decode()
    assert "馨泰社区" in home
    link = f"/answers/?street={town.street.subdistrict_id}&community={town.community.path.replace('/', '%2F')}"
    assert escape(link) in home
    assert client.get(link).status_code == 200
    assert client.get("/community/?forget=1").status_code == 302
    assert "馨泰社区" not in client.get("/").content.decode()


def test_an_address_finds_buildings_and_the_list_holds_every_community(town: Town) -> None:
    new = NewBuilding("滨河路", "1701号", "2幢", LON, LAT)
    building = add_building(new=new, by=TOWN_HALL, now=MORNING)
    page = Client().get("/community/", {"q": "滨河路1701号2幢"}).content.decode()
    assert f"building={building.pk}" in page
    assert page.count("?unit=") == Unit.objects.filter(kind=Unit.Kind.COMMUNITY).count() > 0


@pytest.mark.parametrize("asked", ["lon=0&lat=0", "lon=x&lat=y", "building=7", "unit=/9/9/", "unit=nothing", "building=x"])
def test_what_is_no_community_of_ours_is_said_and_not_kept(town: Town, asked: str) -> None:
    answer = Client().get(f"/community/?{asked}")
    assert answer.status_code == 422
    assert COOKIE not in answer.cookies
    assert "这里不属于本平台的社区" in answer.content.decode()


@pytest.mark.parametrize("kept", ["", "nonsense", "/9/9/", '"><script>', "STREET"])
def test_a_cookie_that_names_none_is_as_if_there_were_none(town: Town, kept: str) -> None:
    client = Client()
    client.cookies[COOKIE] = town.street.path if kept == "STREET" else kept
    page = client.get("/")
    assert page.status_code == 200
    assert "您住在哪个社区" in page.content.decode()


def test_neither_page_costs_a_statement(town: Town) -> None:
    client = Client()
    client.cookies[COOKIE] = town.community.path
    for address in ("/", "/community/"):
        client.get(address)
        with count_statements() as asked:
            client.get(address)
        assert [one for one in asked.statements if '"core_revision"' not in one.sql] == []
