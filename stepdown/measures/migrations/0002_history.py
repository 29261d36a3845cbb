import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='AdministrationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='measures.administration')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('instrument', models.CharField(max_length=40)),
                        ('about', models.CharField(blank=True, max_length=60)),
                        ('why', models.CharField(choices=[('intake', 'Intake'), ('weekly', 'Weekly'), ('session', 'Before the group'), ('two_weeks', 'Every two weeks'), ('middle', 'Middle of the program'), ('discharge', 'Discharge'), ('aftercare', 'Aftercare, monthly'), ('aftercare_quarter', 'Aftercare, quarterly'), ('follow_up', 'Asked for by an answer'), ('by_hand', 'Given by staff')], max_length=20)),
                        ('occasion', models.CharField(max_length=80)),
                        ('assigned_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('assigned_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='Empty when by itself.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('due_on', models.DateField()),
                        ('lapses_on', models.DateField(blank=True, null=True)),
                        ('lapsed_at', models.DateTimeField(blank=True, null=True)),
                        ('mode', models.CharField(choices=[('self', 'Answered by the patient'), ('interview', 'Asked in an interview'), ('video-partial', 'Over video, in part')], default='self', max_length=13)),
                        ('version', models.CharField(blank=True, max_length=120)),
                        ('text_hash', models.CharField(blank=True, max_length=64)),
                        ('language', models.CharField(blank=True, max_length=12)),
                        ('values', models.JSONField(blank=True, default=dict)),
                        ('context', models.JSONField(blank=True, default=dict)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('saved_at', models.DateTimeField(blank=True, null=True)),
                        ('entered_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='Empty: the patient.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='TurnedOffEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='measures.turnedoff')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('instrument', models.CharField(max_length=40)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='WorkItemEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='measures.workitem')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('administration', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='measures.administration')),
                        ('concern', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outreach.concern')),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('flag', models.CharField(blank=True, max_length=60)),
                        ('severity', models.CharField(choices=[('urgent', 'Urgent'), ('emergency', 'Emergency')], max_length=10)),
                        ('action', models.TextField(help_text='What the instrument says is to be done, as it said then.')),
                        ('owner', models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='Empty when nobody works here who could own it.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('asks_for', models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='What is to be asked because of it, the suicide-risk screener for example.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='measures.administration')),
                        ('raised_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('due_at', models.DateTimeField()),
                        ('escalated_at', models.DateTimeField(blank=True, null=True)),
                        ('disposition', models.CharField(blank=True, choices=[('spoke', 'Talked with them: safe for now'), ('plan', 'Talked with them: safety plan made or gone through'), ('medical', 'Sent to medical or higher care'), ('emergency', '911 or 988 called'), ('mistake', 'Answered by mistake, asked them'), ('not_reached', 'Not reached: handed on to the emergency procedure')], max_length=12)),
                        ('words', models.TextField(blank=True, max_length=4000)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='administration',
                    trigger=pgtrigger.compiler.Trigger(name='finished_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."finished_at" IS NOT NULL)', func="RAISE EXCEPTION 'These answers are finished. Ask the questions again instead.';", hash='9dcc765729286236c9526227a373808e01f00057', operation='UPDATE OR DELETE', pgid='pgtrigger_finished_is_final_12783', table='measures_administration', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='administration',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "measures_administrationevent" ("about", "assigned_at", "assigned_by_id", "context", "due_on", "entered_by_id", "finished_at", "id", "instrument", "language", "lapsed_at", "lapses_on", "mode", "occasion", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "started_at", "text_hash", "values", "version", "why") VALUES (OLD."about", OLD."assigned_at", OLD."assigned_by_id", OLD."context", OLD."due_on", OLD."entered_by_id", OLD."finished_at", OLD."id", OLD."instrument", OLD."language", OLD."lapsed_at", OLD."lapses_on", OLD."mode", OLD."occasion", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."saved_at", OLD."started_at", OLD."text_hash", OLD."values", OLD."version", OLD."why"); RETURN NULL;', hash='bff3dbf9ab77305e3f7c1e0f08f892607c589ed1', operation='DELETE', pgid='pgtrigger_delete_delete_f7f67', table='measures_administration', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='administrationevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8cdf6897b5e921f359c58d754c5541120c145b41', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_62efa', table='measures_administrationevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='checkin',
                    trigger=pgtrigger.compiler.Trigger(name='check_in_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5bf35fbeab3f335624fdce7d303ca41c8868e6e5', operation='UPDATE OR DELETE', pgid='pgtrigger_check_in_is_append_only_9e597', table='measures_checkin', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='scoring',
                    trigger=pgtrigger.compiler.Trigger(name='scoring_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fc38e50ad046df97964b2becd974760f4e65b06a', operation='UPDATE OR DELETE', pgid='pgtrigger_scoring_is_append_only_d9513', table='measures_scoring', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='textpack',
                    trigger=pgtrigger.compiler.Trigger(name='text_pack_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='122823c80090d9499757242d0d86f75bde5a0691', operation='UPDATE OR DELETE', pgid='pgtrigger_text_pack_is_append_only_03fe2', table='measures_textpack', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='turnedoff',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "measures_turnedoffevent" ("at", "by_id", "id", "instrument", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."instrument", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='d6b538b1d46e49c045231fe217a69f183027d56e', operation='INSERT', pgid='pgtrigger_insert_insert_cd8af', table='measures_turnedoff', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='turnedoff',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "measures_turnedoffevent" ("at", "by_id", "id", "instrument", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."instrument", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='ba3c3b9808774d4daa3613a128c003bdbc009491', operation='UPDATE', pgid='pgtrigger_update_update_08a56', table='measures_turnedoff', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='turnedoff',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "measures_turnedoffevent" ("at", "by_id", "id", "instrument", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."instrument", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='137e0a5391001b981be25399ce048b4117d66975', operation='DELETE', pgid='pgtrigger_delete_delete_ca754', table='measures_turnedoff', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='turnedoffevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a1d328988a4485c63538ebaa3eab2ed0c4766957', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_906a1', table='measures_turnedoffevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='workitem',
                    trigger=pgtrigger.compiler.Trigger(name='settled_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."settled_at" IS NOT NULL)', func="RAISE EXCEPTION 'What was done about this is written down already.';", hash='d47c2dfb41c9eae46199c33c234823ca6d112f5d', operation='UPDATE OR DELETE', pgid='pgtrigger_settled_is_final_a1615', table='measures_workitem', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='workitem',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "measures_workitemevent" ("action", "administration_id", "asks_for_id", "concern_id", "disposition", "due_at", "escalated_at", "flag", "id", "owner_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "settled_at", "settled_by_id", "severity", "words") VALUES (NEW."action", NEW."administration_id", NEW."asks_for_id", NEW."concern_id", NEW."disposition", NEW."due_at", NEW."escalated_at", NEW."flag", NEW."id", NEW."owner_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."settled_at", NEW."settled_by_id", NEW."severity", NEW."words"); RETURN NULL;', hash='7767c3a7fbc4c24665e34a712c2bf112481dd53f', operation='INSERT', pgid='pgtrigger_insert_insert_07fd3', table='measures_workitem', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='workitem',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "measures_workitemevent" ("action", "administration_id", "asks_for_id", "concern_id", "disposition", "due_at", "escalated_at", "flag", "id", "owner_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "settled_at", "settled_by_id", "severity", "words") VALUES (NEW."action", NEW."administration_id", NEW."asks_for_id", NEW."concern_id", NEW."disposition", NEW."due_at", NEW."escalated_at", NEW."flag", NEW."id", NEW."owner_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."settled_at", NEW."settled_by_id", NEW."severity", NEW."words"); RETURN NULL;', hash='de183ecc8ea2720d1ff2bcb154c11309e968e211', operation='UPDATE', pgid='pgtrigger_update_update_9b4e1', table='measures_workitem', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='workitem',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "measures_workitemevent" ("action", "administration_id", "asks_for_id", "concern_id", "disposition", "due_at", "escalated_at", "flag", "id", "owner_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "settled_at", "settled_by_id", "severity", "words") VALUES (OLD."action", OLD."administration_id", OLD."asks_for_id", OLD."concern_id", OLD."disposition", OLD."due_at", OLD."escalated_at", OLD."flag", OLD."id", OLD."owner_id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."settled_at", OLD."settled_by_id", OLD."severity", OLD."words"); RETURN NULL;', hash='b3c7ab1a33675f7872a605e4b031e1b45ff2fac4', operation='DELETE', pgid='pgtrigger_delete_delete_fb88c', table='measures_workitem', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='workitemevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='79c7537a1ff581d4f1ff344d070ec81b675448cb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7b32b', table='measures_workitemevent', when='BEFORE')),
                ),
            ],
        ),
    ]
