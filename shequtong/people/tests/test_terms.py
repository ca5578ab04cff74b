"""Search terms: four kinds, each in a column with an index of its own; whoever was on record before the columns came is found by them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from shequtong.core.sealed.fields import SealedTextField
from shequtong.people.lookups.listed import Wanted, persons_of
from shequtong.people.models import Person, PersonTerm
from shequtong.people.terms import KINDS, asked, holding, pieces_of, rows_of
from shequtong.people.testing import make_person, make_room
from shequtong.people.verification import findings
from shequtong.testing.town import NOON, STREET, Town

SAID = (
    "欧阳建国",
    "欧阳",
    "建国",
    "欧阳娜娜",
    "单",
    "shanxiaohong",
    "sxh",
    "ouyangjianguo",
    "jianguo",
    "5678",
    "0002",
    "john",
    "smith",
)
_fill = import_module("shequtong.people.migrations.0009_terms_of_people")


def test_a_person_is_as_many_rows_as_the_longest_kind() -> None:
    pieces = pieces_of(["张建国", ""], phones=["16112345678", "", "0512-65551234"])
    rows = rows_of(pieces)
    assert sorted(pieces) == ["b:建国", "b:张建", "i:zjg", "p:jianguo", "p:zhangjianguo", "t:1234", "t:5678"]
    assert len(rows) == 2
    assert all(set(row) == set(KINDS.values()) for row in rows)
    assert sum(term is not None for row in rows for term in row.values()) == len(pieces)
    assert rows_of(()) == []
    assert len(rows_of(pieces_of(["阿不都热合曼·买买提"]))) == 8, "every two neighbouring characters"


def test_who_is_asked_for_by_any_word_has_a_term_of_it() -> None:
    assert {piece[0] for said in SAID for piece in asked(said)} == set(KINDS), "no kind is kept that nobody can ask for"


@pytest.mark.django_db
def test_found_as_before_by_the_migration(town: Town) -> None:
    """The same people by the same words, whether the use-cases or the migration made their rows; broken off, it goes on."""
    room = make_room(town.building)
    people = [
        make_person(room, "欧阳建国", phone="16112345678", other_phone="0512-65550002", now=NOON),
        make_person(room, "单小红", former_name="单小妹", now=NOON),
        make_person(room, "单莎", reading="dan sha", now=NOON),
        make_person(room, "John Smith", now=NOON),
    ]

    def found() -> dict[str, list[int]]:
        return {
            said: [one.pk for one in persons_of(town.hu, Wanted(words=said)).rows]
            for said in (*SAID, "dansha", "shansha", "johnsmith")
        }

    then = found()
    assert then["jianguo"] == then["5678"] == then["0002"] == then["欧阳"] == [people[0].pk]
    assert then["sxh"] == [people[1].pk]
    assert then["dansha"] == then["shansha"] == [people[2].pk]
    rows = sorted(PersonTerm.objects.values_list("person_id", *KINDS.values()), key=repr)
    PersonTerm.objects.filter(subdistrict=STREET, person__in=people[2:]).delete()
    for _turn in range(2):
        _fill.fill(apps, connection.schema_editor())
        assert sorted(PersonTerm.objects.values_list("person_id", *KINDS.values()), key=repr) == rows
    assert found() == then
    assert not [one for one in findings(STREET) if one.what == "terms"]
    PersonTerm.objects.filter(subdistrict=STREET, person=people[1], sound__isnull=False).update(sound=1)
    assert [one.id for one in findings(STREET) if one.what == "terms"] == [people[1].pk]


@pytest.mark.django_db
def test_the_migration_opens_what_the_models_of_then_hold(town: Town) -> None:
    """Sealed columns are bound to the name of model and field: those of a migration have the same."""
    from django.db.migrations.executor import MigrationExecutor

    made = make_person(make_room(town.building), "王德发", now=NOON)
    then = MigrationExecutor(connection).loader.project_state([("people", "0009_terms_of_people")]).apps
    old = then.get_model("people", "Person").objects.get(pk=made.pk)
    assert old.name.reveal() == "王德发"
    assert isinstance(Person._meta.get_field("name"), SealedTextField)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL walks through small tables")
@pytest.mark.parametrize(
    ("piece", "index"), [("b:张建", "pair"), ("p:jianguo", "sound"), ("i:zjg", "initials"), ("t:5678", "tail")]
)
def test_each_kind_is_found_by_its_index(piece: str, index: str) -> None:
    plan = PersonTerm.objects.filter(subdistrict__in=(STREET,), **holding(piece)).values("person").explain()
    assert f"people_term_{index} (subdistrict_id=? AND {index}=?)" in plan
