"""Stations and seats on the desk: listed with people and open cases, added, changed, ended; seats given and taken."""

import pytest
from django.test import Client
from django.utils.translation import gettext

from shequtong.access.testing import browser_of, make_actor
from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.organizations.models import Agency, PrecinctOffice, Seat, Station
from shequtong.organizations.stations import with_code
from shequtong.territory.models import Unit
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


def text(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


@pytest.fixture
def admin(town: Town) -> Client:
    return browser_of(make_actor("system_admin"))


def told(town: Town, **other: object) -> dict[str, object]:
    agency = Agency.objects.get(code="health").pk
    return {
        "agency": agency,
        "code": "SS-9",
        "name": "卫生站",
        "unit": town.community.pk,
        "office_phone": "0512 65551234",
        **other,
    }


def test_the_street_is_listed_with_people_and_open_cases(town: Town) -> None:
    make_case(town, stage=Stage.HANDLING)
    browser = signed_in(town.accounts["chen"])
    page = text(browser, "/desk/stations/")
    assert "狮山公安" in page
    assert "枫桥公安" not in page
    assert f"/desk/cases/?station={town.police.pk}&amp;reach=all" in page
    assert f"station={town.urban.pk}&amp;reach=all" not in page  # it has none
    assert gettext("Add a station") not in page
    assert f"station={town.police.pk}&amp;reach=all" not in text(browser, "/desk/stations/?agency=health")
    assert gettext("No station fits these filters") in text(browser, "/desk/stations/?state=ended")
    one = text(browser, f"/desk/stations/{town.police.pk}/")
    assert "王强" in one
    assert "馨泰片区综治网格化管理办公室" in one


def test_the_next_street_is_absent_and_gao_changes_nothing(town: Town) -> None:
    gao, office = signed_in(town.accounts["gao"]), PrecinctOffice.objects.get()
    assert "狮山公安" not in text(gao, "/desk/stations/")
    for path in (f"{town.police.pk}/", f"{town.police.pk}/change/", f"{town.police.pk}/end/", f"offices/{office.pk}/", "new/"):
        assert gao.get(f"/desk/stations/{path}").status_code == 404
        assert gao.post(f"/desk/stations/{path}", {"reason": "x"}).status_code in (404, 405)
    assert gao.post(f"/desk/stations/offices/{office.pk}/take/{town.urban.pk}/", {}).status_code == 404
    assert Seat.objects.filter(ended_at=None).count() == 2


def test_the_list_costs_the_same_however_long(town: Town) -> None:
    browser = signed_in(town.accounts["chen"])
    browser.get("/desk/stations/")
    with count_statements() as few:
        browser.get("/desk/stations/")
    for _n in range(5):
        make_case(town, stage=Stage.HANDLING)
    browser.get("/desk/stations/")
    with count_statements() as many:
        browser.get("/desk/stations/")
    assert few.warm.total == many.warm.total <= 3, many.listing


def test_a_station_is_added_changed_and_ended(town: Town, admin: Client) -> None:
    path = f"/desk/stations/new/?street={town.street.code}"
    assert gettext("Add a station") in text(admin, f"/desk/stations/?street={town.street.code}")
    answer = admin.post(path, told(town))
    assert answer.status_code == 302
    made = Station.objects.get(code="SS-9")
    assert (made.unit, made.office_phone) == (town.community, "0512-65551234")
    here = f"/desk/stations/{made.pk}/"
    assert gettext("Nobody has a post here: cases dispatched to it reach nobody.") in text(admin, here)

    changed = {"name": "馨泰卫生站", "unit": town.precinct.pk, "office_phone": "12320"}
    assert admin.post(f"{here}change/", changed).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.unit, made.office_phone, made.pinyin) == (
        "馨泰卫生站",
        town.precinct,
        "12320",
        "xin tai wei sheng zhan",
    )
    facts = Entry.objects.get(what="organizations.station_changed").facts
    assert (facts["before"]["name"], facts["after"]["name"]) == ("卫生站", "馨泰卫生站")

    assert admin.post(f"{here}end/", {"reason": ""}).status_code == 422
    assert admin.post(f"{here}end/", {"reason": "撤并"}).status_code == 302
    found = with_code("SS-9")
    assert found is not None
    assert found.ended
    assert admin.get(f"{here}change/").status_code == 404
    assert "馨泰卫生站" in text(admin, f"/desk/stations/?street={town.street.code}&state=ended")


@pytest.mark.parametrize(
    "wrong", [{"code": "SS-police"}, {"code": "a b"}, {"name": " "}, {"unit": "next"}, {"agency": "99"}, {"office_phone": "电话"}]
)
def test_what_cannot_be_comes_back_with_its_reason(town: Town, admin: Client, wrong: dict[str, object]) -> None:
    other = {"unit": town.next_street.pk} if wrong.get("unit") == "next" else wrong
    assert admin.post(f"/desk/stations/new/?street={town.street.code}", told(town, **other)).status_code == 422
    assert not Station.objects.filter(name="卫生站").exists()


def test_what_it_leaves_behind_is_said_before_it_ends(town: Town, admin: Client) -> None:
    make_case(town, stage=Stage.HANDLING)
    page = text(admin, f"/desk/stations/{town.police.pk}/end/")
    assert gettext("An office is led by a standing station.") in page
    assert admin.post(f"/desk/stations/{town.police.pk}/end/", {"reason": "x"}).status_code == 422
    urban = text(admin, f"/desk/stations/{town.urban.pk}/end/")
    assert "周涛" in urban
    assert "馨泰片区综治网格化管理办公室" in urban


def test_seats_are_given_and_taken_but_not_the_leads(town: Town, admin: Client) -> None:
    office, health = PrecinctOffice.objects.get(), town.stations["health"]
    path = f"/desk/stations/offices/{office.pk}/"
    assert admin.post(path, {"station": town.next_police.pk}).status_code == 422
    assert admin.post(path, {"station": health.pk}).status_code == 302
    assert Seat.objects.filter(office=office, station=health, ended_at=None).exists()
    assert admin.post(f"{path}take/{health.pk}/", {}).status_code == 302
    assert not Seat.objects.filter(station=health, ended_at=None).exists()
    assert Entry.objects.filter(what="organizations.seat_taken").count() == 1
    for who in (town.police, health):  # one leads, one has none any more
        admin.post(f"{path}take/{who.pk}/", {})
    assert Entry.objects.filter(what="organizations.seat_taken").count() == 1
    assert Seat.objects.filter(ended_at=None).count() == 2


def test_a_station_at_a_table_goes_on_serving_its_precinct(town: Town, admin: Client) -> None:
    path = f"/desk/stations/{town.urban.pk}/change/"
    elsewhere = Unit.objects.create(
        kind="precinct", code="320505002P2", name="二片区", path="320505/002/P2/", parent=town.street, subdistrict_id=2
    )
    held.changed("territory")
    assert admin.post(path, {"name": "城管", "unit": elsewhere.pk}).status_code == 422
    town.urban.refresh_from_db()
    assert town.urban.unit == town.street
