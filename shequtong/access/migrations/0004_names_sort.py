"""Appointments that are there already get what their names sort by."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from shequtong.core.pinyin import pinyin_key


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Appointment = apps.get_model("access", "Appointment")
    for pk, name in list(Appointment.objects.filter(pinyin="").values_list("pk", "account_name")):
        Appointment.objects.filter(pk=pk).update(pinyin=pinyin_key(name))


class Migration(migrations.Migration):
    dependencies = [("access", "0003_list_of_appointments")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
