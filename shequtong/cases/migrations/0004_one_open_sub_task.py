"""A station has at most one open sub-task of a case; a database can say so only once 0003 has told which are open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_what_is_open_and_wakes")]
    operations = [
        migrations.AddConstraint(
            model_name='assistance',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('subdistrict', 'case', 'station'), name='cases_assistance_one_open'),
        ),
    ]
