"""Core's tables; on PostgreSQL also the sequence that id blocks are taken from (core/locality/blocks.py)."""

import django.db.models.deletion
import django.db.models.expressions
import shequtong.core.fields
import shequtong.core.locality.fields
from django.db import migrations, models


CREATE = "CREATE SEQUENCE core_local_ids AS bigint INCREMENT BY 1000 MINVALUE 1 MAXVALUE 70368744176664 START WITH 1 NO CYCLE"


def make_sequence(apps, schema_editor):
    # One number of the sequence stands for a block of 1000; the last block ends at 46 bits.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop_sequence(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP SEQUENCE core_local_ids")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('name', shequtong.core.fields.CodeField(max_length=60, primary_key=True, serialize=False)),
                ('next', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('name', shequtong.core.fields.CodeField(max_length=40, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Subdistrict',
            fields=[
                ('id', models.IntegerField(primary_key=True, serialize=False)),
                ('kind', shequtong.core.fields.CodeField(choices=[('installation', 'Installation'), ('district', 'District'), ('subdistrict', 'Subdistrict')], max_length=12)),
                ('letters', shequtong.core.fields.CodeField(max_length=4, unique=True)),
                ('name', models.CharField(max_length=50)),
                ('zone', shequtong.core.fields.CodeField(default='Asia/Shanghai', max_length=40)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id__gte', 0), ('id__lt', 131072)), name='core_subdistrict_17_bits')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', shequtong.core.locality.fields.LocalIdField(editable=False, primary_key=True, serialize=False)),
                ('account_id', models.BigIntegerField(default=0)),
                ('key', shequtong.core.fields.CodeField(max_length=40)),
                ('path', models.CharField(max_length=200)),
                ('answer', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('subdistrict', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.subdistrict')),
            ],
            options={
                'indexes': [models.Index(fields=['subdistrict', 'at'], name='core_submission_at')],
                'constraints': [models.UniqueConstraint(fields=('subdistrict', 'account_id', 'key'), name='core_submission_once'), models.CheckConstraint(condition=models.Q(('subdistrict', django.db.models.expressions.CombinedExpression(models.F('id'), '>>', models.Value(46))), ('id__gt', 0)), name='core_submission_home')],
            },
        ),
        migrations.RunPython(make_sequence, drop_sequence),
    ]
