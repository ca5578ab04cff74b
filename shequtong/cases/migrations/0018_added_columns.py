"""Columns that somebody adds to their list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_open_cases_by_tile")]

    operations = [
        migrations.AddField(model_name="ownlist", name="added", field=models.JSONField(default=list)),
    ]
