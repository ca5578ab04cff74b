"""What cannot be is refused in words and nothing of it stays; a form that was filled in from what stood before changes nothing; no look goes unnoted."""

from datetime import date, timedelta
from typing import Any

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import SecurityEvent
from shequtong.core.submissions import new_submit_key
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.forms import LONGEST, field_of
from shequtong.people.lookups.load_plan import Incoming
from shequtong.people.models import Elderly, Home, LifeEvent, Person, Residence
from shequtong.people.testing import make_person, make_room
from shequtong.people.tests.test_life import Family, life, sent
from shequtong.people.tests.test_registry import old_wang, post, signed_in
from shequtong.people.usecases import NewRequest, ask_rights, confirm_home, load_people, write_set
from shequtong.territory.models import Building
from shequtong.testing.town import Town

TOMORROW = "tomorrow"  # of the moment a test begins: a run may pass midnight
RECORD = {"step": "record"}


def _tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def _now(told: dict[str, Any]) -> dict[str, Any]:
    return {name: str(_tomorrow()) if value == TOMORROW else value for name, value in told.items()}


@pytest.fixture
def family(town: Town) -> Family:
    return Family(town)


@pytest.mark.parametrize(
    ("who", "event", "more"),
    [
        ("wang", "death", {"on": TOMORROW}),
        ("wang", "death", {"on": "1949-12-31"}),  # the day before he was born
        ("wang", "move_out", {"on": "0001-01-01"}),
        ("wang", "death", {"widowed": "999"}),
        ("wang", "head", {"new_head": "999"}),
        ("wang", "marriage", {"spouse": "王小明"}),
        ("wang", "marriage", {"spouse": "王德发"}),
        ("child", "birth", {"sex": "1", "name": "王小小"}),
        ("child", "marriage", {}),
        ("child", "move_in", {"door": "枫桥路12号3幢1单元501"}),  # where they are
        ("wang", "move_in", {"door": "竹园路5号9幢1单元101"}),  # another street's
        ("wife", "move_in", {"door": "3幢1单元501", "together": ["999", "9" * 5_000]}),
    ],
)
def test_what_cannot_be_is_refused_and_the_form_keeps_what_was_typed(
    town: Town, family: Family, who: str, event: str, more: dict[str, Any]
) -> None:
    make_room(town.next_building, floor=1)
    more = _now(more)
    child = family._member("王小丽", "22", "2", timezone.localdate() - timedelta(days=365 * 3))
    hu, person = signed_in(town, "hu"), child if who == "child" else getattr(family, who)
    url, before = life(person, event), {one.pk: one.version for one in Person.objects.all()}
    told = sent(hu, url, **more)
    answer = hu.post(url, told | RECORD | {"submit_key": new_submit_key(hu.get(url).wsgi_request)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "error-summary" in page or "alert" in page
    assert all(str(value) in page for name, value in more.items() if name in ("on", "door", "spouse", "name"))
    assert {one.pk: one.version for one in Person.objects.all()} == before
    assert not LifeEvent.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"born_on": TOMORROW},
        {"born_on": "0001-01-01"},
        {"on": TOMORROW},
        {"born_on": "2020-05-01", "on": "2020-04-30"},
        {"id_until": "9999-12-31"},
        {"phone": "161****0001"},
        {"name": "李*"},
        {"household": "999"},
    ],
    ids=str,
)
def test_nobody_is_registered_with_what_cannot_be(town: Town, told: dict[str, str]) -> None:
    hu, url, told = signed_in(town, "hu"), reverse("people:desk-register", args=[make_room(town.building).pk]), _now(told)
    answer = post(hu, url, **{"name": "李四", "kind": "tenant", "lives": "on", "source": "visit", **told})
    assert answer.status_code == 422
    assert all(f'value="{value}"' in answer.content.decode() for name, value in told.items() if name != "household")
    assert not Person.objects.exists()


def test_an_empty_home_is_empty_no_more_when_somebody_is_registered_there(town: Town) -> None:
    room, hu = make_room(town.building), signed_in(town, "hu")
    confirm_home(room_id=room.pk, state="empty", by=town.hu, now=timezone.now())
    url = reverse("people:desk-register", args=[room.pk])
    post(hu, url, name="李四", kind="tenant", lives="on", source="visit")
    home = Home.objects.get()
    assert (home.state, home.people, home.due_on) == ("let", 1, timezone.localdate() + timedelta(days=90))


def test_a_set_that_somebody_else_changed_meanwhile_is_not_put_back(town: Town) -> None:
    person, hu = old_wang(town), signed_in(town, "hu")
    now = timezone.now()
    write_set(person_id=person.pk, name="elderly", values={"living": "alone"}, source="visit", by=town.hu, now=now)
    url = reverse("people:desk-set", args=[person.pk, "elderly"])
    told = sent(hu, url)
    write_set(person_id=person.pk, name="elderly", values={"living": "couple"}, source="visit", by=town.hu, now=now)
    assert post(hu, url, **told).status_code == 422
    assert Elderly.objects.get(ended_on=None).living == "couple"


@pytest.mark.parametrize("address", ["people:desk-set", "people:desk-set-end"])
def test_a_set_ends_on_no_day_before_it_began(town: Town, address: str) -> None:
    person, hu = old_wang(town), signed_in(town, "hu")
    write_set(person_id=person.pk, name="elderly", values={"living": "alone"}, source="visit", by=town.hu, now=timezone.now())
    answer = post(hu, reverse(address, args=[person.pk, "elderly"]), living="couple", why="搬离", source="visit", on="2020-01-01")
    assert answer.status_code == 422
    assert Elderly.objects.get().ended_on is None


def test_each_search_is_noted_though_the_key_of_one_form_is_used_for_all(town: Town) -> None:
    person, hu = old_wang(town), signed_in(town, "hu")
    door = reverse("people:desk-life-who", args=[person.room_id])
    for url, words in (
        (reverse("people:desk-find"), ("王德发", "王德发", "16100000001", "李桂英")),
        (door, ("赵一", "赵一", "赵二")),
    ):
        key = new_submit_key(hu.get(reverse("people:desk-persons")).wsgi_request)
        for one in words:
            assert hu.post(url, {"submit_key": key, "q": one}).status_code == 200
    assert SecurityEvent.objects.filter(kind="searched").count() == 5


def test_a_whole_record_is_not_shown_again_an_hour_later_under_the_first_look(town: Town) -> None:
    request = ask_rights(person_id=old_wang(town).pk, new=NewRequest("copy"), by=town.hu, now=timezone.now())
    hu, url = signed_in(town, "hu"), reverse("people:desk-right-show", args=[request.pk])
    key = new_submit_key(hu.get(url).wsgi_request)
    assert [hu.post(url, {"submit_key": key}).status_code for _press in range(2)] == [200, 200]
    SecurityEvent.objects.filter(kind="revealed").update(at=timezone.now() - timedelta(hours=1))
    assert hu.post(url, {"submit_key": key}).status_code == 422


def test_members_of_one_mask_are_told_apart(town: Town, family: Family) -> None:
    years = (7, 5)
    for years_old in years:
        family._member(f"王{years_old}妹", "22", "2", timezone.localdate() - timedelta(days=366 * years_old))
    hu, url = signed_in(town, "hu"), life(family.wang, "death")
    form = hu.get(url).context["form"]
    labels = [str(field.label) for name, field in form.fields.items() if name.startswith("relation_")]
    assert len(set(labels)) == len(labels) >= 4
    page = post(hu, url, **(sent(hu, url) | {"step": "look"}))
    assert len(set(page.context["sentences"])) == len(page.context["sentences"])


def test_a_grid_worker_reaches_no_door_of_another_grid(town: Town) -> None:
    Building.objects.filter(pk=town.building.pk).update(grid=town.other_grid, grid_path=town.other_grid.path)
    there = make_person(make_room(town.building), "赵一", now=timezone.now())
    worker, room = signed_in(town, "he"), there.room_id
    for url in (
        reverse("pages:registry-person", args=[there.pk]),
        reverse("pages:registry-door", args=[room]),
        reverse("people:desk-register", args=[room]),
        life(there, "move_out"),
        f"{reverse('people:desk-life-who', args=[room])}",
    ):
        assert worker.get(url).status_code == 404
        assert worker.post(url, {"submit_key": "x"}).status_code in (404, 405)
    assert Residence.objects.filter(ended_on=None).count() == 1


def test_rows_of_a_table_are_held_to_the_same_days(town: Town) -> None:
    room, today = make_room(town.building), timezone.localdate()
    confirm_home(room_id=room.pk, state="empty", by=town.hu, now=timezone.now())
    told = [
        Incoming(1, {"name": "赵一", "born_on": _tomorrow()}, room.pk),
        Incoming(2, {"name": "赵二", "born_on": date(1800, 1, 1)}, room.pk),
        Incoming(3, {"name": "赵三", "born_on": date(2020, 5, 1)}, room.pk, since=date(2014, 4, 29), kind="owner"),
        Incoming(4, {"name": "赵四", "born_on": date(1990, 1, 1), "id_until": date(2040, 1, 1)}, room.pk),
    ]
    place = town.building.subdistrict_id
    found = load_people(rows=told, subdistrict=place, source="import", under=town.building, by=town.hu, now=timezone.now())
    assert [one.fact for one in found] == ["born_on", "born_on", "", ""]
    assert Residence.objects.get(person__born_on=date(2020, 5, 1)).valid_from == date(2020, 5, 1)
    assert (Home.objects.get().state, Home.objects.get().due_on) == ("owned", today + timedelta(days=365))


@pytest.mark.parametrize(("state", "seen"), [("empty", False), ("to_let", False), ("owned", True)])
def test_who_is_on_record_in_a_home_found_empty_was_not_seen(town: Town, state: str, seen: bool) -> None:
    person, today = old_wang(town), timezone.localdate()
    assert person.confirmed_on != today
    confirm_home(room_id=person.room_id, state=state, by=town.hu, now=timezone.now())
    assert (Person.objects.get().confirmed_on == today) is seen


def test_the_page_of_a_past_day_tells_nothing_that_came_later(town: Town, family: Family) -> None:
    hu, url = signed_in(town, "hu"), life(family.wife, "move_out")
    assert post(hu, url, **(sent(hu, url) | RECORD)).status_code == 302
    undo = reverse("people:desk-life-undo", args=[LifeEvent.objects.get().pk])
    yesterday = timezone.localdate() - timedelta(days=1)
    for page in (reverse("pages:registry-door", args=[family.room.pk]), reverse("pages:registry-person", args=[family.wang.pk])):
        assert undo not in hu.get(page, {"on": str(yesterday)}).content.decode()
    door = reverse("pages:registry-door", args=[family.room.pk])
    assert undo in hu.get(door).content.decode()


def test_no_text_of_a_form_is_longer_than_its_column() -> None:
    """SQLite would take it; PostgreSQL answers with an error."""
    checked = 0
    for name, facts in FACT_OF.items():
        model = SET_OF[name].model if name else Person
        for fact in facts.values():
            column, field = getattr(model._meta.get_field(fact.name), "max_length", None), field_of(fact)
            if column and isinstance(field, forms.CharField):
                assert (field.max_length or LONGEST) <= column, fact.name
                checked += 1
    assert checked > 5
