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
        ('privacy', '0005_emergency_contact'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='ConsentHistory',
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
                migrations.AlterField(
                    model_name='emergencyevent',
                    name='closed_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='emergencyevent',
                    name='disclosure',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.disclosure'),
                ),
                migrations.AlterField(
                    model_name='emergencyevent',
                    name='opened_by',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='emergencyevent',
                    name='patient',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient'),
                ),
                migrations.AlterField(
                    model_name='emergencyevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AlterField(
                    model_name='packetevent',
                    name='consent',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.sharingconsent'),
                ),
                migrations.AlterField(
                    model_name='packetevent',
                    name='patient',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient'),
                ),
                migrations.AlterField(
                    model_name='packetevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AlterField(
                    model_name='packetevent',
                    name='prepared_by',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='packetevent',
                    name='recipient',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.recipient'),
                ),
                migrations.AlterField(
                    model_name='packetevent',
                    name='stopped_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.consentevent'),
                ),
                migrations.AlterField(
                    model_name='privacytaskevent',
                    name='consent',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.sharingconsent'),
                ),
                migrations.AlterField(
                    model_name='privacytaskevent',
                    name='done_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='privacytaskevent',
                    name='opened_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='privacytaskevent',
                    name='patient',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient'),
                ),
                migrations.AlterField(
                    model_name='privacytaskevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AlterField(
                    model_name='recipientevent',
                    name='patient',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient'),
                ),
                migrations.AlterField(
                    model_name='recipientevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
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
                migrations.AlterField(
                    model_name='sharingconsentevent',
                    name='patient',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient'),
                ),
                migrations.AlterField(
                    model_name='sharingconsentevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AlterField(
                    model_name='sharingconsentevent',
                    name='prepared_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='sharingconsentevent',
                    name='recipient',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.recipient'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_consenthistory" ("digest", "id", "language", "method", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "signed_at", "signed_name", "text", "type", "version") VALUES (NEW."digest", NEW."id", NEW."language", NEW."method", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."signed_at", NEW."signed_name", NEW."text", NEW."type", NEW."version"); RETURN NULL;', hash='2d84ed27159f2b9a37b024816b902d95c7109ce1', operation='INSERT', pgid='pgtrigger_insert_insert_df4c6', table='privacy_consent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_consenthistory" ("digest", "id", "language", "method", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "signed_at", "signed_name", "text", "type", "version") VALUES (NEW."digest", NEW."id", NEW."language", NEW."method", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."signed_at", NEW."signed_name", NEW."text", NEW."type", NEW."version"); RETURN NULL;', hash='12ca522f3a4c2c911ad0d190aa510db9733afcb7', operation='UPDATE', pgid='pgtrigger_update_update_64d0f', table='privacy_consent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_consenthistory" ("digest", "id", "language", "method", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "signed_at", "signed_name", "text", "type", "version") VALUES (OLD."digest", OLD."id", OLD."language", OLD."method", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."signed_at", OLD."signed_name", OLD."text", OLD."type", OLD."version"); RETURN NULL;', hash='f1257c28048a84f33f9d1cbfe25f49f877967eb1', operation='DELETE', pgid='pgtrigger_delete_delete_c9545', table='privacy_consent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergency',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_emergencyevent" ("affiliation", "alerted_at", "closed_at", "closed_by_id", "disclosed_at", "discloser", "disclosure_id", "id", "nature", "opened_at", "opened_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "told") VALUES (OLD."affiliation", OLD."alerted_at", OLD."closed_at", OLD."closed_by_id", OLD."disclosed_at", OLD."discloser", OLD."disclosure_id", OLD."id", OLD."nature", OLD."opened_at", OLD."opened_by_id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recipient", OLD."told"); RETURN NULL;', hash='22eb4c2a1278e5f4a8643920998ce632d78d3632', operation='DELETE', pgid='pgtrigger_delete_delete_0a39f', table='privacy_emergency', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='packet',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_packetevent" ("cancelled_at", "cancelled_why", "classes", "consent_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "purpose", "recipient_id", "sent_at", "stopped_by_id", "way") VALUES (OLD."cancelled_at", OLD."cancelled_why", OLD."classes", OLD."consent_id", OLD."id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prepared_at", OLD."prepared_by_id", OLD."purpose", OLD."recipient_id", OLD."sent_at", OLD."stopped_by_id", OLD."way"); RETURN NULL;', hash='5675251b48feb623bcf1a30519369e8e7bae0f6f', operation='DELETE', pgid='pgtrigger_delete_delete_3dbcb', table='privacy_packet', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='privacytask',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_privacytaskevent" ("consent_id", "done_at", "done_by_id", "id", "kind", "opened_at", "opened_by_id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (OLD."consent_id", OLD."done_at", OLD."done_by_id", OLD."id", OLD."kind", OLD."opened_at", OLD."opened_by_id", OLD."outcome", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."words"); RETURN NULL;', hash='bebecb3b331d002204de39a6f06d4c09678a5c0f', operation='DELETE', pgid='pgtrigger_delete_delete_eecd8', table='privacy_privacytask', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recipient',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_recipientevent" ("address", "created_at", "id", "name", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "whom") VALUES (OLD."address", OLD."created_at", OLD."id", OLD."name", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."relation", OLD."whom"); RETURN NULL;', hash='6de97290ff3ff342a59f24d7e5596ad7d6992817', operation='DELETE', pgid='pgtrigger_delete_delete_ede81', table='privacy_recipient', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='rightsrequest',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_rightsrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_on", "due_on", "id", "kind", "longer_by_id", "longer_why", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "words") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."asked_on", OLD."due_on", OLD."id", OLD."kind", OLD."longer_by_id", OLD."longer_why", OLD."outcome", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."words"); RETURN NULL;', hash='b6e241f66fcda44812620c60da78f80c30a54acc', operation='DELETE', pgid='pgtrigger_delete_delete_d2012', table='privacy_rightsrequest', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sharingconsent',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_sharingconsentevent" ("case_reference", "digest", "disclosing_parties", "duration", "expires_event", "expires_on", "fundraising_notice", "id", "information_scope", "intermediary_participants", "kind", "language", "method", "monitors", "patient_id", "patient_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prepared_at", "prepared_by_id", "purposes", "recipient_id", "recipients", "redisclosure_statement", "refusal_consequences", "revocable_event", "revocable_on", "revocation_method", "revocation_text", "signature", "signed_at", "signer_role", "text") VALUES (OLD."case_reference", OLD."digest", OLD."disclosing_parties", OLD."duration", OLD."expires_event", OLD."expires_on", OLD."fundraising_notice", OLD."id", OLD."information_scope", OLD."intermediary_participants", OLD."kind", OLD."language", OLD."method", OLD."monitors", OLD."patient_id", OLD."patient_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."prepared_at", OLD."prepared_by_id", OLD."purposes", OLD."recipient_id", OLD."recipients", OLD."redisclosure_statement", OLD."refusal_consequences", OLD."revocable_event", OLD."revocable_on", OLD."revocation_method", OLD."revocation_text", OLD."signature", OLD."signed_at", OLD."signer_role", OLD."text"); RETURN NULL;', hash='1bb9b313c98e91c56e1e94f4e63918e9fbc8f868', operation='DELETE', pgid='pgtrigger_delete_delete_949dd', table='privacy_sharingconsent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consenthistory',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1ee5723490ea946a55ba5657ff1187648fb6db54', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_40e29', table='privacy_consenthistory', when='BEFORE')),
                ),
            ],
        ),
    ]
