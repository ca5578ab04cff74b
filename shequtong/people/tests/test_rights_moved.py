"""Who has moved to another street is answered by the street that keeps the record: what waits goes along, what is asked at the old window goes there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.audit.models import Entry
from shequtong.core.places import place
from shequtong.people.models import Person, RightsRequest
from shequtong.people.testing import make_person, make_room
from shequtong.people.tests.test_care_life import died, handed, moved
from shequtong.people.tests.test_registry import OTHER, post
from shequtong.people.tests.test_registry import signed_in as enters
from shequtong.people.usecases import CannotAnswer, Decision, NewRequest, answer_rights, ask_rights
from shequtong.people.usecases._people import Gone
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
NEW = NewRequest("correct", fact="other_phone", proposed=OTHER, words="换了号码")


@pytest.fixture
def person(town: Town) -> Person:
    return make_person(make_room(town.building), "王德发", phone="16100000001", now=timezone.now())


def street(town: Town) -> str:
    return str(place(town.next_grid.subdistrict_id).name)


def test_what_waits_goes_with_who_moves_and_its_deadline_runs_on(town: Town, person: Person) -> None:
    asked = ask_rights(person_id=person.pk, new=NEW, by=town.hu, now=timezone.now() - timedelta(days=3))
    handed(town, person)
    asked.refresh_from_db()
    there = RightsRequest.objects.exclude(pk=asked.pk).get()
    assert (asked.outcome, street(town) in asked.answer.reveal()) == ("handed", True)
    assert (there.subdistrict_id, there.person.moved_from) == (town.next_grid.subdistrict_id, person.pk)
    assert (there.due_at, there.asked_at, there.proposed.reveal()) == (asked.due_at, asked.asked_at, asked.proposed.reveal())
    with pytest.raises(CannotAnswer):
        answer_rights(request_id=asked.pk, decision=Decision(True, "已更正。"), by=town.hu, now=timezone.now())
    hu = enters(town, "hu")
    assert "已转交" in hu.get(reverse("people:desk-right", args=[asked.pk])).content.decode()
    assert hu.get(reverse("people:desk-right", args=[there.pk])).status_code == 404

    keeper = make_account("康康", staff=True)
    make_appointment(keeper, "community_worker", town.next_grid.parent)
    told = {"done": "yes", "answer": "已按您提供的号码更正。", "source": "resident"}
    assert post(signed_in(keeper), reverse("people:desk-right", args=[there.pk]), **told).status_code == 302
    assert Person.objects.get(pk=there.person_id).other_phone.reveal() == OTHER


def test_at_the_old_window_it_is_taken_down_for_the_street_that_keeps_the_record(town: Town, person: Person) -> None:
    handed(town, person)
    hu, privacy = enters(town, "hu"), reverse("people:desk-privacy", args=[person.pk])
    ask = reverse("people:desk-ask", args=[person.pk])
    page = hu.get(privacy).content.decode()
    assert (street(town) in page, ask in page) == (True, True)
    assert street(town) in hu.get(ask).content.decode()
    answer = post(hu, ask, kind="copy")
    assert (answer.status_code, answer["Location"]) == (302, privacy)
    assert f"申请已转至{street(town)}" in hu.get(privacy).content.decode()
    request = RightsRequest.objects.get()
    assert (request.subdistrict_id, request.asked_by) == (town.next_grid.subdistrict_id, "胡敏")
    traces = Entry.objects.filter(what__in=("people.rights_asked", "people.rights_handed_over")).order_by("subdistrict_id")
    assert {(one.what, one.subdistrict_id) for one in traces} == {
        ("people.rights_asked", request.subdistrict_id),
        ("people.rights_handed_over", person.subdistrict_id),
    }


def test_it_goes_on_to_where_they_moved_after_that(town: Town, person: Person) -> None:
    handed(town, person)
    there = Person.objects.get(moved_from=person.pk)
    back = make_person(make_room(town.building, floor=9), "王德发", now=timezone.now())
    Person.objects.filter(pk=there.pk).update(ended_on=timezone.localdate(), ended_for="handed_over", moved_to=back.pk)
    request = ask_rights(person_id=person.pk, new=NewRequest("see"), by=town.hu, now=timezone.now())
    assert request.person_id == back.pk
    Person.objects.filter(pk=back.pk).update(ended_on=timezone.localdate(), ended_for="died")
    with pytest.raises(Gone):
        ask_rights(person_id=person.pk, new=NewRequest("copy"), by=town.hu, now=timezone.now())


@pytest.mark.parametrize("happens", [died, moved])
def test_who_is_gone_for_good_is_handed_to_nobody(town: Town, person: Person, happens: object) -> None:
    ask_rights(person_id=person.pk, new=NEW, by=town.hu, now=timezone.now())
    (died if happens is died else moved)(town, person)
    assert RightsRequest.objects.get().answered_at is None
    hu = enters(town, "hu")
    assert (
        reverse("people:desk-ask", args=[person.pk])
        not in hu.get(reverse("people:desk-privacy", args=[person.pk])).content.decode()
    )
