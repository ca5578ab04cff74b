"""Search terms stand four in a row, a kind a column. A hash does not say its kind: the old rows go, 0009 makes the new ones of the people."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_heartbeat'),
        ('people', '0007_rights_lie_with_their_person'),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM people_personterm", migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name='personterm',
            name='people_term_find',
        ),
        migrations.RemoveField(
            model_name='personterm',
            name='term',
        ),
        migrations.AddField(
            model_name='personterm',
            name='initials',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='personterm',
            name='pair',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='personterm',
            name='sound',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='personterm',
            name='tail',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='personterm',
            index=models.Index(condition=models.Q(('pair__isnull', False)), fields=['subdistrict', 'pair', 'person'], name='people_term_pair'),
        ),
        migrations.AddIndex(
            model_name='personterm',
            index=models.Index(condition=models.Q(('sound__isnull', False)), fields=['subdistrict', 'sound', 'person'], name='people_term_sound'),
        ),
        migrations.AddIndex(
            model_name='personterm',
            index=models.Index(condition=models.Q(('initials__isnull', False)), fields=['subdistrict', 'initials', 'person'], name='people_term_initials'),
        ),
        migrations.AddIndex(
            model_name='personterm',
            index=models.Index(condition=models.Q(('tail__isnull', False)), fields=['subdistrict', 'tail', 'person'], name='people_term_tail'),
        ),
    ]
