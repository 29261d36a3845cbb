import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_history'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('timetable', '0005_another_topic_than_the_weeks'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.AlterField(
                    model_name='sessionevent',
                    name='changed_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='sessionevent',
                    name='co_leader',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='sessionevent',
                    name='leader',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='sessionevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AlterField(
                    model_name='sessionevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetable.session'),
                ),
                migrations.AlterField(
                    model_name='sessionevent',
                    name='topic',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetable.topic'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sessionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='991196abb67c73cc72d90acafaed0d6310759fb6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_68b44', table='timetable_sessionevent', when='BEFORE')),
                ),
            ],
        ),
    ]
