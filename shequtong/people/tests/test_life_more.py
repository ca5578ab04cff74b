"""More of what happens: born, moved to another door, married, divorced, other tenants, handed over; and taken back within a day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from shequtong.messaging.models import Message
from shequtong.people.models import Home, Household, LifeEvent, Membership, Person, PersonPast, Residence
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.tests.test_life import Family, life, looked, sent, yesterday
from shequtong.people.tests.test_registry import post, signed_in
from shequtong.people.usecases import CannotUndo, confirm_home, record_death, undo_event, write_set
from shequtong.testing.town import Town

TODAY = timezone.localdate


@pytest.fixture
def family(town: Town) -> Family:
    return Family(town)


def test_a_newborn_joins_the_household(town: Town, family: Family) -> None:
    client, url = signed_in(town, "he"), life(family.wife, "birth")
    sentences, told = looked(client, url, sex="2", on=str(TODAY() - timedelta(days=3)))
    assert any("孙女" in one for one in sentences), sentences
    assert post(client, url, **told, step="record").status_code == 302
    child = Person.objects.get(born_on=TODAY() - timedelta(days=3))
    assert (child.name.reveal(), child.guardian.reveal(), child.room) == ("陈静之女", "陈静", family.room)
    assert family.relations()["陈静之女"] == "42"
    assert Home.objects.get().people == 5


def test_to_another_door_and_who_stays_is_in_order(town: Town, family: Family) -> None:
    make_room(town.building, floor=6)
    client, url = signed_in(town, "hu"), life(family.wang, "move_in")
    assert post(client, url, **sent(client, url, door="9单元 999"), step="look").status_code == 422
    _sentences, told = looked(client, url, door="1单元 601", kind="owner", together=[str(family.li.pk)])
    assert told["new_head"] == str(family.son.pk)
    assert post(client, url, **told, step="record").status_code == 302
    assert family.relations() == {"王小明": "02", "陈静": "12"}
    new = Household.objects.get(ended_on=None, room__name="601")
    assert {one.person.name.reveal(): one.relation for one in new.members.all()} == {"王德发": "02", "李桂英": "12"}
    assert dict(Home.objects.values_list("room__name", "people")) == {"501": 2, "601": 2}
    assert "3幢1单元501" in yesterday(client, "pages:registry-person", family.wang.pk)


def test_married_and_divorced(town: Town, family: Family) -> None:
    number, room = make_id(date(1991, 1, 1), 22), make_room(town.building, floor=2)
    anna = make_person(room, "周安娜", id_number=number, now=family.now, since=TODAY() - timedelta(days=9))
    brother = make_person(
        family.room, "王小强", sex="1", born_on=date(1985, 1, 1), relation="23", household_id=family.household.pk, now=family.now
    )
    client, url = signed_in(town, "hu"), life(brother, "marriage")
    _sentences, told = looked(client, url, spouse=number, relation="spouse")
    assert post(client, url, **told, step="record").status_code == 302
    anna.refresh_from_db()
    assert family.relations()["周安娜"] == "38"
    assert (anna.marital, anna.room, Person.objects.get(pk=brother.pk).marital) == ("20", family.room, "20")
    assert Home.objects.get(room=room).state in ("empty", "unknown")

    url = life(brother, "divorce")
    _sentences, told = looked(client, url, spouse=str(anna.pk), leaver=str(anna.pk), door="1单元 201")
    assert post(client, url, **told, step="record").status_code == 302
    anna.refresh_from_db()
    assert (anna.marital, anna.room) == ("40", room)
    assert anna.memberships.get(ended_on=None).relation == "02"


def test_divorced_and_both_stay(town: Town, family: Family) -> None:
    client, url = signed_in(town, "hu"), life(family.wang, "divorce")
    _sentences, told = looked(client, url)
    assert told["spouse"] == str(family.li.pk)
    assert post(client, url, **told, step="record").status_code == 302
    assert family.relations() == {"王德发": "02", "李桂英": "90", "王小明": "20", "陈静": "38"}


def test_other_tenants(town: Town) -> None:
    now, room = timezone.now(), make_room(town.building)
    then: dict[str, Any] = {"now": now - timedelta(days=9), "since": TODAY() - timedelta(days=90)}
    owner = make_person(room, "钱老", kind="owner", lives=False, relation="", **then)
    old = make_person(room, "赵一", kind="tenant", **then)
    known = make_person(make_room(town.building, floor=2), "孙三", id_number=make_id(serial=31), **then)
    client, url = signed_in(town, "he"), reverse("people:desk-life-tenants", args=[room.pk])
    rows = {"name_0": "李二", "phone_0": "16100000003", "name_1": "孙三", "id_1": make_id(serial=31), "relation_1": "90"}
    sentences, told = looked(client, url, **rows)
    assert any("赵*" in one for one in sentences)
    answer = post(client, url, **told, step="record")
    assert answer.status_code == 302
    home = Home.objects.get(room=room)
    assert (home.state, home.people, home.confirmed_on, home.due_on) == ("let", 2, TODAY(), TODAY() + timedelta(days=90))
    assert Person.objects.get(pk=old.pk).ended_for == "moved"
    assert Person.objects.get(pk=owner.pk).ended_on is None
    assert Person.objects.get(pk=known.pk).room == room
    assert post(client, url, **told, step="record").status_code == 422, "the form was filled in from an older state"
    assert "赵*" in yesterday(client, "pages:registry-door", room.pk)


def test_handed_over_to_the_next_street(town: Town, family: Family) -> None:
    write_set(person_id=family.wang.pk, name="elderly", values={"living": "couple"}, source="visit", by=town.hu, now=family.now)
    client, url = signed_in(town, "hu"), life(family.li, "move_to_street")
    to = town.next_grid.parent
    assert to is not None
    _sentences, told = looked(client, url, to=str(to.pk), together=[str(family.wang.pk)])
    assert post(client, url, **told, step="record").status_code == 302
    there = {one.name.reveal(): one for one in Person.objects.within(to.subdistrict_id)}
    here = Person.objects.get(pk=family.li.pk)
    assert set(there) == {"李桂英", "王德发"}
    assert (here.ended_for, here.moved_to, there["李桂英"].moved_from) == ("handed_over", there["李桂英"].pk, here.pk)
    assert there["李桂英"].confirmed_on is None
    wang = Person.objects.get(pk=family.wang.pk)
    assert (wang.ended_on, wang.moved_to) == (None, there["王德发"].pk), "still on record as the owner of the home he has here"
    assert there["王德发"].marks.filter(mark="elderly").exists()
    assert not wang.marks.exists()
    members = Membership.objects.filter(subdistrict=to.subdistrict_id, ended_on=None)
    assert {one.person_id: one.relation for one in members} == {there["李桂英"].pk: "12", there["王德发"].pk: "02"}
    assert signed_in(town, "hu").get(reverse("pages:registry-person", args=[there["李桂英"].pk])).status_code == 404


def test_the_community_is_told_without_a_name(town: Town, family: Family) -> None:
    from shequtong.access.testing import make_appointment
    from shequtong.accounts.testing import make_account

    to = town.next_grid.parent
    keeper = make_account("康康", staff=True)
    make_appointment(keeper, "community_worker", to)
    client, url = signed_in(town, "hu"), life(family.li, "move_to_street")
    assert to is not None
    _sentences, told = looked(client, url, to=str(to.pk))
    assert post(client, url, **told, step="record").status_code == 302
    message = Message.objects.get(template="people.handed_over")
    assert (message.account_id, "李" in message.text.reveal()) == (keeper.pk, False)


def test_taken_back_within_a_day_all_stands_as_before(town: Town, family: Family) -> None:
    write_set(person_id=family.wang.pk, name="elderly", values={"living": "couple"}, source="visit", by=town.hu, now=family.now)
    before = standing()
    event = record_death(
        person_id=family.wang.pk, widowed_id=family.li.pk, on=TODAY(), source="visit", by=town.hu, now=family.now,
        relations={family.li.pk: "02", family.son.pk: "20", family.wife.pk: "38"},
    )  # fmt: skip
    assert standing() != before
    client, url = signed_in(town, "he"), reverse("people:desk-life-undo", args=[event.pk])
    assert signed_in(town, "gao").get(url).status_code == 404
    assert post(client, url).status_code == 302
    assert standing() == before
    assert Person.objects.get(pk=family.li.pk).marital == "20"
    assert "丧偶" not in yesterday(client, "pages:registry-person", family.li.pk)
    assert PersonPast.objects.filter(mistaken=True).exists()
    assert post(client, url).status_code == 422, "once"
    assert "已撤销" in client.get(reverse("pages:registry-person", args=[family.wang.pk])).content.decode()


def test_not_taken_back_after_a_change_or_a_day(town: Town, family: Family) -> None:
    event = record_death(person_id=family.wife.pk, on=TODAY(), source="visit", by=town.hu, now=family.now)
    with pytest.raises(CannotUndo):
        undo_event(event_id=event.pk, by=town.hu, now=family.now + timedelta(hours=25))
    confirm_home(room_id=family.room.pk, state="owned", by=town.he, now=timezone.now())
    with pytest.raises(CannotUndo):
        undo_event(event_id=event.pk, by=town.hu, now=timezone.now())
    assert LifeEvent.objects.get().undone_at is None


def standing() -> list[object]:
    """What holds now: who lives where, belongs to whom, is in which list, and the counts of homes."""
    living = Residence.objects.filter(ended_on=None).order_by("pk").values_list("pk", "person", "room", "lives", "kind")
    members = Membership.objects.filter(ended_on=None).order_by("pk").values_list("pk", "person", "relation")
    persons = Person.objects.order_by("pk").values_list("pk", "ended_on", "marital", "room", "grid_path", "door", "origins")
    marks = sorted(one for person in Person.objects.all() for one in person.marks.values_list("person", "mark"))
    return [list(living), list(members), list(persons), marks, list(Home.objects.values_list("people", "households", "state"))]
