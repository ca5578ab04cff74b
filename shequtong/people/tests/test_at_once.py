"""Two at the forms of the registry in the same moment (同时办理): what both recorded happened once, and the later is told so in words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.core.submissions import FIELD, new_submit_key
from shequtong.people.models import Home, Household, LifeEvent, Person, Residence
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.tests.test_life import Family, life, looked
from shequtong.people.tests.test_registry import signed_in
from shequtong.people.verification import findings
from shequtong.testing.at_once import at_once
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db(transaction=True)
MEANWHILE = "刚被他人修改"


@pytest.fixture
def family(town: Town) -> Family:
    return Family(town)


def pressed(client: Client, url: str, told: dict[str, Any]) -> Callable[[], Any]:
    """The form with the key of its page, ready to be sent from another thread."""
    key = new_submit_key(client.get(url).wsgi_request)
    return lambda: client.post(url, {FIELD: key, **told})


def both(town: Town, url: str, step: str = "record", **told: Any) -> list[Any]:
    """The community's worker and the grid's, each with the form looked through, press in the same moment. What each was answered, the winner first."""
    deeds = []
    for name in ("hu", "he"):
        client = signed_in(town, name)
        filled = looked(client, url, **told)[1] if step == "record" else told
        deeds.append(pressed(client, url, {**filled, "step": step}))
    return sorted(at_once(*deeds), key=lambda one: int(one.status_code))


def said(answer: Any) -> str:
    return str(answer.content.decode())


def require_once(answers: list[Any], kind: str, words: str) -> None:
    """One event with one trace; the second got a page that says why not; what is counted beside the rows stands."""
    assert [one.status_code for one in answers] == [302, 422]
    assert words in said(answers[1])
    assert LifeEvent.objects.filter(kind=kind).count() == 1
    assert Entry.objects.filter(what=f"people.life.{kind}").count() == 1
    assert not list(findings(STREET))


def test_a_death(town: Town, family: Family) -> None:
    require_once(both(town, life(family.li, "death")), "death", "已")


def test_a_death_and_a_death_in_one_household(town: Town, family: Family) -> None:
    """The head's death looks at every member, each member's at the head: neither waits for the other for ever."""
    deeds = []
    for name, person in (("hu", family.wang), ("he", family.wife)):
        client, url = signed_in(town, name), life(person, "death")
        deeds.append(pressed(client, url, {**looked(client, url)[1], "step": "record"}))
    answers = at_once(*deeds)
    assert {one.status_code for one in answers} <= {302, 422}
    assert LifeEvent.objects.count() == [one.status_code for one in answers].count(302) >= 1
    assert not list(findings(STREET))


def test_a_move_away(town: Town, family: Family) -> None:
    require_once(both(town, life(family.son, "move_out"), together=[str(family.wife.pk)]), "move_out", "已")


def test_a_move_to_another_door(town: Town, family: Family) -> None:
    room = make_room(town.building, floor=6)
    door = {"door": "3幢1单元601", "kind": "tenant"}
    require_once(both(town, life(family.son, "move_in"), **door), "move_in", MEANWHILE)
    assert Residence.objects.filter(person=family.son, ended_on=None, lives=True).get().room_id == room.pk


def test_two_move_into_a_home_nobody_described(town: Town, family: Family) -> None:
    """Both would make the row of the home."""
    room = make_room(town.building, floor=6)
    deeds = []
    for name, person in (("hu", family.son), ("he", family.wife)):
        client, url = signed_in(town, name), life(person, "move_in")
        deeds.append(pressed(client, url, {**looked(client, url, door="3幢1单元601", kind="tenant")[1], "step": "record"}))
    assert [one.status_code for one in at_once(*deeds)] == [302, 302]
    assert (Home.objects.get(room=room).people, Home.objects.get(room=room).households) == (2, 2)
    assert not list(findings(STREET))


def test_a_marriage_from_either_side(town: Town, family: Family) -> None:
    now = timezone.now()
    room = make_room(town.building, floor=6)
    one = make_person(room, "钱一", sex="1", id_number=make_id(date(1990, 1, 1), 31), now=now)
    other = make_person(make_room(town.building, floor=7), "孙二", sex="2", id_number=make_id(date(1990, 1, 1), 32), now=now)
    deeds = []
    for name, person, spouse in (("hu", one, other), ("he", other, one)):
        client, url = signed_in(town, name), life(person, "marriage")
        told = looked(client, url, spouse=spouse.id_number.reveal())[1]
        deeds.append(pressed(client, url, {**told, "spouse": spouse.id_number.reveal(), "step": "record"}))
    require_once(sorted(at_once(*deeds), key=lambda answer: int(answer.status_code)), "marriage", MEANWHILE)


def test_a_change_of_head(town: Town, family: Family) -> None:
    require_once(both(town, life(family.wang, "head"), new_head=str(family.son.pk)), "head", MEANWHILE)


def test_a_newborn(town: Town, family: Family) -> None:
    require_once(both(town, life(family.wife, "birth"), name="王小宝", sex="1"), "birth", MEANWHILE)
    assert Person.objects.count() == 5


def test_a_change_of_tenants(town: Town) -> None:
    room, now = make_room(town.building), timezone.now()
    make_person(room, "旧租客", kind="tenant", now=now)
    url = reverse("people:desk-life-tenants", args=[room.pk])
    require_once(both(town, url, name_0="新租客"), "tenants", MEANWHILE)
    assert Home.objects.get(room=room).people == 1


def test_tenants_of_a_home_nobody_described(town: Town) -> None:
    room = make_room(town.building)
    answers = both(town, reverse("people:desk-life-tenants", args=[room.pk]), name_0="新租客")
    require_once(answers, "tenants", MEANWHILE)
    assert (Home.objects.get(room=room).people, Household.objects.count()) == (1, 1)


def test_the_same_person_registered_twice(town: Town) -> None:
    room = make_room(town.building)
    told = {"name": "欧阳小敏", "id_number": make_id(serial=22), "kind": "owner", "lives": "on", "source": "visit"}
    url = reverse("people:desk-register", args=[room.pk])
    answers = both(town, url, step="", **told)
    assert [one.status_code for one in answers] == [302, 422]
    assert "已有登记" in said(answers[1])
    assert (Person.objects.count(), Home.objects.get().people) == (1, 1)


def test_two_persons_registered_behind_a_door_nobody_described(town: Town) -> None:
    url = reverse("people:desk-register", args=[make_room(town.building).pk])
    deeds = [
        pressed(signed_in(town, name), url, {"name": who, "kind": "family", "lives": "on", "source": "visit"})
        for name, who in (("hu", "甲"), ("he", "乙"))
    ]
    assert [one.status_code for one in at_once(*deeds)] == [302, 302]
    assert Home.objects.get().people == 2
