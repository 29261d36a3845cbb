import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0001_initial'),
        ('people', '0004_privacy_officer'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('placement', '0003_chairs_from_a_day_on'),
        ('timetable', '0005_another_topic_than_the_weeks'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.AlterField(
                    model_name='attendanceevent',
                    name='confirmed_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='attendanceevent',
                    name='patient',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient'),
                ),
                migrations.AlterField(
                    model_name='attendanceevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AlterField(
                    model_name='attendanceevent',
                    name='seat',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.seat'),
                ),
                migrations.AlterField(
                    model_name='attendanceevent',
                    name='session',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetable.session'),
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
