"""Reading local rows through the ORM, each statement routed: the battery of scale-out/spike as ordinary tests.

All of it runs under the statement watcher, as test_battery_writes.py does; what asks the whole city on purpose is in test_battery_city.py.
"""

import pytest
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Window
from django.db.models.functions import Rank

from shequtong.core.locality import part_of
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.core.tests.locality.conftest import Street
from shequtong.core.tests.locality.probe.tables import Household, Matter, Note, Person
from shequtong.testing.statements import Seen

pytestmark = pytest.mark.usefixtures("seen")
HERE = Person.objects.filter(subdistrict=7)


def names(people: object) -> list[str]:
    return sorted(person.name for person in people)  # type: ignore[attr-defined]  # any iterable of persons


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
