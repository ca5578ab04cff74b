"""Sets that a table brings in: the rows `write_set` would have made, dated; nothing where nothing applies, nothing against a stronger source."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.lookups.load_plan import Decision, Incoming
from shequtong.people.models import Disability, Elderly, Employment, Hardship, Home, Migrant, PartyMember, Person, PersonMark
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.usecases import end_set, give_consent, load_people, take_back_consent, write_set
from shequtong.territory.models import Room
from shequtong.testing.town import NOON, STREET, Town

pytestmark = pytest.mark.django_db
OLD = date(1949, 5, 6)
CARD = make_id(OLD) + "42"
Sets = dict[str, dict[str, Any]]
TOLD: Sets = {
    "migrant": {"permit_number": "苏E0001", "came_on": date(2024, 3, 1), "reason": "work", "origin": "安徽\t六安"},
    "left_behind": {"kind": "elder", "relative_name": "张强", "relative_phone": "16100000007"},
    "elderly": {"living": "alone", "health": "高血压"},
    "disability": {"certificate": CARD, "kind": "4", "grade": "2"},
    "hardship": {"kind": "minimum", "amount": 68_000, "persons": 2, "since_month": date(2025, 5, 1)},
    "family": {"only_child": True, "children": 1},
    "employment": {"state": "retired", "wants": "门卫"},
    "party": {"joined_on": date(2001, 7, 1), "branch": "第一支部", "floating": False, "kind": "full"},
}


def load(town: Town, *rows: Incoming, source: str = "import", now: Any = NOON) -> list[Decision]:
    return load_people(rows=rows, subdistrict=STREET, source=source, under=town.building, by=town.hu, now=now)


def row(room: Room, sets: Sets | None, number: int = 1, **told: Any) -> Incoming:
    since = told.pop("since", None)
    return Incoming(number, {"name": "张三", "id_number": make_id(OLD), **told}, room.pk, since=since, sets=sets)


def says(name: str, **more: Any) -> list[dict[str, Any]]:
    """The rows of a set, opened, the oldest first."""
    columns = (*FACT_OF[name], "valid_from", "ended_on", "source", "recorded_by", *more)
    found = []
    for one in SET_OF[name].model._default_manager.order_by("recorded_at", "id"):
        values = {column: getattr(one, column) for column in columns}
        found.append({key: value.reveal() if hasattr(value, "reveal") else value for key, value in values.items()})
    return found


def marks() -> set[str]:
    return set(PersonMark.objects.values_list("mark", flat=True))


def test_the_same_as_one_by_one(town: Town) -> None:
    """Column by column, and the marks: who is on record gets by the table what the form would have written."""
    room = make_room(town.building)
    person = make_person(room, "张三", id_number=make_id(OLD), now=NOON)
    for name, values in TOLD.items():
        write_set(person_id=person.pk, name=name, values=values, source="import", by=town.hu, now=NOON)
    by_hand, marks_then = {name: says(name) for name in TOLD}, marks()
    places = set(PersonMark.objects.values_list("mark", "grid_path", "door"))
    care = Home.objects.get().care
    PersonMark.objects.all().delete()
    for kind in SET_OF.values():
        kind.model._default_manager.all().delete()
    Home.objects.update(care=False)

    (one,) = load(town, row(room, TOLD))
    assert one.outcome == "updated"
    for name in TOLD:
        assert says(name) == by_hand[name], name
    assert marks() == marks_then == {*TOLD, "alone", "care"}
    assert set(PersonMark.objects.values_list("mark", "grid_path", "door")) == places
    assert (Home.objects.get().care, care) == (True, True)


def test_who_is_new_holds_from_the_day_of_the_row(town: Town) -> None:
    room, since = make_room(town.building), date(2024, 5, 6)
    (one,) = load(town, row(room, TOLD, since=since))
    assert one.outcome == "created"
    assert {each["valid_from"] for name in TOLD for each in says(name)} == {since}
    mark = PersonMark.objects.get(mark="party")
    assert (mark.grid_path, mark.door) == (Person.objects.get().grid_path, Person.objects.get().door)
    assert mark.door
    assert Home.objects.get().care


def test_only_where_it_applies(town: Town) -> None:
    """No, none and nought make no set; that it applies makes one, whatever else is known."""
    room = make_room(town.building)
    nothing: Sets = {
        "party": {"floating": False},
        "elderly": {"allowance": "none"},
        "family": {"children": 0, "only_child": False},
    }
    (one,) = load(town, row(room, nothing))
    assert (one.outcome, one.sets) == ("created", {})
    assert not marks()
    load(town, row(room, {"party": {"yes": True}, "elderly": {"yes": True, "allowance": "none"}}))
    assert marks() == {"party", "elderly"}
    assert Elderly.objects.get().allowance == "none"


def test_again_nothing_changes(town: Town) -> None:
    room = make_room(town.building)
    load(town, row(room, TOLD))
    entries = Entry.objects.count()
    (again,) = load(town, row(room, TOLD), now=NOON + timedelta(days=1))
    assert (again.outcome, again.kept) == ("unchanged", ())
    assert Entry.objects.count() == entries
    assert all(kind.model._default_manager.count() == 1 for kind in SET_OF.values())
    (fewer,) = load(town, row(room, {"migrant": {"reason": "work"}}), now=NOON + timedelta(days=1))
    assert fewer.outcome == "unchanged", "an empty cell empties nothing"


def test_a_change_ends_the_row_and_begins_the_next(town: Town) -> None:
    room, later = make_room(town.building), NOON + timedelta(days=30)
    load(town, row(room, {"hardship": {"kind": "minimum", "amount": 68_000}}))
    (one,) = load(town, row(room, {"hardship": {"amount": 72_000}}), now=later)
    assert one.outcome == "updated"
    old, new = Hardship.objects.order_by("id")
    assert (old.amount, old.ended_on) == (68_000, later.date())
    assert (new.amount, new.kind, new.valid_from, new.ended_on) == (72_000, "minimum", later.date(), None)


def test_a_stronger_source_keeps_its_word_through_later_rows(town: Town) -> None:
    """The grade was seen on the document; a table fills the cause and so writes the row that holds: the grade is the document's still."""
    room = make_room(town.building)
    person = make_person(room, "张三", id_number=make_id(OLD), now=NOON)
    seen = {"grade": "2", "kind": "4"}
    write_set(person_id=person.pk, name="disability", values=seen, source="document", by=town.hu, now=NOON)
    for day, told in enumerate(({"grade": "3", "cause": "外伤"}, {"grade": "3"}, {"cause": "车祸"}), 1):
        (one,) = load(town, row(room, {"disability": told}), now=NOON + timedelta(days=day))
        assert ("disability.grade" in one.kept) == ("grade" in told)
    (holds,) = Disability.objects.filter(ended_on=None)
    assert (holds.grade, holds.kind, holds.cause.reveal(), holds.source) == ("2", "4", "车祸", "import")
    (one,) = load(town, row(room, {"disability": {"grade": "3"}}), source="police", now=NOON + timedelta(days=9))
    assert one.sets["disability"].facts == ("grade",)
    assert Disability.objects.get(ended_on=None).grade == "3"


def test_what_was_ended_by_hand_a_list_does_not_begin_again(town: Town) -> None:
    room = make_room(town.building)
    load(town, row(room, {"hardship": {"kind": "minimum"}}))
    person, later = Person.objects.get(), NOON + timedelta(days=3)
    end_set(person_id=person.pk, name="hardship", why="收入提高", by=town.hu, now=later)
    (one,) = load(town, row(room, {"hardship": {"kind": "minimum"}}), now=later)
    assert (one.outcome, one.kept) == ("unchanged", ("hardship",))
    (one,) = load(town, row(room, {"hardship": {"kind": "minimum"}}), source="document", now=later)
    assert one.outcome == "updated"
    assert Hardship.objects.filter(ended_on=None).count() == 1


def test_a_certificate_says_kind_and_grade_and_a_wrong_one_is_refused(town: Town) -> None:
    room = make_room(town.building)
    bad, good = load(
        town,
        row(room, {"disability": {"certificate": CARD[:-1] + "9"}}, name="李四", id_number=make_id(date(1980, 1, 1))),
        row(room, {"disability": {"certificate": CARD}}, 2),
    )
    assert (bad.outcome, bad.fact, good.outcome) == ("refused", "disability.certificate", "created")
    assert (Disability.objects.get().kind, Disability.objects.get().grade) == ("4", "2")
    assert "care" in marks()


def test_a_day_that_cannot_be_is_refused_and_a_set_does_not_begin_ahead(town: Town) -> None:
    room, tomorrow = make_room(town.building), timezone.localdate() + timedelta(days=1)
    (bad,) = load(town, row(room, {"party": {"joined_on": tomorrow}}))
    assert (bad.outcome, bad.fact) == ("refused", "party.joined_on")
    load(town, row(room, {"migrant": {"permit_until": tomorrow}}, since=NOON.date() + timedelta(days=9)))
    assert (Migrant.objects.get().permit_until, Migrant.objects.get().valid_from) == (tomorrow, NOON.date())


def test_marks_that_follow_no_more_are_taken_away(town: Town) -> None:
    room = make_room(town.building)
    load(town, row(room, {"elderly": {"living": "alone"}, "party": {"yes": True}}))
    assert marks() == {"elderly", "party", "alone", "care"}
    assert Home.objects.get().care
    load(town, row(room, {"elderly": {"living": "children"}}), now=NOON + timedelta(days=1))
    assert marks() == {"elderly", "party"}
    assert not Home.objects.get().care


def test_consent_taken_back_is_not_brought_in_again(town: Town) -> None:
    room = make_room(town.building)
    person = make_person(room, "张三", id_number=make_id(OLD), now=NOON)
    give_consent(person_id=person.pk, group="job_wish", how="paper", by=town.hu, now=NOON)
    take_back_consent(person_id=person.pk, group="job_wish", how="paper", by=town.hu, now=NOON)
    load(town, row(room, {"employment": {"state": "unemployed", "wants": "门卫"}}))
    held = Employment.objects.get()
    assert (held.state, held.wants) == ("unemployed", "")


def test_the_trace_names_facts_and_persons_and_says_nothing_of_them(town: Town) -> None:
    room = make_room(town.building)
    load(town, row(room, None))
    load(town, row(room, TOLD), row(make_room(town.building, name="601"), TOLD, 2, name="李四", id_number=""))
    trace = Entry.objects.filter(what="people.loaded").latest("id").facts
    told = json.loads(trace) if isinstance(trace, str) else trace
    old, new = Person.objects.order_by("id")
    assert told["sets"]["party"] == [old.pk, new.pk]
    assert {"disability.certificate", "party.branch", "hardship.amount"} <= set(told["updated"][0]["facts"])
    words = json.dumps(told, ensure_ascii=False)
    assert not any(value in words for value in (CARD, "第一支部", "高血压", "68000", "六安", "minimum"))


def test_who_gao_cannot_reach_gao_cannot_change(town: Town) -> None:
    room = make_room(town.building)
    make_person(room, "张三", id_number=make_id(OLD), now=NOON)
    (one,) = load_people(rows=[row(room, TOLD)], subdistrict=STREET, source="import", under=town.building, by=town.gao, now=NOON)
    assert one.outcome == "refused"
    assert not Migrant.objects.exists()


def test_statements_are_few_whatever_the_rows(town: Town) -> None:
    """A table without set columns costs none more; with two sets a dozen a batch, not one a row."""

    def statements(count: int, first: int, sets: Sets | None, again: bool = False) -> int:
        rooms = [make_room(town.building, name=f"{first + number}") for number in range(count)]
        rows = [row(room, sets, at, id_number=make_id(date(1950, 1, 1), first + at)) for at, room in enumerate(rooms)]
        with CaptureQueriesContext(connection) as seen:
            assert {one.outcome for one in load(town, *rows)} == {"updated" if again else "created"}
        return len(seen)

    two: Sets = {"elderly": {"living": "alone"}, "party": {"joined_on": date(2001, 7, 1)}}
    statements(2, 100, None)
    without, few = statements(2, 200, None), statements(2, 300, two)
    assert statements(30, 400, two) <= few + 1
    assert few <= without + 7
    changed = statements(30, 400, {"elderly": {"living": "couple"}, "party": {"branch": "第一支部"}}, again=True)
    assert changed <= without + 14
    assert PartyMember.objects.filter(ended_on=None).count() == 32
