"""Many at once: the same rules as one by one, each row for itself, once however often it comes, and nothing of anybody in the trace."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shequtong.audit.models import Entry
from shequtong.people.lookups.load_plan import Decision, Incoming, plan_of
from shequtong.people.models import Home, Household, Membership, Person, PersonPast, PersonTerm, Residence
from shequtong.people.terms import KINDS
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.usecases import NewPerson, load_people, register_person
from shequtong.territory.models import Room
from shequtong.testing.town import NOON, STREET, Town

pytestmark = pytest.mark.django_db
FACTS: dict[str, Any] = {
    "name": "单小红",
    "id_number": make_id(date(1985, 6, 7), 22),
    "phone": "16100000001",
    "ethnicity": "01",
    "workplace": "枫桥路\t12号\\一楼",
    "occupation": "=1+1",
    "native_place": "",
}


def load(town: Town, *rows: Incoming, by: Any = None, source: str = "import") -> list[Decision]:
    return load_people(rows=rows, subdistrict=STREET, source=source, under=town.building, by=by or town.hu, now=NOON)


def row(room: Room, number: int = 1, **told: Any) -> Incoming:
    facts = {name: told.pop(name) for name in list(told) if name not in Incoming.__dataclass_fields__}
    return Incoming(number, {"name": "张三", **facts}, room.pk, **told)


def outcomes(decisions: list[Decision]) -> list[str]:
    return [one.outcome for one in decisions]


def columns(thing: Any) -> dict[str, Any]:
    """What a row says, opened where it is sealed, without its ids."""
    found = {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
    own = ("id", "person_id", "household_id", "id_hash", "phone_hash", "recorded_by", "account_id", "room_id", "door")
    return {name: value.reveal() if hasattr(value, "reveal") else value for name, value in found.items() if name not in own}


def test_the_same_as_one_by_one(town: Town) -> None:
    """Column by column: the person, what finds them, residence, membership, household and home."""
    there, here = make_room(town.building, name="501"), make_room(town.building, name="502")
    how: dict[str, Any] = {"kind": "tenant", "registered": True, "relation": "02", "since": date(2024, 1, 2)}
    new = NewPerson({**FACTS}, room_id=there.pk, source="import", **how)
    one = register_person(new=new, by=town.hu, now=NOON)
    state = {model: columns(model._default_manager.get()) for model in (Person, Residence, Membership, Household, Home)}
    terms = list(PersonTerm.objects.order_by("id").values_list(*KINDS.values()))
    found_by = (one.id_hash, one.phone_hash, one.recorded_by, one.account_id)
    for model in (PersonTerm, Membership, Household, Residence, Home, Person):
        model._default_manager.all().delete()

    assert outcomes(load(town, row(here, **FACTS, **how))) == ["created"]

    for model, columns_then in state.items():
        assert columns(model._default_manager.get()) == columns_then, model.__name__
    made = Person.objects.get()
    assert list(PersonTerm.objects.order_by("id").values_list(*KINDS.values())) == terms
    assert (made.id_hash, made.phone_hash, made.recorded_by, made.account_id) == found_by
    assert (made.room_id, made.building_id, Home.objects.get().room_id) == (here.pk, town.building.pk, here.pk)
    assert made.door


def test_once_however_often(town: Town) -> None:
    room = make_room(town.building)
    rows = [row(room, 1, **FACTS, relation="02"), row(room, 2, name="李小明", born_on=date(2015, 3, 4), relation="20")]
    assert outcomes(load(town, *rows)) == ["created", "created"]
    entries = Entry.objects.count()
    assert outcomes(load(town, *rows)) == ["unchanged", "unchanged"]
    assert Entry.objects.count() == entries, "nothing happened, nothing is traced"
    assert (Person.objects.count(), Residence.objects.count(), Membership.objects.count()) == (2, 2, 2)
    assert Home.objects.get().people == 2


def test_a_batch_is_one_trace_without_a_value(town: Town) -> None:
    room = make_room(town.building)
    make_person(room, "张三", id_number=make_id(), source="import", now=NOON)
    load(town, row(room, 1, **FACTS), row(room, 2, id_number=make_id(), occupation="木工"))
    trace = Entry.objects.get(what="people.loaded")
    told = json.loads(trace.facts) if isinstance(trace.facts, str) else trace.facts
    new, old = Person.objects.order_by("-id").first(), Person.objects.order_by("id").first()
    assert new
    assert old
    assert told["created"] == [new.pk]
    assert told["updated"] == [{"id": old.pk, "facts": ["occupation"], "home": False}]
    assert not any(value in json.dumps(told, ensure_ascii=False) for value in ("单小红", "木工", "1610000", FACTS["id_number"]))


def test_a_weaker_source_leaves_what_a_stronger_one_said(town: Town) -> None:
    """The phone was told by the resident: the table may fill what is empty, not overwrite it; an empty cell empties nothing."""
    room = make_room(town.building)
    known = make_person(room, "张三", id_number=make_id(), phone="16100000009", source="resident", now=NOON)
    (one,) = load(town, row(room, id_number=make_id(), phone="16100000001", schooling="20"))
    known.refresh_from_db()
    assert (one.outcome, one.kept) == ("updated", ("phone",))
    assert known.phone.matches("16100000009")
    assert known.schooling == "20"
    (one,) = load(town, row(room, id_number=make_id(), phone="16100000001"), source="police")
    known.refresh_from_db()
    assert known.phone.matches("16100000001")
    assert known.origins["phone"][0] == "police"
    assert known.schooling == "20"
    assert '"16100000009"' in PersonPast.objects.order_by("-id")[0].state.reveal()


def test_known_by_name_birthday_and_door_where_a_number_is_missing(town: Town) -> None:
    room, other = make_room(town.building), make_room(town.building, name="601")
    make_person(room, "张三", born_on=date(1990, 1, 1), now=NOON)
    (one,) = load(town, row(room, born_on=date(1990, 1, 1), id_number=make_id()))
    assert (one.outcome, one.by_name) == ("updated", True)
    assert Person.objects.get().id_number.matches(make_id())
    assert outcomes(load(town, row(other, born_on=date(1990, 1, 1)))) == ["created"], "behind another door it is another"
    assert outcomes(load(town, row(room, born_on=date(1991, 1, 1)))) == ["created"]


def test_who_moved_lives_behind_the_new_door_alone(town: Town) -> None:
    old, new = make_room(town.building, name="501"), make_room(town.building, name="502")
    load(town, row(old, **FACTS, relation="02"))
    assert outcomes(load(town, row(new, **FACTS, relation="02"))) == ["updated"]
    assert Person.objects.get().room_id == new.pk
    assert list(Home.objects.order_by("room").values_list("people", "households")) == [(0, 0), (1, 1)]
    strong = make_person(old, "王五", id_number=make_id(date(1970, 1, 1)), source="police", now=NOON)
    (one,) = load(town, row(new, name="王五", id_number=make_id(date(1970, 1, 1))))
    assert (one.outcome, one.fact) == ("refused", "home")
    strong.refresh_from_db()
    assert strong.room_id == old.pk


def test_an_owner_who_lives_elsewhere(town: Town) -> None:
    home, owned = make_room(town.building, name="501"), make_room(town.building, name="502")
    load(town, row(home, **FACTS, relation="02"))
    assert outcomes(load(town, row(owned, **FACTS, kind="owner", lives=False))) == ["updated"]
    assert Person.objects.get().room_id == home.pk
    assert Residence.objects.filter(ended_on=None).count() == 2
    assert list(Home.objects.order_by("room").values_list("people", flat=True)) == [1, 0]


def test_households_by_the_head_that_is_told(town: Town) -> None:
    """A second head opens a second household; a member told of a head who comes later waits for them, in another batch too."""
    room = make_room(town.building)
    load(
        town,
        row(room, 1, name="张三", relation="02"),
        row(room, 2, name="张小三", relation="20"),
        row(room, 3, name="李四", relation="02"),
        row(room, 4, name="李小四", relation="20"),
        row(room, 5, name="张小妹", relation="30", head="张三"),
        row(room, 6, name="王小五", relation="20", head="王五"),
    )
    load(town, row(room, 7, name="王五", relation="02", head="王五"))
    names = {
        frozenset(each.person.name.reveal() for each in Membership.objects.filter(household=one).select_related("person"))
        for one in Household.objects.all()
    }
    assert names == {
        frozenset({"张三", "张小三", "张小妹"}),
        frozenset({"李四", "李小四"}),
        frozenset({"王五", "王小五"}),
    }
    assert Home.objects.get().households == 3


@pytest.mark.parametrize(
    ("told", "fact"),
    [
        ({"name": " "}, "name"),
        ({"name": "张*"}, "name"),
        ({"phone": "161****0001"}, "phone"),
        ({"id_number": make_id()[:-1] + ("0" if make_id()[-1] != "0" else "1")}, "id_number"),
    ],
)
def test_a_wrong_row_is_refused_and_others_come(town: Town, told: dict[str, Any], fact: str) -> None:
    room = make_room(town.building)
    bad, good = load(town, row(room, 1, **told), row(room, 2, name="李四"))
    assert (bad.outcome, bad.fact, good.outcome) == ("refused", fact, "created")
    assert bad.why
    assert Person.objects.count() == 1


def test_twice_in_one_batch(town: Town) -> None:
    room, other = make_room(town.building), make_room(town.building, name="601")
    rows = [row(room, 4, **FACTS), row(other, 9, **FACTS), row(room, 11, name="李四"), row(room, 12, name="李四")]
    found = load(town, *rows)
    assert outcomes(found) == ["created", "refused", "created", "refused"]
    assert "4" in found[1].why


def test_not_behind_the_doors_of_others(town: Town) -> None:
    """Gao of the next street brings nobody in here, and is told no more than that the door is not theirs."""
    room = make_room(town.building)
    (one,) = load(town, row(room, **FACTS), by=town.gao)
    assert (one.outcome, one.fact) == ("refused", "home")
    assert not Person.objects.exists()


def test_looking_writes_nothing(town: Town) -> None:
    room = make_room(town.building)
    plan = plan_of(rows=[row(room, **FACTS)], subdistrict=STREET, source="import", by=town.hu)
    assert [one.outcome for one in plan.decisions] == ["created"]
    assert not Person.objects.exists()


def test_statements_do_not_grow_with_the_rows(town: Town) -> None:
    def statements(count: int, first: int) -> int:
        rooms = [make_room(town.building, name=f"{first + number}") for number in range(count)]
        rows = [row(room, at, id_number=make_id(date(1980, 1, 1), first + at), relation="02") for at, room in enumerate(rooms)]
        with CaptureQueriesContext(connection) as seen:
            assert set(outcomes(load(town, *rows))) == {"created"}
        return len(seen)

    few = statements(2, 200)
    assert statements(30, 300) <= few + 1
    assert few <= 30
