import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='ConcernEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outreach.concern')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('language', models.CharField(default='en', max_length=5)),
                        ('about', models.CharField(blank=True, max_length=120)),
                        ('words', models.TextField(max_length=2000)),
                        ('in_danger', models.BooleanField(default=False)),
                        ('teller', models.CharField(blank=True, max_length=80)),
                        ('teller_phone', stepdown.kernel.sealed_fields.SealedText('outreach.concern.teller_phone', blank=True, max_length=16)),
                        ('supporter', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.supporter')),
                        ('patient', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('matched_at', models.DateTimeField(blank=True, null=True)),
                        ('matched_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('outcome', models.TextField(blank=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='concern',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outreach_concernevent" ("about", "closed_at", "closed_by_id", "id", "in_danger", "language", "matched_at", "matched_by_id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supporter_id", "teller", "teller_phone", "told_at", "words") VALUES (NEW."about", NEW."closed_at", NEW."closed_by_id", NEW."id", NEW."in_danger", NEW."language", NEW."matched_at", NEW."matched_by_id", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."supporter_id", NEW."teller", NEW."teller_phone", NEW."told_at", NEW."words"); RETURN NULL;', hash='a7fc86db14535a379310a56f732d765096094dad', operation='INSERT', pgid='pgtrigger_insert_insert_e8861', table='outreach_concern', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='concern',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outreach_concernevent" ("about", "closed_at", "closed_by_id", "id", "in_danger", "language", "matched_at", "matched_by_id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supporter_id", "teller", "teller_phone", "told_at", "words") VALUES (NEW."about", NEW."closed_at", NEW."closed_by_id", NEW."id", NEW."in_danger", NEW."language", NEW."matched_at", NEW."matched_by_id", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."supporter_id", NEW."teller", NEW."teller_phone", NEW."told_at", NEW."words"); RETURN NULL;', hash='5d66c9f98d039c5a54deeafc28ab6d2a1b90016d', operation='UPDATE', pgid='pgtrigger_update_update_0f099', table='outreach_concern', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='concern',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outreach_concernevent" ("about", "closed_at", "closed_by_id", "id", "in_danger", "language", "matched_at", "matched_by_id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supporter_id", "teller", "teller_phone", "told_at", "words") VALUES (OLD."about", OLD."closed_at", OLD."closed_by_id", OLD."id", OLD."in_danger", OLD."language", OLD."matched_at", OLD."matched_by_id", OLD."outcome", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."supporter_id", OLD."teller", OLD."teller_phone", OLD."told_at", OLD."words"); RETURN NULL;', hash='d83a42c64efe160d1e46c3df9833aca70d554c5a', operation='DELETE', pgid='pgtrigger_delete_delete_2e96a', table='outreach_concern', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='concernevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='986de2f89e854180f4c21b5ec6a286dc949f2f81', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fc95f', table='outreach_concernevent', when='BEFORE')),
                ),
            ],
        ),
    ]
