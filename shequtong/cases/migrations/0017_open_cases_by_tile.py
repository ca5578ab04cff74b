"""The clusters of the map are counted along an index alone, of the open cases only: a street's history does not make it slower."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_open_by_stage")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["subdistrict", "tile", "lon", "lat", "due_at", "amber_at", "place_path", "confidential"],
                name="cases_case_open_tile",
            ),
        ),
    ]
