"""Who handled a case stands on it, so that whoever verifies it is told apart without reading its steps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_notes_and_followers")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="handled_account_id",
            field=models.BigIntegerField(null=True),
        ),
    ]
