"""Long texts that are there already are found by all they say: what stands behind their first 300 characters. A batch a transaction, so that a broken run goes on."""

from django.apps.registry import Apps
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Length

from shequtong.cases.grams import grams_of
from shequtong.core.locality.ids import new_id

BATCH = 500
BEFORE = 300  # characters that were kept until now


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Case, Gram = apps.get_model("cases", "Case"), apps.get_model("cases", "CaseGram")
    for place in sorted(apps.get_model("core", "Subdistrict").objects.values_list("pk", flat=True)):
        after = 0
        while True:
            rows = Case.objects.filter(subdistrict=place, id__gt=after).annotate(size=Length("text")).filter(size__gt=BEFORE)
            cases = list(rows.order_by("id").values_list("id", "text")[:BATCH])
            if not cases:
                break
            with transaction.atomic():
                # A word that the cut went through is written whole; what is there stays.
                Gram.objects.bulk_create(
                    [
                        Gram(id=new_id(place), subdistrict_id=place, gram=gram, case_id=case)
                        for case, text in cases
                        for gram in sorted(grams_of(text) - grams_of(text[:BEFORE]))
                    ],
                    ignore_conflicts=True,
                )
            after = cases[-1][0]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0026_call_backs_by_closing"), ("core", "0002_installation")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
