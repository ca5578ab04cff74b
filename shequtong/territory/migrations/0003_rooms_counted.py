"""Buildings that stand already get the number of their rooms, subdistrict by subdistrict."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Building, Room, Subdistrict = (
        apps.get_model(area, name) for area, name in (("territory", "Building"), ("territory", "Room"), ("core", "Subdistrict"))
    )
    for place in list(Subdistrict.objects.order_by("pk").values_list("pk", flat=True)):
        behind = Room.objects.filter(subdistrict=place).order_by().values_list("entrance__building").annotate(n=Count("pk"))
        for pk, n in list(behind):
            Building.objects.filter(pk=pk, subdistrict=place).update(room_count=n)


class Migration(migrations.Migration):
    dependencies = [("territory", "0002_rooms_of_a_building")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
