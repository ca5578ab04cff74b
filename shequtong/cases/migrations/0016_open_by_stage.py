"""Open cases are counted by stage and light along one index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_own_list'),
        ('core', '0002_installation'),
        ('organizations', '0002_duty_roster'),
        ('territory', '0004_what_stands'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='cases_case_open_due',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['subdistrict', 'due_at', 'id', 'place_path', 'amber_at', 'stage'], name='cases_case_open_due'),
        ),
    ]
