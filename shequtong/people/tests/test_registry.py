"""The registry by its pages: somebody is registered behind a door, changed, put in a set, shown as of a past day; never by the next street."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import Entry, SecurityEvent
from shequtong.core import keys
from shequtong.core.keys.keyring import new_key
from shequtong.core.submissions import new_submit_key
from shequtong.people.models import Home, Person, PersonMark, PersonPast
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.usecases import change_person, write_set
from shequtong.testing.town import Town

PHONE, OTHER = "16100000001", "16100000002"


def signed_in(town: Town, name: str) -> Client:
    client = Client()
    client.force_login(town.accounts[name])
    return client


def post(client: Client, url: str, **data: Any) -> Any:
    """A form as a browser sends it, with the key of its page."""
    page = client.get(url)
    key = new_submit_key(page.wsgi_request)
    return client.post(url, {"submit_key": key, **data})


def old_wang(town: Town) -> Person:
    room = make_room(town.building)
    number = make_id(date(1941, 5, 6), 21)
    return make_person(room, "王德发", id_number=number, phone=PHONE, now=timezone.now() - timedelta(days=9))


def test_registered_behind_a_door_by_the_form(town: Town) -> None:
    room = make_room(town.building)
    client = signed_in(town, "hu")
    told = {
        "name": "欧阳小敏",
        "id_number": make_id(serial=22),
        "phone": PHONE,
        "kind": "owner",
        "lives": "on",
        "source": "visit",
    }
    answer = post(client, reverse("people:desk-register", args=[room.pk]), **told)

    person = Person.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("pages:registry-person", args=[person.pk])
    assert (person.sex, person.born_on, person.grid_path) == ("2", date(1990, 1, 1), town.grid.path)
    assert Home.objects.get().people == 1
    assert person.memberships.get().relation == "02"
    page = client.get(answer["Location"]).content.decode()
    assert "欧阳*" in page
    assert "161****0001" in page
    assert "小敏" not in page
    assert PHONE not in page
    assert make_id(serial=22) not in page
    entry = Entry.objects.get(what="people.registered")
    assert "欧阳" not in entry.facts
    assert PHONE not in entry.facts


def test_the_same_document_twice_is_refused(town: Town) -> None:
    person = old_wang(town)
    client = signed_in(town, "hu")
    told = {"name": "王德发", "id_number": person.id_number.reveal(), "kind": "family", "lives": "on", "source": "visit"}
    answer = post(client, reverse("people:desk-register", args=[person.room_id]), **told)
    assert answer.status_code == 422
    assert "已有登记" in answer.content.decode()
    assert Person.objects.count() == 1


def test_a_mask_is_never_saved_back(town: Town) -> None:
    person = old_wang(town)
    client, url = signed_in(town, "hu"), reverse("people:desk-change", args=[person.pk])
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert shown["phone"] == "161****0001"
    assert post(client, url, **{**shown, "occupation": "退休"}).status_code == 302
    person.refresh_from_db()
    assert (person.phone.reveal(), person.name.reveal(), person.occupation) == (PHONE, "王德发", "退休")

    shown["version"] = person.version
    answer = post(client, url, **{**shown, "occupation": "退休", "phone": "161****0002"})
    assert answer.status_code == 422
    assert "*" in answer.content.decode()
    person.refresh_from_db()
    assert person.phone.reveal() == PHONE


def test_two_at_once_are_told_of_each_other(town: Town) -> None:
    person = old_wang(town)
    client, url = signed_in(town, "hu"), reverse("people:desk-change", args=[person.pk])
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    change_person(person_id=person.pk, changes={"schooling": "60"}, source="visit", by=town.he, now=timezone.now())
    answer = post(client, url, **{**shown, "occupation": "退休"})
    assert answer.status_code == 422
    assert "他人修改" in answer.content.decode()


def test_a_past_day_shows_what_was_so(town: Town) -> None:
    person, now = old_wang(town), timezone.now()
    change_person(person_id=person.pk, changes={"phone": OTHER, "marital": "30"}, source="visit", by=town.hu, now=now)
    client, url = signed_in(town, "he"), reverse("pages:registry-person", args=[person.pk])
    today, before = client.get(url).content.decode(), client.get(url, {"on": str(timezone.localdate() - timedelta(days=1))})
    assert "161****0002" in today
    assert "丧偶" in today
    assert "161****0001" in before.content.decode()
    assert "丧偶" not in before.content.decode()
    past = PersonPast.objects.get()
    assert PHONE in past.state.reveal()
    assert PHONE not in str(past.state.token)


def test_marks_follow_the_sets(town: Town) -> None:
    person, now = old_wang(town), timezone.now()
    write_set(person_id=person.pk, name="elderly", values={"living": "alone"}, source="visit", by=town.hu, now=now)
    assert {one.mark for one in PersonMark.objects.all()} == {"elderly", "alone", "care"}
    assert Home.objects.get().care
    client = signed_in(town, "hu")
    answer = post(client, reverse("people:desk-set-end", args=[person.pk, "elderly"]), why="入住养老院", source="visit")
    assert answer.status_code == 302
    assert not PersonMark.objects.exists()
    assert not Home.objects.get().care


def find(client: Client, words: str) -> str:
    """What the page of a search says."""
    key = new_submit_key(client.get(reverse("people:desk-persons")).wsgi_request)
    answer = client.post(reverse("people:desk-find"), {"submit_key": key, "q": words})
    assert answer.status_code in (200, 422)
    return answer.content.decode()


def test_found_by_what_a_reader_may_know(town: Town) -> None:
    person = old_wang(town)
    client = signed_in(town, "hu")
    for words in ("王德发", "德发", "wangdefa", "wdf", "0001", PHONE, person.id_number.reveal()):
        assert "王*" in find(client, words), words
    for words in ("张德发", "0002", "wdg", "王"):
        assert "王*" not in find(client, words), words
    assert signed_in(town, "gao").get(reverse("people:desk-persons")).status_code == 404


def test_a_search_is_noted_and_stands_in_no_address(town: Town) -> None:
    old_wang(town)
    find(signed_in(town, "hu"), "王德发")
    note = SecurityEvent.objects.get(kind="searched")
    assert "王" not in str(note.facts)
    assert signed_in(town, "hu").get(reverse("people:desk-find")).status_code == 405


def test_one_value_is_shown_after_a_reason_that_is_kept(town: Town) -> None:
    person = old_wang(town)
    client, url = signed_in(town, "hu"), reverse("people:desk-reveal", args=[person.pk, "phone"])
    assert PHONE not in client.get(url).content.decode()
    answer = post(client, url, reason="上门前电话联系")
    assert PHONE in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    look = SecurityEvent.objects.get(kind="revealed")
    assert (look.object_id, look.reason, look.what) == (person.pk, "上门前电话联系", "people.person.phone")
    assert client.get(reverse("people:desk-reveal", args=[person.pk, "sex"])).status_code == 404


def test_nothing_is_there_for_the_next_street(town: Town) -> None:
    person = old_wang(town)
    client = signed_in(town, "gao")
    assert signed_in(town, "hu").get(reverse("pages:registry-person", args=[person.pk])).status_code == 200
    for url in (
        reverse("pages:registry-person", args=[person.pk]),
        reverse("pages:registry-door", args=[person.room_id]),
        reverse("people:desk-change", args=[person.pk]),
        reverse("people:desk-reveal", args=[person.pk, "phone"]),
    ):
        assert client.get(url).status_code == 404


def test_found_under_the_key_of_before_while_keys_are_rotated(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    old_wang(town)
    key = new_key(keys.ring().current.serial + 1, settings.SEALING_ALGORITHM)
    rotated = keys.ring().with_key(key).using(key.id)
    monkeypatch.setattr("shequtong.people.terms.keys.ring", lambda: rotated)
    assert "王*" in find(signed_in(town, "hu"), "王德发")
