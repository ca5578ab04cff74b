"""Data of the columns that 0002 added: which sub-tasks are open, and when the worker looks at a case."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    apps.get_model("cases", "Assistance").objects.using(using).exclude(state="asked").update(is_open=False)
    running = apps.get_model("cases", "Case").objects.using(using).filter(clock_from__isnull=False, is_history=False)
    running.filter(stage__in=("intake", "registered", "dispatched", "handling", "verification", "closing")).update(wake_at=F("amber_at"))


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_rows_of_the_whole_flow")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
