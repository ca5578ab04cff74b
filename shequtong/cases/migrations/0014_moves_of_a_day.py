"""The records behind a figure of moves are found by their day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_bulk")]
    operations = [
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["subdistrict", "move", "at", "id"], name="cases_step_move_day"),
        ),
    ]
