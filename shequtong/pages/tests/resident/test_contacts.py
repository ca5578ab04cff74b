"""Whom a resident rings: the street's card on the first page, the community's once it is chosen, nothing while nothing is entered."""

import pytest
from django.test import Client

from shequtong.core import held
from shequtong.core.models import Subdistrict
from shequtong.organizations.usecases.set_contact import set_contact
from shequtong.pages.my_community import COOKIE
from shequtong.territory.models import Unit
from shequtong.testing.statements import count_statements
from shequtong.testing.town import NOON, TOWN_HALL, Town

pytestmark = pytest.mark.django_db


def write(unit: Unit, name: str, phone: str) -> None:
    set_contact(unit_id=unit.pk, name=name, phone=phone, address="狮山路1号", hours="周一至周五", by=TOWN_HALL, now=NOON)


def page(address: str = "/", community: str = "") -> str:
    client = Client()
    if community:
        client.cookies[COOKIE] = community
    return client.get(address).content.decode()


def test_nothing_is_shown_while_nothing_is_entered(town: Town) -> None:
    for address in ("/", "/privacy/", "/community/"):
        assert "tel:" not in page(address)
        assert "/contacts/" not in page(address)
    assert "/report/" in page("/contacts/")


def test_the_streets_card_stands_on_the_first_page_and_in_the_foot_of_others(town: Town) -> None:
    write(town.street, "狮山街道便民服务大厅", "0512-65550001转8")
    home = page()
    assert 'href="tel:0512-65550001,8"' in home
    for words in ("狮山街道便民服务大厅", "狮山路1号", "周一至周五", "狮山街道、枫桥街道"):
        assert words in home
    assert home.count("ring__go") == 1
    assert 'href="/contacts/"' in page("/privacy/")
    assert "0512-65550001" in page("/contacts/")


def test_the_chosen_communitys_own_comes_first_and_no_other_streets(town: Town) -> None:
    write(town.street, "狮山街道便民服务大厅", "0512-65550001")
    write(town.community, "馨泰社区居委会", "0512-65550002")
    write(town.next_street, "枫桥街道便民服务大厅", "0512-65550003")
    assert "0512-65550002" not in page()
    assert "0512-65550003" in page()
    for address in ("/", "/community/"):
        mine = page(address, town.community.path)
        assert mine.index("0512-65550002") < mine.index("0512-65550001")
        assert "0512-65550003" not in mine
    assert 'ring__go" href="tel:0512-65550002"' in page("/", town.community.path)


def test_of_many_streets_one_chooses_first(town: Town) -> None:
    write(town.street, "狮山街道便民服务大厅", "0512-65550001")
    for number in range(4, 8):
        Subdistrict.objects.create(id=number, kind="subdistrict", letters=f"X{number}", name=f"{number}街道")
    held.drop_all()
    home = page()
    assert "0512-65550001" not in home
    assert 'href="/contacts/"' in home
    assert "0512-65550001" in page("/", town.community.path)


def test_an_ended_units_card_is_shown_to_nobody(town: Town) -> None:
    write(town.next_street, "枫桥街道便民服务大厅", "0512-65550003")
    Unit.objects.filter(pk=town.next_street.pk).update(ended_at=NOON)
    held.drop_all()
    assert "0512-65550003" not in page("/contacts/") + page()


def test_it_costs_nobody_a_statement(town: Town) -> None:
    write(town.street, "狮山街道便民服务大厅", "0512-65550001")
    for address in ("/", "/contacts/", "/community/"):
        page(address, town.community.path)
        with count_statements() as seen:
            page(address, town.community.path)
        assert seen.total <= 1, seen.listing  # the revisions of shared tables, once a second
