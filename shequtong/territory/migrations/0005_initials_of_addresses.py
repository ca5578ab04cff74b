"""Buildings that are there already are found by the initials of their street, number and community too."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from shequtong.core.locality.ids import new_id
from shequtong.core.pinyin import initials, pinyin_key
from shequtong.territory.address.initials import Spelt, spelt_out
from shequtong.territory.address.normal import building_key, house_key

BATCH = 500


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Building, Gram = apps.get_model("territory", "Building"), apps.get_model("territory", "AddressGram")
    Unit = apps.get_model("territory", "Unit")
    communities = {path: initials(pinyin) for path, pinyin in Unit.objects.filter(kind="community").values_list("path", "pinyin")}
    rows = []
    for place in sorted(set(Unit.objects.values_list("subdistrict_id", flat=True))):
        for one in Building.objects.filter(subdistrict=place, ended_at__isnull=True).order_by("id"):
            there = set(Gram.objects.filter(subdistrict=place, building=one.pk).values_list("gram", flat=True))
            path = next((path for path in communities if one.grid_path.startswith(path)), "")
            spelt = Spelt(
                street=initials(pinyin_key(one.street)).lower() if one.street else "",
                house=house_key(one.house_no),
                compound="",
                building=building_key(one.name),
                community=communities.get(path, ""),
            )
            wanted = {f"~{pair}" for pair in spelt_out(spelt)} - there
            rows += [Gram(id=new_id(place), subdistrict_id=place, building_id=one.pk, gram=gram) for gram in sorted(wanted)]
            if len(rows) > BATCH:
                Gram.objects.bulk_create(rows)
                rows = []
    Gram.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("territory", "0004_what_stands"), ("core", "0002_installation")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
