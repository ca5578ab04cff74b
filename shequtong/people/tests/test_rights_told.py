"""A request that nobody knows of misses its deadline: whoever keeps the registry is told, and it waits on their workbench until it is answered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shequtong.access.testing import make_appointment
from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account, signed_in
from shequtong.messaging.models import Message
from shequtong.people.models import AccountLink, Person
from shequtong.people.testing import make_person, make_room
from shequtong.people.tests.test_care_life import handed
from shequtong.people.tests.test_registry import OTHER
from shequtong.people.usecases import Decision, NewRequest, answer_rights, ask_rights, link_at_window
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
NEW = NewRequest("correct", fact="other_phone", proposed=OTHER, words="换了号码")
TITLE = "个人信息申请"


@pytest.fixture
def person(town: Town) -> Person:
    return make_person(make_room(town.building), "王德发", phone="16100000001", now=timezone.now())


def told(place: int) -> set[int]:
    """Accounts that have a message of a request there."""
    rows = Message.objects.filter(subdistrict=place, template="people.rights_asked", channel="in_app")
    assert all("王" not in row.text.reveal() and OTHER not in row.text.reveal() for row in rows)
    return {row.account_id for row in rows if row.account_id}


def desk(account: Account) -> str:
    return signed_in(account).get("/desk/").content.decode()


def test_who_keeps_the_registry_is_told_once_and_who_took_it_down_is_not(town: Town, person: Person) -> None:
    second = make_account("徐二", staff=True)
    make_appointment(second, "community_worker", town.community)
    ask_rights(person_id=person.pk, new=NEW, by=town.hu, now=timezone.now())
    assert told(town.street.subdistrict_id) == {second.pk}
    link_at_window(person_id=person.pk, phone=town.accounts["qian"].phone.reveal(), by=town.hu, now=timezone.now())
    assert AccountLink.objects.live().exists()
    ask_rights(person_id=person.pk, new=NewRequest("copy"), by=town.qian, now=timezone.now())
    assert told(town.street.subdistrict_id) == {second.pk, town.accounts["hu"].pk}


def test_the_street_they_move_to_is_told(town: Town, person: Person) -> None:
    keeper = make_account("康康", staff=True)
    make_appointment(keeper, "community_worker", town.next_grid.parent)
    ask_rights(person_id=person.pk, new=NEW, by=town.hu, now=timezone.now())
    assert (told(town.next_street.subdistrict_id), TITLE in desk(keeper)) == (set(), False)
    handed(town, person)
    assert told(town.next_street.subdistrict_id) == {keeper.pk}
    assert (TITLE in desk(keeper), TITLE in desk(town.accounts["hu"])) == (True, False)


def test_it_waits_on_the_workbench_of_who_may_answer_with_its_deadline_until_it_is_answered(town: Town, person: Person) -> None:
    assert TITLE not in desk(town.accounts["hu"])
    late = ask_rights(person_id=person.pk, new=NEW, by=town.hu, now=timezone.now() - timedelta(days=60))
    url = reverse("people:desk-right", args=[late.pk])
    for who in ("hu", "supervisor"):
        page = desk(town.accounts[who])
        assert (TITLE in page, url in page, "王*" in page, OTHER in page) == (True, True, True, False), who
        assert "row--late" in page
    for who in ("he", "gao", "shen", "wang"):  # keeps the registry but answers nobody; the next street; takes in; a station
        assert url not in desk(town.accounts[who]), who
    answer_rights(request_id=late.pk, decision=Decision(False, "号码无法核实。"), by=town.hu, now=timezone.now())
    assert url not in desk(town.accounts["hu"])


def test_many_cost_the_workbench_what_one_does(town: Town, person: Person) -> None:
    hu, totals = signed_in(town.accounts["hu"]), []
    hu.get("/desk/")
    for group in ("email", "skills", "identity", "contact"):
        ask_rights(person_id=person.pk, new=NewRequest("delete", group=group), by=town.hu, now=timezone.now())
        with count_statements() as seen:
            assert TITLE in hu.get("/desk/").content.decode()
        totals.append(seen.warm.total)
    assert len(set(totals)) == 1, totals
    assert totals[0] <= 10, seen.listing
