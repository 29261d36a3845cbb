import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_cache_table'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('timetable', '0002_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='CannotCome',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('told_at', models.DateTimeField()),
                ('said_by', models.CharField(choices=[('patient', 'They themselves'), ('family', 'Family or a friend'), ('other', 'Somebody else')], default='patient', max_length=7)),
                ('why', models.CharField(blank=True, max_length=120)),
                ('excused', models.BooleanField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cannot_come', to='people.patient')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cannot_come', to='timetable.session')),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
            ],
            options={
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='CannotComeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('told_at', models.DateTimeField()),
                ('said_by', models.CharField(choices=[('patient', 'They themselves'), ('family', 'Family or a friend'), ('other', 'Somebody else')], default='patient', max_length=7)),
                ('why', models.CharField(blank=True, max_length=120)),
                ('excused', models.BooleanField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetable.cannotcome')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('session', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetable.session')),
                ('taken_back_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='cannotcome',
            index=models.Index(fields=['patient'], name='timetable_c_patient_a9058c_idx'),
        ),
        migrations.AddConstraint(
            model_name='cannotcome',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('session', 'patient', 'starts_at'), name='cannot_come_is_said_once', violation_error_message='It is written down already that they cannot come to this session.'),
        ),
        migrations.AddConstraint(
            model_name='cannotcome',
            constraint=models.CheckConstraint(condition=models.Q(('taken_back_by', None), ('taken_back_at__isnull', False), _connector='OR'), name='cannot_come_is_taken_back_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cannotcome',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetable_cannotcomeevent" ("excused", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_by", "session_id", "starts_at", "taken_back_at", "taken_back_by_id", "told_at", "why") VALUES (NEW."excused", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_by", NEW."session_id", NEW."starts_at", NEW."taken_back_at", NEW."taken_back_by_id", NEW."told_at", NEW."why"); RETURN NULL;', hash='997a19d51a1b491ec7ec4c4a3d7ed3c58e560c8a', operation='INSERT', pgid='pgtrigger_insert_insert_7eac1', table='timetable_cannotcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cannotcome',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetable_cannotcomeevent" ("excused", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_by", "session_id", "starts_at", "taken_back_at", "taken_back_by_id", "told_at", "why") VALUES (NEW."excused", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_by", NEW."session_id", NEW."starts_at", NEW."taken_back_at", NEW."taken_back_by_id", NEW."told_at", NEW."why"); RETURN NULL;', hash='113cafaf41f7aec490062fbb746927c5869996a9', operation='UPDATE', pgid='pgtrigger_update_update_b57b8', table='timetable_cannotcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cannotcome',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetable_cannotcomeevent" ("excused", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_by", "session_id", "starts_at", "taken_back_at", "taken_back_by_id", "told_at", "why") VALUES (OLD."excused", OLD."id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."said_by", OLD."session_id", OLD."starts_at", OLD."taken_back_at", OLD."taken_back_by_id", OLD."told_at", OLD."why"); RETURN NULL;', hash='ce2aceb15239687cd250b7ea2ab699c8041266d9', operation='DELETE', pgid='pgtrigger_delete_delete_376da', table='timetable_cannotcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cannotcomeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3db477670524f028a96f23ecdfdc25d04d664f22', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3765', table='timetable_cannotcomeevent', when='BEFORE')),
        ),
    ]
