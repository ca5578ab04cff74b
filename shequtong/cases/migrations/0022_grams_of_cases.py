"""Cases that are there already are found by their words too: a batch a transaction, so that a broken run goes on where it was."""

from django.apps.registry import Apps
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from shequtong.cases.grams import grams_of
from shequtong.core.locality.ids import new_id

BATCH = 500


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Case, Gram = apps.get_model("cases", "Case"), apps.get_model("cases", "CaseGram")
    for place in sorted(apps.get_model("core", "Subdistrict").objects.values_list("pk", flat=True)):
        after = 0
        while True:
            rows = Case.objects.filter(subdistrict=place, id__gt=after).order_by("id")
            cases = list(rows.values_list("id", "text", "title", "address")[:BATCH])
            if not cases:
                break
            with transaction.atomic():
                Gram.objects.bulk_create(
                    [
                        Gram(id=new_id(place), subdistrict_id=place, gram=gram, case_id=case)
                        for case, *texts in cases
                        for gram in sorted(grams_of(*texts))
                    ],
                    ignore_conflicts=True,
                )
            after = cases[-1][0]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0021_case_grams"), ("core", "0002_installation")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
