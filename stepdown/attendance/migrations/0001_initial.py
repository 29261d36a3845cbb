import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('placement', '0001_initial'),
        ('timetable', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('scheduled', 'To come'), ('present', 'There'), ('late', 'Came late'), ('partial', 'In part'), ('left_early', 'Left early'), ('no_show', 'Missed'), ('cancelled_patient', 'Cancelled by the patient'), ('cancelled_late', 'Cancelled late'), ('excused', 'Excused'), ('cancelled_site', 'Cancelled by us'), ('made_up', 'Made up')], default='scheduled', max_length=18)),
                ('stays', models.JSONField(blank=True, default=list)),
                ('minutes', models.PositiveSmallIntegerField(default=0)),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('correction_reason', models.CharField(blank=True, max_length=300)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('sealed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='people.patient')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='placement.seat')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='timetable.session')),
            ],
            options={
                'indexes': [models.Index(fields=['patient', 'session'], name='attendance__patient_c7158d_idx'), models.Index(condition=models.Q(('sealed_at', None)), fields=['session'], name='attendance_not_sealed')],
                'constraints': [models.UniqueConstraint(fields=('session', 'patient'), name='attendance_once'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None), ('confirmed_minutes', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('confirmed_minutes__isnull', False)), _connector='OR'), name='confirmation_is_whole'), models.CheckConstraint(condition=models.Q(('sealed_at', None), ('confirmed_at__isnull', False), _connector='OR'), name='only_confirmed_is_sealed', violation_error_message='Confirm the attendance first.')],
            },
        ),
        migrations.CreateModel(
            name='AttendanceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('status', models.CharField(choices=[('scheduled', 'To come'), ('present', 'There'), ('late', 'Came late'), ('partial', 'In part'), ('left_early', 'Left early'), ('no_show', 'Missed'), ('cancelled_patient', 'Cancelled by the patient'), ('cancelled_late', 'Cancelled late'), ('excused', 'Excused'), ('cancelled_site', 'Cancelled by us'), ('made_up', 'Made up')], default='scheduled', max_length=18)),
                ('stays', models.JSONField(blank=True, default=list)),
                ('minutes', models.PositiveSmallIntegerField(default=0)),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('correction_reason', models.CharField(blank=True, max_length=300)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('sealed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('patient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='attendance.attendance')),
                ('seat', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.seat')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetable.session')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='sealed_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sealed_at" IS NOT NULL)', func="RAISE EXCEPTION 'The note of this session is signed, so its attendance is final.';", hash='3cfc397f543c3deae037a1cceb3f81dd3cbd147d', operation='UPDATE OR DELETE', pgid='pgtrigger_sealed_is_final_5f0d0', table='attendance_attendance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "attendance_attendanceevent" ("computed_at", "confirmed_at", "confirmed_by_id", "confirmed_minutes", "correction_reason", "id", "minutes", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "seat_id", "session_id", "status", "stays") VALUES (NEW."computed_at", NEW."confirmed_at", NEW."confirmed_by_id", NEW."confirmed_minutes", NEW."correction_reason", NEW."id", NEW."minutes", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sealed_at", NEW."seat_id", NEW."session_id", NEW."status", NEW."stays"); RETURN NULL;', hash='5518cc66145a2f7528057251aaed12a953323ba8', operation='INSERT', pgid='pgtrigger_insert_insert_78330', table='attendance_attendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "attendance_attendanceevent" ("computed_at", "confirmed_at", "confirmed_by_id", "confirmed_minutes", "correction_reason", "id", "minutes", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "seat_id", "session_id", "status", "stays") VALUES (NEW."computed_at", NEW."confirmed_at", NEW."confirmed_by_id", NEW."confirmed_minutes", NEW."correction_reason", NEW."id", NEW."minutes", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sealed_at", NEW."seat_id", NEW."session_id", NEW."status", NEW."stays"); RETURN NULL;', hash='172617a02d0836d30ada3cc28e55d3a8758816b1', operation='UPDATE', pgid='pgtrigger_update_update_0552f', table='attendance_attendance', when='AFTER')),
        ),
    ]
