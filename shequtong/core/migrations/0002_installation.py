"""The installation itself is a place (number 0): sign-in codes, system audit and district-free rows live in it."""

from django.db import migrations


def make_installation(apps, schema_editor):
    apps.get_model("core", "Subdistrict").objects.using(schema_editor.connection.alias).get_or_create(
        id=0, defaults={"kind": "installation", "letters": "ZZ", "name": "平台"}
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(make_installation, migrations.RunPython.noop)]
