import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('transitions', '0001_initial'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='TransitionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='transitions.transition')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('kind', models.CharField(choices=[('step_down', 'Step down'), ('return', 'Return')], max_length=10)),
                        ('from_seat', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.seat')),
                        ('from_seat_ended_at', models.DateTimeField(blank=True, help_text='When the old seat was to end before this decision, for taking it back.', null=True)),
                        ('to_level', models.CharField(choices=[('OUTPATIENT', 'Outpatient'), ('IOP', 'Intensive outpatient'), ('PHP', 'Partial hospitalization'), ('RESIDENTIAL', 'Residential care'), ('WITHDRAWAL_MANAGEMENT', 'Withdrawal management'), ('EMERGENCY_NOW', 'Emergency care now')], max_length=30)),
                        ('to_seat', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.seat')),
                        ('effective_at', models.DateTimeField(help_text='When the old seat ends and the new one begins.')),
                        ('met', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('not_met', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('reason', models.TextField(blank=True)),
                        ('decided_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='transition',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transitions_transitionevent" ("cancelled_at", "decided_at", "decided_by_id", "done_at", "effective_at", "episode_id", "from_seat_ended_at", "from_seat_id", "id", "kind", "met", "not_met", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "to_level", "to_seat_id") VALUES (NEW."cancelled_at", NEW."decided_at", NEW."decided_by_id", NEW."done_at", NEW."effective_at", NEW."episode_id", NEW."from_seat_ended_at", NEW."from_seat_id", NEW."id", NEW."kind", NEW."met", NEW."not_met", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."to_level", NEW."to_seat_id"); RETURN NULL;', hash='01ca0799e99fcd0d1ee8621bfac88748fdeb8b5c', operation='INSERT', pgid='pgtrigger_insert_insert_5078f', table='transitions_transition', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='transition',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "transitions_transitionevent" ("cancelled_at", "decided_at", "decided_by_id", "done_at", "effective_at", "episode_id", "from_seat_ended_at", "from_seat_id", "id", "kind", "met", "not_met", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "to_level", "to_seat_id") VALUES (NEW."cancelled_at", NEW."decided_at", NEW."decided_by_id", NEW."done_at", NEW."effective_at", NEW."episode_id", NEW."from_seat_ended_at", NEW."from_seat_id", NEW."id", NEW."kind", NEW."met", NEW."not_met", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."to_level", NEW."to_seat_id"); RETURN NULL;', hash='0354b288ae695a27ddc3802a9d0b7b0b5caf15e4', operation='UPDATE', pgid='pgtrigger_update_update_7c1eb', table='transitions_transition', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='transition',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transitions_transitionevent" ("cancelled_at", "decided_at", "decided_by_id", "done_at", "effective_at", "episode_id", "from_seat_ended_at", "from_seat_id", "id", "kind", "met", "not_met", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "to_level", "to_seat_id") VALUES (OLD."cancelled_at", OLD."decided_at", OLD."decided_by_id", OLD."done_at", OLD."effective_at", OLD."episode_id", OLD."from_seat_ended_at", OLD."from_seat_id", OLD."id", OLD."kind", OLD."met", OLD."not_met", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."to_level", OLD."to_seat_id"); RETURN NULL;', hash='99f0c8a6a3dd006967750e98a1bd8053f2b496c8', operation='DELETE', pgid='pgtrigger_delete_delete_ba86e', table='transitions_transition', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='transitionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f52827a161b4db329fd51b8e0c3fb8824d51cdd0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aa460', table='transitions_transitionevent', when='BEFORE')),
                ),
            ],
        ),
    ]
