import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('attendance', '0001_initial'),
        ('people', '0001_initial'),
        ('timetable', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(blank=True, max_length=120)),
                ('interventions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('shared_words', models.TextField(blank=True)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('signed_as', models.CharField(blank=True, max_length=120)),
                ('attestation', models.TextField(blank=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='group_notes', to='people.staff')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='note', to='timetable.session')),
            ],
            options={
                'indexes': [models.Index(fields=['-signed_at'], name='note_signed_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('signed_as', ''), ('signed_at', None)), models.Q(('signed_at__isnull', False), models.Q(('signed_as', ''), _negated=True), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='signature_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Addendum',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('signed_as', models.CharField(max_length=120)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='chart.groupnote')),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='NotePart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('took_part', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('response', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('safety', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('plan', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('words', models.TextField(blank=True)),
                ('absent', models.BooleanField(default=False)),
                ('absent_reason', models.CharField(blank=True, max_length=200)),
                ('minutes', models.PositiveSmallIntegerField(default=0)),
                ('attendance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='note_part', to='attendance.attendance')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='chart.groupnote')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='note_parts', to='people.patient')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('note', 'patient'), name='one_part_each')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupnote',
            trigger=pgtrigger.compiler.Trigger(name='signed_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."signed_at" IS NOT NULL)', func="RAISE EXCEPTION 'This note is signed. Add an addendum instead.';", hash='94dc532a6eaacc0b1eca12eb873dc4e45fa75812', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_is_final_75175', table='chart_groupnote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='addendum',
            trigger=pgtrigger.compiler.Trigger(name='addendum_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0702e11b299b8bc93a9deec33f19482b80a6a9ae', operation='UPDATE OR DELETE', pgid='pgtrigger_addendum_is_final_45645', table='chart_addendum', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notepart',
            trigger=pgtrigger.compiler.Trigger(name='part_of_signed_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE signed timestamptz;', func="SELECT signed_at INTO signed FROM chart_groupnote WHERE id = COALESCE(NEW.note_id, OLD.note_id); IF signed IS NOT NULL THEN RAISE EXCEPTION 'This note is signed. Add an addendum instead.'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='f06618c4c4b2441e9fe76fcf218c0b1edb31b84b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_part_of_signed_is_final_c0a17', table='chart_notepart', when='BEFORE')),
        ),
    ]
