import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='AttendanceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='attendance.attendance')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('session', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetable.session')),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('seat', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.seat')),
                        ('status', models.CharField(choices=[('scheduled', 'To come'), ('present', 'There'), ('late', 'Came late'), ('partial', 'In part'), ('left_early', 'Left early'), ('no_show', 'Missed'), ('cancelled_patient', 'Cancelled by the patient'), ('cancelled_late', 'Cancelled late'), ('excused', 'Excused'), ('cancelled_site', 'Cancelled by us'), ('made_up', 'Made up')], default='scheduled', max_length=18)),
                        ('stays', models.JSONField(blank=True, default=list)),
                        ('minutes', models.PositiveSmallIntegerField(default=0)),
                        ('computed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('confirmed_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('correction_reason', models.CharField(blank=True, max_length=300)),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('sealed_at', models.DateTimeField(blank=True, null=True)),
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
                pgtrigger.migrations.AddTrigger(
                    model_name='attendance',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "attendance_attendanceevent" ("computed_at", "confirmed_at", "confirmed_by_id", "confirmed_minutes", "correction_reason", "id", "minutes", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_at", "seat_id", "session_id", "status", "stays") VALUES (OLD."computed_at", OLD."confirmed_at", OLD."confirmed_by_id", OLD."confirmed_minutes", OLD."correction_reason", OLD."id", OLD."minutes", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sealed_at", OLD."seat_id", OLD."session_id", OLD."status", OLD."stays"); RETURN NULL;', hash='05c903656dcb1b3ab169ae4e5e966b26798de194', operation='DELETE', pgid='pgtrigger_delete_delete_d7d81', table='attendance_attendance', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attendanceevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='409c2234c83bcd2799093477f4429b5fce8af793', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ef6d', table='attendance_attendanceevent', when='BEFORE')),
                ),
            ],
        ),
    ]
