"""The hours of reports that are counted already, by quarter and year and without class, from their months: folded or not. Made anew, a broken run begins again."""

from collections import Counter
from datetime import date
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Sum

from shequtong.core.locality.ids import new_id

BATCH = 1000
EVER = date(1900, 1, 1)
HOURS = [*map(str, range(24)), "none"]
SPANS = (("told_quarter", 3), ("told_year", 12))
Key = tuple[str, date, str]


def monthly(place: int, *models: Any) -> Any:
    """Measure, day, path and number, of all classes together: folded and not in one statement, so that a fold between is never seen."""
    told, *others = (
        model.objects.filter(subdistrict=place, measure__in=[f"told.{hour}" for hour in HOURS])
        .exclude(day=EVER)
        .values_list("measure", "day", "unit_path")
        .annotate(amount=Sum("n"))
        .order_by()
        for model in models
    )
    return told.union(*others, all=True)


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Total, Delta = apps.get_model("figures", "Total"), apps.get_model("figures", "Delta")
    for place in sorted(apps.get_model("core", "Subdistrict").objects.values_list("pk", flat=True)):
        with transaction.atomic():
            made = [f"{prefix}.{hour}" for prefix, _months in SPANS for hour in HOURS]
            for model in (Total, Delta):
                model.objects.filter(subdistrict=place, measure__in=made).delete()
            sums = Counter[Key]()
            for measure, day, path, n in monthly(place, Total, Delta):
                hour = measure.partition(".")[2]
                for prefix, months in SPANS:
                    first = date(day.year, (day.month - 1) // months * months + 1, 1)
                    for one in (first, EVER):
                        sums[f"{prefix}.{hour}", one, path] += n
            Total.objects.bulk_create(
                (
                    Total(id=new_id(place), subdistrict_id=place, measure=measure, day=day, unit_path=path, n=n)
                    for (measure, day, path), n in sorted(sums.items())
                    if n
                ),
                batch_size=BATCH,
            )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0027_whole_texts"), ("core", "0002_installation"), ("figures", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
