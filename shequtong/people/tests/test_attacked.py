"""The registry under attack: what follows who moved, what a refusal or a form sent unseen would tell, where an address goes that is none, birthdays on the day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import SecurityEvent
from shequtong.people.facts import SET_OF
from shequtong.people.models import CareOpening, Person, RightsRequest
from shequtong.people.shown import years_before
from shequtong.people.testing import REGISTRAR, make_person, make_room
from shequtong.people.tests.test_care import REASON, opened_for, recorded
from shequtong.people.tests.test_own_record import linked
from shequtong.people.tests.test_registry import old_wang, post, signed_in
from shequtong.people.usecases import (
    CannotOpen,
    Decision,
    NewRequest,
    answer_rights,
    ask_rights,
    close_care,
    end_set,
    move_in,
    open_care,
    retain_persons,
    write_set,
)
from shequtong.territory.models import Building
from shequtong.testing.town import Town


def next_community(town: Town) -> Building:
    """A building of another community of the same street."""
    building = Building.objects.get(pk=town.building.pk)
    path = f"{town.community.path[:-4]}016/001/"
    building.pk, building.grid_path, building.address = None, path, "新港路1号1幢"
    building.save(force_insert=True)
    return building


def moved(town: Town, person: Person) -> None:
    """To the next community."""
    told: dict[str, Any] = {"on": timezone.localdate(), "source": "visit", "by": REGISTRAR, "now": timezone.now()}
    move_in(person_ids=[person.pk], room_id=make_room(next_community(town)).pk, **told)


def test_a_request_goes_where_its_person_went(town: Town) -> None:
    person = old_wang(town)
    asked = ask_rights(person_id=person.pk, new=NewRequest("copy"), by=town.hu, now=timezone.now())
    moved(town, person)
    hu = signed_in(town, "hu")
    for name in ("people:desk-right", "people:desk-right-show"):
        assert hu.get(reverse(name, args=[asked.pk])).status_code == 404  # the record, and so what is asked about it
        assert post(signed_in(town, "supervisor"), reverse(name, args=[asked.pk]), done="").status_code in (200, 422)
    assert hu.post(reverse("people:desk-right-show", args=[asked.pk])).status_code == 404
    assert "王*" not in hu.get(reverse("people:desk-rights")).content.decode()
    answer_rights(request_id=asked.pk, decision=Decision(True, "已打印交本人。"), by=town.supervisor, now=timezone.now())
    assert RightsRequest.objects.get().outcome == "done"


def test_a_passport_is_corrected_as_a_passport(town: Town) -> None:
    person, client = linked(town)
    Person.objects.filter(pk=person.pk).update(id_kind="414")
    url = reverse("people:own-correct", args=["id_number"])
    assert post(client, url, id_number="E12345678", words="护照换发").status_code == 302
    assert RightsRequest.objects.get().proposed.reveal() == '"E12345678"'


def test_who_sends_a_form_unseen_has_looked_too(town: Town) -> None:
    record, client = recorded(town), opened_for(town)
    looks = SecurityEvent.objects.filter(kind="revealed", what="people.care.record", object_id=record.pk)
    url = reverse("people:desk-care-write", args=[record.pk, "visit"])
    key = {"submit_key": "none that is good"}
    assert "刑满释放" in client.post(url, key).content.decode()  # the form again, with its kind above it
    assert looks.count() == 1
    client.post(url, key)
    assert looks.count() == 1  # once an opening


def test_a_kind_is_named_for_whom_it_was_shown_alone(town: Town) -> None:
    client, now = opened_for(town), timezone.now()
    first = make_person(make_room(town.building), now=now)
    second = make_person(make_room(town.building, name="502"), "李四", now=now)
    tokens = [token for token, _label in client.get(reverse("people:desk-care-person", args=[first.pk])).context["missing"]]
    for token in tokens:
        assert client.get(reverse("people:desk-care-new", args=[first.pk, token])).status_code == 200
        assert client.get(reverse("people:desk-care-new", args=[second.pk, token])).status_code == 404


def test_to_close_the_store_gives_no_more_openings(town: Town) -> None:
    by, now = town.supervisor, timezone.now()
    for n in range(10):
        at = now + timedelta(seconds=n)
        open_care(reason=REASON, by=by, now=at)
        close_care(by=by, now=at)
    with pytest.raises(CannotOpen):
        open_care(reason=REASON, by=by, now=now + timedelta(minutes=50))
    open_care(reason=REASON, by=by, now=now + timedelta(minutes=61))


@pytest.mark.parametrize("to", ["/desk/registry/" + "a" * 400, "/desk/registry/\0", "//evil.invalid/", "/desk/registry/\r\nX: 1"])
def test_the_store_opens_to_itself_where_an_address_is_none(town: Town, to: str) -> None:
    client, store = signed_in(town, "supervisor"), reverse("people:desk-care-open")
    key = client.get(store).content.decode().split('name="submit_key" value="')[-1].split('"')[0]
    answer = client.post(
        store, {"submit_key": key, "reason": REASON}, QUERY_STRING=f"next={to}".replace("\0", "%00").replace("\r\n", "%0D%0A")
    )
    assert answer["Location"] == reverse("people:desk-care")
    assert CareOpening.objects.count() == 1


def test_who_is_eighteen_today_is_no_minor(town: Town) -> None:
    today, now = timezone.localdate(), timezone.now()
    for n, born in enumerate((years_before(today, 18), years_before(today, 18) + timedelta(days=1))):
        make_person(make_room(town.building, name=f"50{n}"), ("赵大", "钱二")[n], born_on=born, now=now)
    page = signed_in(town, "hu").get(reverse("people:desk-persons"), {"age": "minor"}).content.decode()
    assert ("赵*" in page, "钱*" in page) == (False, True)


def test_why_a_set_ended_goes_with_what_it_held(town: Town) -> None:
    person, now, by = old_wang(town), timezone.now(), town.hu
    write_set(person_id=person.pk, name="disability", values={"cause": "01"}, source="visit", by=by, now=now)
    end_set(person_id=person.pk, name="disability", why="转入广济医院精神科", by=by, now=now)
    Person.objects.filter(pk=person.pk).update(ended_on=date(2015, 1, 1), ended_for="died")
    assert retain_persons(subdistrict_id=person.subdistrict_id, by=REGISTRAR, now=now) == 1
    assert SET_OF["disability"].model._default_manager.get(person=person).ended_for == ""
