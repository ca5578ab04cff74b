"""What asks the whole city on purpose, and what the database refuses: the rest of the battery of scale-out/spike."""

from collections.abc import Iterable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Avg, Count, Exists, F, Max, OuterRef, Window
from django.db.models.functions import Rank

from shequtong.core.locality.ids import new_id
from shequtong.core.models import Subdistrict
from shequtong.core.tests.locality.conftest import Street, watched
from shequtong.core.tests.locality.probe.tables import Body, Household, Matter, Person

pytestmark = pytest.mark.usefixtures("street")
WIDE = [
    Person.objects.all(),
    Person.objects.select_related("household"),
    Person.objects.filter(name="a"),
    Person.objects.exclude(matters__kind="k"),
    Person.objects.filter(Exists(Matter.objects.filter(person=OuterRef("pk")))),
    Person.objects.filter(pk__in=Matter.objects.values("person")),
    Person.objects.order_by("-id")[:2],
]


def names(people: Iterable[Person]) -> list[str]:
    return sorted(person.name for person in people)


@pytest.mark.parametrize("asked", WIDE)
def test_a_query_over_the_city_answers_and_is_seen_by_the_watcher(asked: object) -> None:
    query = asked.all()  # type: ignore[attr-defined]  # a queryset of its own for each test
    assert names(query)
    with pytest.raises(AssertionError, match="whole city"), watched():
        list(query.all())


def test_figures_over_the_city() -> None:
    assert Person.objects.aggregate(n=Count("pk"), a=Avg("points"), m=Max("name"), d=Count("name", distinct=True)) == {
        "n": 3, "a": 0, "m": "c", "d": 3,
    }  # fmt: skip
    assert list(Person.objects.values_list("subdistrict").annotate(n=Count("pk")).order_by("subdistrict")) == [(7, 2), (8, 1)]
    assert len(Person.objects.values("subdistrict__name").annotate(n=Count("pk"))) == 2
    assert len(Person.objects.values("household__room").annotate(n=Count("pk"))) == 2
    assert len(Person.objects.annotate(r=Window(Rank(), partition_by=[F("name")], order_by=F("points").desc()))) == 3
    assert [row["idno"] for row in Person.objects.values("idno").annotate(n=Count("pk")).filter(n__gt=1)] == ["1"]
    assert len(list(Person.objects.iterator(chunk_size=1))) == 3
    if connection.features.can_distinct_on_fields:
        assert len(Person.objects.order_by("idno").distinct("idno")) == 2


def refused(**fields: object) -> bool:
    try:
        with transaction.atomic():
            Person.objects.create(**{"subdistrict_id": 7, "name": "x", "idno": "x", **fields})
            connection.check_constraints()  # SQLite, as Django makes it, looks at foreign keys at the end of the transaction
    except IntegrityError:
        return True
    return False


def test_the_database_keeps_the_rules_of_locality(street: Street) -> None:
    assert not refused()
    assert refused(idno="1"), "unique within the place"
    assert not refused(subdistrict_id=9, idno="1"), "unique within the place only"
    assert refused(idno="y", household_id=(7 << 46) + 5), "a household that is not there"
    assert refused(idno="y", subdistrict_id=8, household_id=street.household.pk), "a household of another place"
    assert refused(idno="y", pk=new_id(8)), "an id of another place"
    assert refused(idno="y", subdistrict_id=0, pk=0), "no id at all"
    assert refused(idno="y", subdistrict_id=99), "a place that is not there"
    assert refused(idno="y", points=-1), "the model's own CHECK stands beside ours"


def test_the_database_refuses_a_key_across_places_without_our_models(street: Street) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE probe_person SET household_id = %s WHERE id = %s", [street.household.pk, street.elsewhere.pk])


def test_a_local_row_never_changes_its_place(street: Street) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=street.a.pk).update(subdistrict_id=9)


def test_a_row_without_a_place_is_refused_before_the_database_is_asked() -> None:
    with pytest.raises(ValueError, match="needs its subdistrict"):
        Person.objects.create(name="x", idno="x")


@pytest.mark.parametrize("deferred", [False, True])
def test_a_child_before_its_parent_is_refused_at_once_unless_put_off(deferred: bool) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite looks at foreign keys at the end of the transaction")
    home = new_id(7)
    with transaction.atomic():
        if deferred:
            connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")
            Person.objects.create(subdistrict_id=7, name="early", idno="early", household_id=home)
            Household.objects.create(id=home, subdistrict_id=7, room="late")
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                Person.objects.create(subdistrict_id=7, name="early", idno="early", household_id=home)


def test_places_and_shared_rows_in_one_transaction(street: Street) -> None:
    with transaction.atomic():
        Person.objects.create(subdistrict_id=1, name="t", idno="m1")
        Subdistrict.objects.filter(pk=1).update(name="renamed")
        street.body.name = "v"
        street.body.save()
        Person.objects.create(subdistrict_id=2, name="t", idno="m1")
    assert names(Person.objects.filter(idno="m1")) == ["t", "t"]


@transaction.atomic
def make(idno: str, *places: int) -> None:
    for place in places:
        Person.objects.create(subdistrict_id=place, name="t", idno=idno)


def test_a_rollback_undoes_all_places_and_a_savepoint_only_its_own() -> None:
    before = Person.objects.count()
    with pytest.raises(IntegrityError):
        make("t", 1, 2, 2)
    assert Person.objects.count() == before
    with transaction.atomic():
        Person.objects.create(subdistrict_id=1, name="t", idno="s1")
        with pytest.raises(IntegrityError):
            make("s1", 2, 2)
        Person.objects.create(subdistrict_id=3, name="t", idno="s1")
    assert sorted(person.subdistrict_id for person in Person.objects.filter(idno="s1")) == [1, 3]


def test_deleting_a_shared_row_frees_the_local_rows_that_point_to_it(street: Street) -> None:
    body = Body(name="gone")
    body.save()
    matter = Matter.objects.create(subdistrict_id=8, handler=body, kind="z")
    body.delete()
    matter.refresh_from_db()
    assert matter.handler is None
