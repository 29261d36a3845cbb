import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_history'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('privacy', '0003_rights'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='ConsentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('type', models.CharField(choices=[('treatment', 'Treatment'), ('telehealth', 'Treatment by video'), ('group_agreement', 'Group agreement')], max_length=20)),
                        ('version', models.CharField(max_length=20)),
                        ('language', models.CharField(max_length=5)),
                        ('text', models.TextField()),
                        ('digest', models.CharField(max_length=64)),
                        ('signed_name', models.CharField(max_length=120)),
                        ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('method', models.CharField(max_length=40)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.consent')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_consentevent" ("digest", "id", "language", "method", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "signed_at", "signed_name", "text", "type", "version") VALUES (NEW."digest", NEW."id", NEW."language", NEW."method", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."signed_at", NEW."signed_name", NEW."text", NEW."type", NEW."version"); RETURN NULL;', hash='51051631066b4fbdadbb2a69092d995dfac5ebf2', operation='INSERT', pgid='pgtrigger_insert_insert_df4c6', table='privacy_consent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_consentevent" ("digest", "id", "language", "method", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "signed_at", "signed_name", "text", "type", "version") VALUES (NEW."digest", NEW."id", NEW."language", NEW."method", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."signed_at", NEW."signed_name", NEW."text", NEW."type", NEW."version"); RETURN NULL;', hash='4b3536ff7611c1d26d7afdccc02d058adedcaa17', operation='UPDATE', pgid='pgtrigger_update_update_64d0f', table='privacy_consent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_consentevent" ("digest", "id", "language", "method", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "signed_at", "signed_name", "text", "type", "version") VALUES (OLD."digest", OLD."id", OLD."language", OLD."method", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."signed_at", OLD."signed_name", OLD."text", OLD."type", OLD."version"); RETURN NULL;', hash='65566805c1fbe0c89c5b7a6832afbb7dbcb24d77', operation='DELETE', pgid='pgtrigger_delete_delete_c9545', table='privacy_consent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consentevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dfcdd910e773614ce552f24335a5d35ea04977f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ecb32', table='privacy_consentevent', when='BEFORE')),
                ),
                migrations.AlterField(
                    model_name='rightsrequestevent',
                    name='answered_by',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='rightsrequestevent',
                    name='longer_by',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='rightsrequestevent',
                    name='patient',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient'),
                ),
                migrations.AlterField(
                    model_name='rightsrequestevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AlterField(
                    model_name='rightsrequestevent',
                    name='recorded_by',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='rightsrequest',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_rightsrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_on", "due_on", "id", "kind", "longer_by_id", "longer_why", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "words") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."asked_on", OLD."due_on", OLD."id", OLD."kind", OLD."longer_by_id", OLD."longer_why", OLD."outcome", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."words"); RETURN NULL;', hash='b6e241f66fcda44812620c60da78f80c30a54acc', operation='DELETE', pgid='pgtrigger_delete_delete_d2012', table='privacy_rightsrequest', when='AFTER')),
                ),
            ],
        ),
    ]
