"""What is amber is told by the index that the open cases are read in the order of, without looking at each row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_blocked_senders")]
    operations = [
        migrations.RemoveIndex(model_name="case", name="cases_case_open"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["subdistrict", "due_at", "id", "place_path", "amber_at"],
                name="cases_case_open_due",
            ),
        ),
    ]
