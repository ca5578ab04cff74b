"""People who are on record are found again: a batch a transaction, so that a broken run goes on behind the last who has terms."""

from django.apps.registry import Apps
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Max

from shequtong.core.locality.ids import new_id
from shequtong.people.terms import pieces_of, rows_of

BATCH = 500
_FOUND_BY = ("name", "former_name", "reading", "phone", "other_phone")


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Person, Term = apps.get_model("people", "Person"), apps.get_model("people", "PersonTerm")
    for place in sorted(apps.get_model("core", "Subdistrict").objects.values_list("pk", flat=True)):
        after = Term.objects.filter(subdistrict=place).aggregate(last=Max("person_id"))["last"] or 0
        people = Person.objects.filter(subdistrict=place).order_by("id").only("id", "subdistrict", *_FOUND_BY)
        while batch := list(people.filter(id__gt=after)[:BATCH]):
            rows = []
            for one in batch:
                name, former, reading, *phones = (getattr(one, column).reveal() for column in _FOUND_BY)
                rows += [(one.pk, row) for row in rows_of(pieces_of((name, former), reading, phones))]
            with transaction.atomic():
                Term.objects.bulk_create(
                    Term(id=new_id(place), subdistrict_id=place, person_id=person, **row) for person, row in rows
                )
            after = batch[-1].pk


def empty(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("people", "PersonTerm").objects.all().delete()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0008_terms_by_kind"), ("core", "0002_installation")]

    operations = [migrations.RunPython(fill, empty)]
