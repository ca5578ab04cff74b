"""Contact cards on the desk: written, changed, taken away by who may; refused without anything to go by."""

import pytest
from django.utils.translation import gettext

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.core import held
from shequtong.organizations.models import ContactCard
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
TOLD = {
    "name": "馨泰社区居委会",
    "phone": "(0512) 6555 1234",
    "address": "馨泰路1号二楼",
    "hours": "周一至周五 9:00–17:00",
    "note": "中午有人值班",
}


def test_a_card_is_written_changed_and_taken_away(town: Town) -> None:
    chen, path = signed_in(town.accounts["chen"]), f"/desk/units/{town.community.pk}/contact/"
    assert "/desk/units/contacts/" in chen.get("/desk/units/").content.decode()
    assert path in chen.get(f"/desk/units/{town.community.pk}/").content.decode()
    assert chen.post(path, TOLD).status_code == 302
    card = ContactCard.objects.get()
    assert (card.unit, card.phone, card.note) == (town.community, "0512-65551234", "中午有人值班")
    entry = Entry.objects.get(what="organizations.contact_set")
    assert (entry.subdistrict_id, entry.facts["before"], entry.facts["after"]["name"]) == (2, {}, "馨泰社区居委会")
    listed = chen.get("/desk/units/contacts/").content.decode()
    assert "0512-65551234" in listed
    assert "1个办公点尚未填写" in listed  # the precinct's

    assert chen.post(path, {**TOLD, "phone": "12345"}).status_code == 302
    chen.post(path, {**TOLD, "phone": "12345"})
    assert [one.facts["after"]["phone"] for one in Entry.objects.filter(what="organizations.contact_set").order_by("id")] == [
        "0512-65551234",
        "12345",
    ]

    assert gettext("Take the card away") in chen.get(path).content.decode()
    assert chen.post(f"{path}remove/", {}).status_code == 302
    assert not ContactCard.objects.exists()
    assert Entry.objects.get(what="organizations.contact_removed").facts["before"]["phone"] == "12345"
    assert gettext("Take the card away") not in chen.get(path).content.decode()


def test_gao_of_the_next_street_and_the_dispatcher_write_nothing(town: Town) -> None:
    for who in ("gao", "lin", "wang"):
        browser = signed_in(town.accounts[who])
        for unit in (town.community, town.precinct, town.street):
            assert browser.get(f"/desk/units/{unit.pk}/contact/").status_code == 404
            assert browser.post(f"/desk/units/{unit.pk}/contact/", TOLD).status_code == 404
            assert browser.post(f"/desk/units/{unit.pk}/contact/remove/", {}).status_code == 404
        assert "/contact" not in browser.get(f"/desk/units/{town.community.pk}/").content.decode()
    assert not ContactCard.objects.exists()
    assert "/desk/units/contacts/" not in signed_in(town.accounts["lin"]).get("/desk/units/").content.decode()
    assert "馨泰" not in signed_in(town.accounts["gao"]).get("/desk/units/contacts/").content.decode()


def test_who_heads_a_precinct_does_not_write_for_the_street_nor_a_community_for_its_precinct(town: Town) -> None:
    chen, hu = signed_in(town.accounts["chen"]), signed_in(town.accounts["hu"])
    assert chen.post(f"/desk/units/{town.street.pk}/contact/", TOLD).status_code == 404
    assert chen.post(f"/desk/units/{town.precinct.pk}/contact/", TOLD).status_code == 302
    assert hu.post(f"/desk/units/{town.precinct.pk}/contact/", TOLD).status_code == 404
    assert hu.post(f"/desk/units/{town.community.pk}/contact/", TOLD).status_code == 302
    assert chen.get(f"/desk/units/{town.grid.pk}/contact/").status_code == 404  # a grid has no office


@pytest.mark.parametrize("wrong", [{"name": " "}, {"phone": "电话"}, {"phone": "", "address": ""}, {"hours": "x" * 201}])
def test_what_helps_nobody_comes_back_with_its_reason(town: Town, wrong: dict[str, str]) -> None:
    answer = signed_in(town.accounts["chen"]).post(f"/desk/units/{town.community.pk}/contact/", {**TOLD, **wrong})
    assert answer.status_code == 422
    assert not ContactCard.objects.exists()


def test_a_number_that_stands_there_is_kept_though_nobody_could_have_it(town: Town) -> None:
    """The demo's begin with a 0 no subscriber has: who changes the hours is not told that the number is wrong."""
    ContactCard.objects.create(unit=town.community, name="居委会", phone="0512-00000001")
    held.drop_all()
    path, chen = f"/desk/units/{town.community.pk}/contact/", signed_in(town.accounts["chen"])
    assert chen.post(path, {**TOLD, "phone": "0512-00000001"}).status_code == 302
    assert chen.post(path, {**TOLD, "phone": "0512-00000002"}).status_code == 422


def test_the_list_costs_only_who_asks(town: Town) -> None:
    browser = signed_in(town.accounts["supervisor"])
    browser.get("/desk/units/contacts/")
    with count_statements() as few:
        browser.get("/desk/units/contacts/")
    assert few.total <= 2, few.listing
