"""Writing local rows through the ORM, each statement routed: the battery of scale-out/spike as ordinary tests."""

import pytest
from django.db import connection, transaction
from django.db.models import F

from shequtong.core.locality import part_of
from shequtong.core.tests.locality.conftest import Street
from shequtong.core.tests.locality.probe.tables import Household, Matter, Note, Person, PersonTag, Tag
from shequtong.core.tests.locality.test_battery import HERE, names
from shequtong.testing.statements import Seen

pytestmark = pytest.mark.usefixtures("seen")


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
