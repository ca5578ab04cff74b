"""Of whom a set can be: said by the form, at the cell of a table, by every writer; what stands stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from shequtong.people.lookups.load_plan import Incoming
from shequtong.people.models import Disability, Elderly, LeftBehind, PartyMember, Person
from shequtong.people.set_rules import UnfitSet, Whom, unfit
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.tests.test_registry import post, signed_in
from shequtong.people.usecases import NewRequest, ask_rights, change_person, end_set, load_people, write_set
from shequtong.testing.town import NOON, STREET, Town

DAY = date(2026, 4, 13)


def born(years: int, later: int = 0) -> date:
    """Whose birthday of so many years is the day, or so many days after it."""
    return date(DAY.year - years, DAY.month, DAY.day) + timedelta(days=later)


@pytest.mark.parametrize(
    ("name", "told", "of", "fact"),
    [
        ("elderly", {}, Whom(born(60, 1)), ""),
        ("left_behind", {"kind": "child"}, Whom(born(16)), "kind"),
        ("left_behind", {"kind": "elder"}, Whom(born(60, 1)), "kind"),
        ("left_behind", {"kind": "woman"}, Whom(born(40), "1"), "kind"),
        ("left_behind", {"kind": "woman"}, Whom(born(18, 1), "2"), "kind"),
        ("party", {}, Whom(born(18, 1)), ""),
        ("party", {"joined_on": DAY - timedelta(days=1)}, Whom(born(18)), "joined_on"),
        ("employment", {"state": "employed"}, Whom(born(16, 1)), "state"),
        ("employment", {"state": "retired"}, Whom(born(45, 1)), "state"),
        ("employment", {"aid": "4050"}, Whom(born(40), "1"), "aid"),
        ("employment", {"out_since": DAY - timedelta(days=1)}, Whom(born(16)), "out_since"),
        ("family", {"children": 1}, Whom(born(12, 1)), "children"),
        ("hardship", {"since_month": date(1999, 1, 1)}, Whom(date(2000, 1, 1)), "since_month"),
        ("migrant", {"came_on": DAY, "leaves_on": DAY - timedelta(days=1)}, Whom(None), "leaves_on"),
    ],
)
def test_what_cannot_be(name: str, told: dict[str, Any], of: Whom, fact: str) -> None:
    wrong = unfit(name, told, of, DAY)
    assert wrong is not None
    assert wrong[0] == fact


@pytest.mark.parametrize(
    ("name", "told", "of"),
    [
        ("elderly", {}, Whom(born(60))),
        ("elderly", {}, Whom(None)),
        ("left_behind", {"kind": "child"}, Whom(born(16, 1))),
        ("left_behind", {"kind": "woman"}, Whom(born(18), "2")),
        ("left_behind", {"kind": ""}, Whom(born(30))),
        ("party", {"joined_on": DAY}, Whom(born(18))),
        ("employment", {"state": "study"}, Whom(born(7))),
        ("employment", {"state": "retired", "aid": "4050"}, Whom(born(45), "2")),
        ("disability", {"grade": "1"}, Whom(born(2))),
        ("family", {"childcare": "nursery"}, Whom(born(2))),
    ],
)
def test_what_can(name: str, told: dict[str, Any], of: Whom) -> None:
    assert unfit(name, told, of, DAY) is None


def test_the_form_says_so_before_and_after(town: Town) -> None:
    person = make_person(make_room(town.building), "张三", born_on=date(1988, 1, 1), now=timezone.now())
    client = signed_in(town, "hu")
    for name, sent, words in (
        ("elderly", {"living": "alone"}, "60"),
        ("left_behind", {"kind": "child"}, "16"),
        ("party", {"kind": "full", "joined_on": "2001-07-01"}, "18"),
    ):
        url = reverse("people:desk-set", args=[person.pk, name])
        assert words in client.get(url).context["rule"]
        answer = post(client, url, source="visit", **sent)
        assert answer.status_code == 422
        assert any(words in one for errors in answer.context["form"].errors.values() for one in errors)
    assert not any(model._default_manager.exists() for model in (Elderly, LeftBehind, PartyMember))


def test_at_the_cell_of_a_table_and_the_others_come_in(town: Town) -> None:
    room = make_room(town.building)
    young, old = (
        {"name": name, "id_number": make_id(day)} for name, day in (("张三", date(1988, 1, 1)), ("李四", date(1950, 1, 1)))
    )
    rows = [Incoming(n, facts, room.pk, sets={"elderly": {"living": "alone"}}) for n, facts in ((1, young), (2, old))]
    refused, taken = load_people(rows=rows, subdistrict=STREET, source="import", under=town.building, by=town.hu, now=NOON)
    assert (refused.outcome, refused.fact, "60" in refused.why) == ("refused", "elderly.living", True)
    assert taken.outcome == "created"
    assert Elderly.objects.get().person.name.reveal() == "李四"


def test_what_stands_stays_and_can_be_ended_only(town: Town) -> None:
    """As of before there was a rule: nothing is deleted, nothing more is written on top of it."""
    number = make_id(date(1988, 1, 1))
    person = make_person(room := make_room(town.building), "张三", id_number=number, now=NOON)
    Elderly.objects.create(
        subdistrict_id=STREET, person=person, living="alone", source="visit", valid_from=NOON.date(), recorded_at=NOON
    )
    with pytest.raises(UnfitSet):
        write_set(
            person_id=person.pk, name="elderly", values={"living": "couple"}, source="visit", by=town.hu, now=timezone.now()
        )
    facts = {"name": "张三", "id_number": number}
    same = Incoming(1, facts, room.pk, sets={"elderly": {"living": "alone"}})
    (one,) = load_people(rows=[same], subdistrict=STREET, source="import", under=town.building, by=town.hu, now=NOON)
    assert one.outcome == "unchanged"
    assert Elderly.objects.get().ended_on is None


def elder(town: Town, **facts: Any) -> Person:
    """Somebody on record as born in 1950, and as elderly."""
    told = {"born_on": date(1950, 1, 1), "id_kind": "414", "id_number": "E12345678", **facts}
    person = make_person(make_room(town.building), "张三", now=NOON, **told)
    write_set(person_id=person.pk, name="elderly", values={"living": "alone"}, source="visit", by=town.hu, now=NOON)
    return person


def test_another_birthday_asks_what_stands_at_the_form(town: Town) -> None:
    person, client = elder(town), signed_in(town, "hu")
    url, young = (
        reverse("people:desk-change", args=[person.pk]),
        {"born_on": "1996-01-01", "source": "visit", "mistaken": "on", "version": person.version},
    )
    answer = post(client, url, **young)
    said = " ".join(one for errors in answer.context["form"].errors.values() for one in errors)
    assert (answer.status_code, "老年人" in said, "60" in said, "先" in said) == (422, True, True, True), said
    person.refresh_from_db()
    assert (person.born_on, Elderly.objects.get().ended_on) == (date(1950, 1, 1), None)
    assert post(client, url, **{**young, "born_on": "1952-03-01"}).status_code == 302, "as old as the set asks"
    person.refresh_from_db()
    assert (
        post(
            client, reverse("people:desk-set-end", args=[person.pk, "elderly"]), why="出生日期登记错误", source="visit"
        ).status_code
        == 302
    )
    assert post(client, url, **{**young, "version": person.version}).status_code == 302


def test_another_birthday_asks_what_stands_where_a_correction_is_decided(town: Town) -> None:
    person = elder(town)
    new = NewRequest("correct", fact="born_on", proposed="1996-01-01")
    request = ask_rights(person_id=person.pk, new=new, by=town.hu, now=timezone.now())
    told = {"done": "yes", "answer": "已按您的身份证更正。", "source": "resident"}
    url, client = reverse("people:desk-right", args=[request.pk]), signed_in(town, "hu")
    answer = post(client, url, **told)
    assert (answer.status_code, "老年人" in answer.content.decode()) == (422, True)
    request.refresh_from_db()
    assert request.answered_at is None, "it waits until the office has ended the set"
    end_set(person_id=person.pk, name="elderly", why="出生日期登记错误", by=town.hu, now=timezone.now())
    assert post(client, url, **told).status_code == 302
    person.refresh_from_db()
    assert person.born_on == date(1996, 1, 1)


@pytest.mark.parametrize("ends", [False, True])
def test_another_birthday_asks_what_stands_in_a_table(town: Town, ends: bool) -> None:
    """Unless the row ends the set itself."""
    person = elder(town)
    facts = {"name": "张三", "id_kind": "414", "id_number": "E12345678", "born_on": date(1996, 1, 1)}
    row = Incoming(1, facts, person.room_id, sets={"elderly": {"yes": False}} if ends else None)
    (one,) = load_people(rows=[row], subdistrict=STREET, source="visit", under=town.building, by=town.hu, now=NOON)
    person.refresh_from_db()
    if ends:
        assert (one.outcome, str(person.born_on)[:4]) == ("updated", "1996"), one.why
    else:
        assert (one.outcome, one.fact, "老年人" in one.why) == ("refused", "id_number", True)
        assert (str(person.born_on)[:4], Elderly.objects.get().ended_on) == ("1950", None)


def test_what_did_not_fit_before_holds_no_correction_up(town: Town) -> None:
    person = elder(town)
    Person.objects.update(born_on=date(1990, 1, 1))
    who, told = person.pk, {"born_on": date(1991, 1, 1)}
    found = change_person(person_id=who, changes=told, source="visit", by=town.hu, now=timezone.now(), mistaken=True)
    assert found.born_on == date(1991, 1, 1)


def test_several_kinds_of_disability_are_named_beside_multiple_alone(town: Town) -> None:
    person, client = make_person(make_room(town.building), "张三", now=NOON), signed_in(town, "hu")
    url = reverse("people:desk-set", args=[person.pk, "disability"])
    assert "多重残疾" in client.get(url).content.decode()
    for kind, kinds, status in (("4", "视力、肢体", 422), ("7", "视力、耳背", 422), ("7", "肢体 视力", 302)):
        assert post(client, url, kind=kind, kinds=kinds, source="visit").status_code == status, (kind, kinds)
    assert Disability.objects.get().kinds == "视力残疾、肢体残疾"
