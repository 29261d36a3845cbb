import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='AccountEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('email', models.EmailField(max_length=254)),
                        ('is_active', models.BooleanField(default=True)),
                        ('password_is_first', models.BooleanField(default=False, help_text='Chosen by whoever made the account; the owner replaces it before anything else.')),
                        ('password_until', models.DateTimeField(blank=True, help_text='Of a password that was handed over: from then on it opens nothing.', null=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CenterEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.center')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('name', models.CharField(max_length=80)),
                        ('phone', models.CharField(max_length=16)),
                        ('time_zone', models.CharField(default='America/Chicago', max_length=40)),
                        ('calls_from', models.TimeField()),
                        ('calls_until', models.TimeField()),
                        ('call_within_minutes', models.PositiveSmallIntegerField(default=30)),
                        ('only', models.BooleanField(default=True, editable=False)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='LicenseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.license')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('staff', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('kind', models.CharField(max_length=20)),
                        ('state', models.CharField(max_length=2)),
                        ('number', models.CharField(max_length=40)),
                        ('masters_level', models.BooleanField(default=True)),
                        ('issued_on', models.DateField()),
                        ('expires_on', models.DateField(blank=True, null=True)),
                        ('ended_why', models.CharField(blank=True, max_length=200)),
                        ('changed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PatientEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.patient')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('first_name', models.CharField(max_length=60)),
                        ('last_name', models.CharField(max_length=60)),
                        ('chosen_name', models.CharField(blank=True, max_length=40)),
                        ('date_of_birth', models.DateField()),
                        ('phone', stepdown.kernel.sealed_fields.FoundText('people.patient.phone', max_length=16)),
                        ('email', stepdown.kernel.sealed_fields.SealedText('people.patient.email', blank=True, max_length=254)),
                        ('language', models.CharField(default='en', max_length=5)),
                        ('time_zone', models.CharField(default='America/Chicago', max_length=40)),
                        ('address_line', stepdown.kernel.sealed_fields.SealedText('people.patient.address_line', blank=True, max_length=120)),
                        ('city', models.CharField(blank=True, max_length=60)),
                        ('state', models.CharField(max_length=2)),
                        ('postal_code', models.CharField(blank=True, max_length=10)),
                        ('emergency_contact_name', stepdown.kernel.sealed_fields.SealedText('people.patient.emergency_contact_name', blank=True, max_length=80)),
                        ('emergency_contact_phone', stepdown.kernel.sealed_fields.SealedText('people.patient.emergency_contact_phone', blank=True, max_length=16)),
                        ('safe_contact_note', stepdown.kernel.sealed_fields.SealedText('people.patient.safe_contact_note', blank=True, max_length=200)),
                        ('counselor', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='StaffEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.staff')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=80)),
                        ('letters', models.CharField(blank=True, max_length=40)),
                        ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('admissions', 'Admissions counselor'), ('counselor', 'Counselor'), ('director', 'Clinical director'), ('privacy', 'Privacy officer'), ('biller', 'Biller'), ('administrator', 'Administrator'), ('auditor', 'Auditor')], max_length=20), size=None)),
                        ('time_zone', models.CharField(default='America/Chicago', max_length=40)),
                        ('phone', stepdown.kernel.sealed_fields.SealedText('people.staff.phone', blank=True, max_length=16)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SupervisionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.supervision')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('staff', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('supervisor', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('changed_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SupporterEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.supporter')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('phone', stepdown.kernel.sealed_fields.SealedText('people.supporter.phone', blank=True, max_length=16)),
                        ('email', stepdown.kernel.sealed_fields.SealedText('people.supporter.email', blank=True, max_length=254)),
                        ('language', models.CharField(default='en', max_length=5)),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('digest', models.CharField(max_length=64)),
                        ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('accepted_words', models.TextField(blank=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='account',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_accountevent" ("created_at", "email", "id", "is_active", "password_is_first", "password_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."password_is_first", NEW."password_until", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='274c64a80599792f3e405e0f7e7a3077a8d6fbc5', operation='INSERT', pgid='pgtrigger_insert_insert_1b204', table='people_account', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='account',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."password_is_first" IS DISTINCT FROM (NEW."password_is_first") OR OLD."password_until" IS DISTINCT FROM (NEW."password_until"))', func='INSERT INTO "people_accountevent" ("created_at", "email", "id", "is_active", "password_is_first", "password_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."password_is_first", NEW."password_until", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='aeab4c60f94fcb127b8d0c9989f90ff34f670640', operation='UPDATE', pgid='pgtrigger_update_update_7c7a1', table='people_account', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='account',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_accountevent" ("created_at", "email", "id", "is_active", "password_is_first", "password_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."email", OLD."id", OLD."is_active", OLD."password_is_first", OLD."password_until", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='8c35066bb60677a8c587aa578fe4371d4dadedf7', operation='DELETE', pgid='pgtrigger_delete_delete_4e5b6', table='people_account', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='center',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_centerevent" ("call_within_minutes", "calls_from", "calls_until", "id", "name", "only", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "time_zone") VALUES (NEW."call_within_minutes", NEW."calls_from", NEW."calls_until", NEW."id", NEW."name", NEW."only", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."time_zone"); RETURN NULL;', hash='9bc9f9696e37e06bb1cd54244539855cf87eca1d', operation='INSERT', pgid='pgtrigger_insert_insert_a0186', table='people_center', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='center',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_centerevent" ("call_within_minutes", "calls_from", "calls_until", "id", "name", "only", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "time_zone") VALUES (NEW."call_within_minutes", NEW."calls_from", NEW."calls_until", NEW."id", NEW."name", NEW."only", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."time_zone"); RETURN NULL;', hash='58e70998c1041da0fb2e11a14a9502d7ba3f7442', operation='UPDATE', pgid='pgtrigger_update_update_3c3fa', table='people_center', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='center',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_centerevent" ("call_within_minutes", "calls_from", "calls_until", "id", "name", "only", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "time_zone") VALUES (OLD."call_within_minutes", OLD."calls_from", OLD."calls_until", OLD."id", OLD."name", OLD."only", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."time_zone"); RETURN NULL;', hash='3b5d0771261261675cc835bb70b04c9c00476fc0', operation='DELETE', pgid='pgtrigger_delete_delete_2dd45', table='people_center', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='accountevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae0e71d771ff66ea7a5c92c92c449f8ae88ea90d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_37ca6', table='people_accountevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='centerevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='11f61aeaf31f540a69cdef2a76c38d672d5b15a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2511f', table='people_centerevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='staff',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_staffevent" ("account_id", "ended_at", "id", "letters", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "roles", "time_zone") VALUES (NEW."account_id", NEW."ended_at", NEW."id", NEW."letters", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."roles", NEW."time_zone"); RETURN NULL;', hash='adf291f32bf3bfedf7716a429d03cc4b9c313b67', operation='INSERT', pgid='pgtrigger_insert_insert_444e5', table='people_staff', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='staff',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_staffevent" ("account_id", "ended_at", "id", "letters", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "roles", "time_zone") VALUES (NEW."account_id", NEW."ended_at", NEW."id", NEW."letters", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."roles", NEW."time_zone"); RETURN NULL;', hash='5f5b6018630a8534f2ca4c30555db5f6e993c48d', operation='UPDATE', pgid='pgtrigger_update_update_f756f', table='people_staff', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='staff',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_staffevent" ("account_id", "ended_at", "id", "letters", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "roles", "time_zone") VALUES (OLD."account_id", OLD."ended_at", OLD."id", OLD."letters", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."roles", OLD."time_zone"); RETURN NULL;', hash='bbff08aefd6f17a4e970cb3c727fc2ba005cec68', operation='DELETE', pgid='pgtrigger_delete_delete_b2d8b', table='people_staff', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='secondfactorreset',
                    trigger=pgtrigger.compiler.Trigger(name='second_factor_reset_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='81be0faba001bc7d86c7ac799fbca5dde3f32fd0', operation='UPDATE OR DELETE', pgid='pgtrigger_second_factor_reset_is_append_only_71be9', table='people_secondfactorreset', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='patientevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d47d32cae08d85fd5e8656c58d77b621666e0dfb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5be91', table='people_patientevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='patient',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_patientevent" ("address_line", "chosen_name", "city", "counselor_id", "created_at", "date_of_birth", "email", "emergency_contact_name", "emergency_contact_phone", "first_name", "id", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "safe_contact_note", "state", "time_zone") VALUES (NEW."address_line", NEW."chosen_name", NEW."city", NEW."counselor_id", NEW."created_at", NEW."date_of_birth", NEW."email", NEW."emergency_contact_name", NEW."emergency_contact_phone", NEW."first_name", NEW."id", NEW."language", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_code", NEW."safe_contact_note", NEW."state", NEW."time_zone"); RETURN NULL;', hash='a0e52a8b61624791738544c870176ad45fefaf97', operation='INSERT', pgid='pgtrigger_insert_insert_17910', table='people_patient', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='patient',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_patientevent" ("address_line", "chosen_name", "city", "counselor_id", "created_at", "date_of_birth", "email", "emergency_contact_name", "emergency_contact_phone", "first_name", "id", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "safe_contact_note", "state", "time_zone") VALUES (NEW."address_line", NEW."chosen_name", NEW."city", NEW."counselor_id", NEW."created_at", NEW."date_of_birth", NEW."email", NEW."emergency_contact_name", NEW."emergency_contact_phone", NEW."first_name", NEW."id", NEW."language", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_code", NEW."safe_contact_note", NEW."state", NEW."time_zone"); RETURN NULL;', hash='0e837a7a0a35a84e473030f4a8fc747ea1dcdfe4', operation='UPDATE', pgid='pgtrigger_update_update_950c8', table='people_patient', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='patient',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_patientevent" ("address_line", "chosen_name", "city", "counselor_id", "created_at", "date_of_birth", "email", "emergency_contact_name", "emergency_contact_phone", "first_name", "id", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "safe_contact_note", "state", "time_zone") VALUES (OLD."address_line", OLD."chosen_name", OLD."city", OLD."counselor_id", OLD."created_at", OLD."date_of_birth", OLD."email", OLD."emergency_contact_name", OLD."emergency_contact_phone", OLD."first_name", OLD."id", OLD."language", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."postal_code", OLD."safe_contact_note", OLD."state", OLD."time_zone"); RETURN NULL;', hash='274831c98ae030886d0995634aea29e5d6e887bc', operation='DELETE', pgid='pgtrigger_delete_delete_15ba0', table='people_patient', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='licenseevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c5d2d9d965c3e32115f18689f50bdb7b043678eb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a7bae', table='people_licenseevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='licensedocument',
                    trigger=pgtrigger.compiler.Trigger(name='document_stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a51e06144876177c34582324a882312d78148012', operation='UPDATE', pgid='pgtrigger_document_stays_as_it_was_bbdf1', table='people_licensedocument', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='license',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_licenseevent" ("changed_by_id", "ended_why", "expires_on", "id", "issued_on", "kind", "masters_level", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "state") VALUES (NEW."changed_by_id", NEW."ended_why", NEW."expires_on", NEW."id", NEW."issued_on", NEW."kind", NEW."masters_level", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."staff_id", NEW."state"); RETURN NULL;', hash='bfd7d4ad7fa9c9c5abc8b57525da0fcaeb41a701', operation='INSERT', pgid='pgtrigger_insert_insert_990ee', table='people_license', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='license',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_licenseevent" ("changed_by_id", "ended_why", "expires_on", "id", "issued_on", "kind", "masters_level", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "state") VALUES (NEW."changed_by_id", NEW."ended_why", NEW."expires_on", NEW."id", NEW."issued_on", NEW."kind", NEW."masters_level", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."staff_id", NEW."state"); RETURN NULL;', hash='b93ccd62e908b11cdaf5fc8004a65a6d39361b3b', operation='UPDATE', pgid='pgtrigger_update_update_8ed65', table='people_license', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='license',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_licenseevent" ("changed_by_id", "ended_why", "expires_on", "id", "issued_on", "kind", "masters_level", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "state") VALUES (OLD."changed_by_id", OLD."ended_why", OLD."expires_on", OLD."id", OLD."issued_on", OLD."kind", OLD."masters_level", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."staff_id", OLD."state"); RETURN NULL;', hash='98c192638579b4592da91996ae4605575f7aced6', operation='DELETE', pgid='pgtrigger_delete_delete_85675', table='people_license', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='staffevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='23338e268d037467ed08128bc20d8765e7d96587', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1a2d8', table='people_staffevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supervision',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_supervisionevent" ("changed_by_id", "from_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "staff_id", "supervisor_id", "until_on") VALUES (NEW."changed_by_id", NEW."from_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."staff_id", NEW."supervisor_id", NEW."until_on"); RETURN NULL;', hash='50a4d538b45e66869e76c287b971c15f70280e20', operation='INSERT', pgid='pgtrigger_insert_insert_eb24b', table='people_supervision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supervision',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_supervisionevent" ("changed_by_id", "from_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "staff_id", "supervisor_id", "until_on") VALUES (NEW."changed_by_id", NEW."from_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."staff_id", NEW."supervisor_id", NEW."until_on"); RETURN NULL;', hash='6c30dbf6cd506655c63b91b371826c04e0984dab', operation='UPDATE', pgid='pgtrigger_update_update_3adbb', table='people_supervision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supervision',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_supervisionevent" ("changed_by_id", "from_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "staff_id", "supervisor_id", "until_on") VALUES (OLD."changed_by_id", OLD."from_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."staff_id", OLD."supervisor_id", OLD."until_on"); RETURN NULL;', hash='532fb9cc0b4499394aafa4756086e5c6ba54c724', operation='DELETE', pgid='pgtrigger_delete_delete_fbd93', table='people_supervision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supervisionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2731d7f9cc1d0655547a773413be0c110fa1c33f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c1c4f', table='people_supervisionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supporter',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_supporterevent" ("accepted_at", "accepted_words", "digest", "email", "id", "invited_at", "key", "language", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."accepted_at", NEW."accepted_words", NEW."digest", NEW."email", NEW."id", NEW."invited_at", NEW."key", NEW."language", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone"); RETURN NULL;', hash='2435664dcb5e8349d15ab489aa75c3e6ffc3bc9c', operation='INSERT', pgid='pgtrigger_insert_insert_f55a7', table='people_supporter', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supporter',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_supporterevent" ("accepted_at", "accepted_words", "digest", "email", "id", "invited_at", "key", "language", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."accepted_at", NEW."accepted_words", NEW."digest", NEW."email", NEW."id", NEW."invited_at", NEW."key", NEW."language", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone"); RETURN NULL;', hash='8e959c0f2e4de65f9040ce15076671e48749ad34', operation='UPDATE', pgid='pgtrigger_update_update_96a40', table='people_supporter', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supporter',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_supporterevent" ("accepted_at", "accepted_words", "digest", "email", "id", "invited_at", "key", "language", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (OLD."accepted_at", OLD."accepted_words", OLD."digest", OLD."email", OLD."id", OLD."invited_at", OLD."key", OLD."language", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone"); RETURN NULL;', hash='8a612f0fa9208e1cce57c21f73f9bab0a9aec0e9', operation='DELETE', pgid='pgtrigger_delete_delete_a2970', table='people_supporter', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supporterevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='73f67d65f10b0d068d008d990bc1771ac7382ca5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7861d', table='people_supporterevent', when='BEFORE')),
                ),
            ],
        ),
    ]
