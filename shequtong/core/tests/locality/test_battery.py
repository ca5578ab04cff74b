"""Reading and writing local rows through the ORM, each statement routed: the battery of scale-out/spike as ordinary tests.

All of it runs under the statement watcher; what asks the whole city on purpose is in test_battery_city.py.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Window
from django.db.models.functions import Rank

from shequtong.core.locality import part_of
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.core.tests.locality.conftest import Street, watched
from shequtong.core.tests.locality.probe.tables import Household, Matter, Note, Person, PersonTag, Tag
from shequtong.testing.statements import Seen


@pytest.fixture(autouse=True)
def seen(street: Street) -> Iterator[Seen]:
    """What the test sends; the street stands before."""
    with watched() as sent:
        yield sent


HERE = Person.objects.filter(subdistrict=7)


def names(people: object) -> list[str]:
    return sorted(person.name for person in people)  # type: ignore[attr-defined]  # any iterable of persons


def test_a_new_row_is_inserted_at_once_with_an_id_of_its_place(street: Street, seen: Seen) -> None:
    made = Person.objects.create(subdistrict_id=9, name="n", idno="n")
    assert part_of(made.pk) == 9
    assert [statement.sql[:6] for statement in seen.statements if "probe_person" in statement.sql] == ["INSERT"]


def test_fetch_save_refresh_delete_by_id(street: Street) -> None:
    found = Person.objects.get(pk=street.a.pk)
    found.name = "aa"
    found.save()
    found.save(update_fields=["name"])
    street.a.refresh_from_db()
    assert street.a.name == "aa"
    assert Person.objects.filter(pk=street.b.pk).delete()[0] == 1
    assert found.delete()[0] == 1  # its matter stays, without it
    street.matter.refresh_from_db()
    assert street.matter.person is None


def test_a_routed_look_up_names_the_place_that_stands_in_the_id(street: Street, seen: Seen) -> None:
    list(Person.objects.filter(pk=street.a.pk))
    list(Person.objects.filter(pk__in=[street.a.pk, street.elsewhere.pk]))
    list(Matter.objects.filter(person=street.a))
    list(Matter.objects.filter(person_id=street.a.pk))
    list(Matter.objects.filter(person__id=street.a.pk))
    list(Matter.objects.filter(person__in=[street.a, street.b]))
    assert [statement.sql.split("WHERE ")[1] for statement in seen.statements] == [
        '("probe_person"."id" = %s AND "probe_person"."subdistrict_id" = %s)',
        '("probe_person"."id" IN (%s, %s) AND "probe_person"."subdistrict_id" IN (%s, %s))',
        *['("probe_matter"."person_id" = %s AND "probe_matter"."subdistrict_id" = %s)'] * 3,
        '("probe_matter"."person_id" IN (%s, %s) AND "probe_matter"."subdistrict_id" = %s)',
    ]


def test_look_ups_by_several_ids(street: Street) -> None:
    assert names(Person.objects.filter(pk__in=[street.a.pk, street.b.pk])) == ["a", "b"]
    assert names(Person.objects.filter(pk__in=[street.a.pk, street.elsewhere.pk])) == ["a", "c"]
    assert names(Person.objects.filter(pk__in={street.a.pk, 5})) == ["a"]
    assert names(Person.objects.filter(pk__in=[])) == []
    assert names(Person.objects.filter(Q(pk=street.a.pk) | Q(pk=street.elsewhere.pk))) == ["a", "c"]
    assert set(Person.objects.in_bulk([street.a.pk, street.b.pk])) == {street.a.pk, street.b.pk}


@pytest.mark.parametrize("impossible", [-1, HIGHEST_ID + 1, 10**30])
def test_an_id_no_row_can_have_finds_nothing(street: Street, impossible: int) -> None:
    assert not Person.objects.filter(pk=impossible).exists()
    assert not Matter.objects.filter(person=impossible).exists()
    assert not Matter.objects.filter(person__in=[impossible]).exists()
    assert names(Person.objects.filter(pk__in=[impossible, street.a.pk])) == ["a"]
    assert HERE.exclude(pk=impossible).count() == 2


def test_an_id_of_another_place_does_not_match_here(street: Street) -> None:
    forged = part_of(street.elsewhere.pk) << 46 | (street.a.pk & ((1 << 46) - 1))
    assert not Person.objects.filter(pk=forged).exists()
    assert not HERE.filter(pk=street.elsewhere.pk).exists()


def test_both_ends_of_a_foreign_key(street: Street) -> None:
    found = Person.objects.get(pk=street.a.pk)
    assert found.household is not None
    assert found.household.room == "1-101"
    assert names(street.household.people.all()) == ["a", "b"]
    made = street.household.people.create(subdistrict_id=7, name="d", idno="9")
    assert street.household.people.filter(name="d").get() == made
    assert street.household.people.count() == 3
    street.household.people.remove(made)
    assert Person.objects.get(pk=made.pk).household is None
    street.household.people.add(made, bulk=False)
    street.household.people.set([street.a, street.b], bulk=False)
    assert street.household.people.count() == 2


def test_joins_carry_the_subdistrict(street: Street, seen: Seen) -> None:
    [first, _] = HERE.select_related("household", "subdistrict", "checker").order_by("name")
    assert first.household.room == "1-101"
    assert first.subdistrict.name == "s7"
    assert HERE.filter(household__room="1-101").count() == 2
    assert names(HERE.filter(matters__kind="k").distinct()) == ["a"]
    assert names(HERE.filter(matters__isnull=True)) == ["b"]
    assert list(Matter.objects.filter(subdistrict=7, handler__name="u")) == [street.matter]
    assert len(Matter.objects.filter(subdistrict=7).select_related("handler", "person__household").order_by("-at")[:10]) == 1
    both = '"probe_person"."household_id" = "probe_household"."id" AND "probe_person"."subdistrict_id" = "probe_household"."subdistrict_id"'
    assert both in seen.statements[0].sql


def test_exclude(street: Street) -> None:
    assert names(HERE.exclude(matters__kind="k")) == ["b"]
    assert names(HERE.exclude(household__room="1-101")) == []
    assert names(HERE.exclude(pk=street.a.pk)) == ["b"]
    assert names(HERE.exclude(pk__in=[street.a.pk, street.elsewhere.pk])) == ["b"]
    other = Person.objects.create(subdistrict_id=7, name="no household", idno="8")
    assert names(HERE.exclude(household=street.household)) == [other.name]
    assert names(HERE.exclude(household__people__matters__kind="k")) == [other.name]


def test_prefetch(street: Street, seen: Seen) -> None:
    Note.objects.create(subdistrict_id=7, person=street.a, text="n")
    seen.statements.clear()
    [household] = Household.objects.filter(subdistrict=7).prefetch_related("people__matters", "people__notes")
    assert [len(person.matters.all()) for person in sorted(household.people.all(), key=lambda each: each.name)] == [1, 0]
    assert seen.total == 4, seen.listing
    [matter] = Matter.objects.filter(subdistrict=7).prefetch_related(
        Prefetch("person", Person.objects.select_related("household"))
    )
    assert matter.person.household == street.household
    all_over = list(Person.objects.within(7, 8).prefetch_related("household"))
    assert [person.household for person in all_over if person != street.elsewhere] == [street.household] * 2


def test_subqueries(street: Street) -> None:
    mine = Matter.objects.filter(person=OuterRef("pk"))
    assert names(HERE.filter(Exists(mine))) == ["a"]
    assert names(HERE.filter(~Exists(mine))) == ["b"]
    assert names(HERE.filter(Exists(mine.filter(subdistrict=OuterRef("subdistrict"))))) == ["a"]
    kinds = HERE.annotate(kind=Subquery(mine.values("kind")[:1])).order_by("name").values_list("kind", flat=True)
    assert list(kinds) == ["k", None]
    homes = Household.objects.filter(pk=OuterRef("household"))
    assert names(HERE.filter(Exists(homes))) == ["a", "b"]
    assert names(HERE.filter(pk__in=Matter.objects.filter(subdistrict=7).values("person"))) == ["a"]
    assert names(HERE.filter(household__in=Household.objects.filter(subdistrict=7))) == ["a", "b"]


def test_figures_within_one_place(street: Street) -> None:
    counted = Household.objects.filter(subdistrict=7).annotate(n=Count("people"))
    assert list(counted.values_list("n", flat=True)) == [2]
    ranked = HERE.annotate(rank=Window(Rank(), order_by=F("name").asc())).order_by("name")
    assert list(ranked.values_list("rank", flat=True)) == [1, 2]
    rooms = HERE.values("household__room").annotate(n=Count("pk"))
    assert list(rooms) == [{"household__room": "1-101", "n": 2}]
    both = HERE.union(Person.objects.filter(subdistrict=8))
    assert names(both) == ["a", "b", "c"]
    assert len(list(HERE.iterator(chunk_size=1))) == 2
    assert names(Person.objects.within(7, 8)) == ["a", "b", "c"]
    assert names(Person.objects.within(8)) == ["c"]


def test_many_rows_at_once(street: Street) -> None:
    assert len(Household.objects.bulk_create([Household(subdistrict_id=9, room=str(n)) for n in range(1000)])) == 1000
    spread = Household.objects.bulk_create([Household(subdistrict_id=11 + n % 10, room=str(n)) for n in range(300)])
    assert len({household.pk for household in spread}) == 300
    assert {part_of(household.pk) for household in spread} == set(range(11, 21))
    street.a.name, street.b.name, street.elsewhere.name = "x", "y", "z"
    assert Person.objects.bulk_update([street.a, street.b], ["name"]) == 2
    assert Person.objects.bulk_update([street.a, street.elsewhere], ["name"]) == 2
    assert names(Person.objects.within(7, 8)) == ["x", "y", "z"]
    again = [Person(subdistrict_id=7, name="new", idno="1"), Person(subdistrict_id=7, name="e", idno="5")]
    Person.objects.bulk_create(again, update_conflicts=True, unique_fields=["subdistrict", "idno"], update_fields=["name"])
    Person.objects.bulk_create([Person(subdistrict_id=7, name="never", idno="1")], ignore_conflicts=True)
    assert names(HERE) == ["e", "new", "y"]
    assert HERE.update(points=F("points") + 1) == 3


def test_get_or_create_and_update_or_create(street: Street) -> None:
    found, made = Person.objects.get_or_create(subdistrict_id=7, idno="1", defaults={"name": "x"})
    assert (found, made) == (street.a, False)
    assert Person.objects.get_or_create(subdistrict_id=7, idno="77", defaults={"name": "x"})[1]
    changed, made = Person.objects.update_or_create(subdistrict_id=7, idno="77", defaults={"name": "y"})
    assert (changed.name, made) == ("y", False)


def test_locks(street: Street) -> None:
    with transaction.atomic():
        found = Person.objects.select_for_update().get(pk=street.a.pk)
        found.points += 1
        found.save()
        assert len(HERE.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)[:2]) == 2
        locked = Matter.objects.select_related("handler").filter(subdistrict=7)
        assert len(locked.select_for_update(of=("self",) if connection.features.has_select_for_update_of else ())) == 1


def test_deleting_takes_what_hangs_on_it(street: Street) -> None:
    Note.objects.create(subdistrict_id=7, person=street.a, text="n")
    Matter.objects.create(subdistrict_id=7, parent=street.matter, kind="sub")
    tag = Tag.objects.create(subdistrict_id=7, name="v")
    PersonTag.objects.create(subdistrict_id=7, person=street.a, tag=tag)
    street.b.landlord = street.a
    street.b.save()
    assert names(HERE.filter(tags__tag__name="v")) == ["a"]
    _, by_model = street.household.delete()
    assert by_model == {"probe.Household": 1, "probe.Person": 2, "probe.Note": 1, "probe.PersonTag": 1}
    street.matter.refresh_from_db()
    assert street.matter.person_id is None
    assert street.matter.delete()[0] == 2
