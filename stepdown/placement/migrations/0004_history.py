import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import stepdown.placement.models.groups
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0002_history'),
        ('people', '0006_history'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('placement', '0003_chairs_from_a_day_on'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='ChainStopEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('stopped_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reason', models.CharField(max_length=300)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('group', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.group')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.chainstop')),
                        ('started_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('stopped_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ChairEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('from_on', models.DateField(blank=True, null=True)),
                        ('gone_on', models.DateField(blank=True, null=True)),
                        ('group', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.group')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.chair')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='GroupEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('name', models.CharField(max_length=40)),
                        ('band', models.CharField(choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10)),
                        ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                        ('starts_at', models.TimeField()),
                        ('time_zone', models.CharField(max_length=40)),
                        ('opened_on', models.DateField()),
                        ('closed_on', models.DateField(blank=True, null=True)),
                        ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, db_default=[], default=list, size=None)),
                        ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], db_default='en', default='en', max_length=5)),
                        ('entry_until', models.DateField(blank=True, help_text='The last day on which a seat may begin, in a closed group; empty in an open one.', null=True)),
                        ('co_leader', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('leader', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.group')),
                        ('program', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.program')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PairEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('apart', models.BooleanField(default=True)),
                        ('kind', models.CharField(choices=[('relatives', 'Relatives'), ('partners', 'Partners'), ('coworkers', 'Co-workers'), ('codefendants', 'Co-defendants'), ('no_contact', 'No-contact order'), ('conflict', 'A conflict'), ('acquainted', 'Know each other otherwise')], max_length=12)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('entered_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('one', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('other', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.pair')),
                        ('staff', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ProgramEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('name', models.CharField(max_length=60)),
                        ('level', models.CharField(choices=[('OUTPATIENT', 'Outpatient'), ('IOP', 'Intensive outpatient'), ('PHP', 'Partial hospitalization'), ('RESIDENTIAL', 'Residential care'), ('WITHDRAWAL_MANAGEMENT', 'Withdrawal management'), ('EMERGENCY_NOW', 'Emergency care now')], max_length=30)),
                        ('meeting_minutes', models.PositiveSmallIntegerField()),
                        ('meetings_a_week', models.PositiveSmallIntegerField()),
                        ('weeks', models.PositiveSmallIntegerField(blank=True, help_text='Length; empty when open-ended.', null=True)),
                        ('review_days', models.PositiveSmallIntegerField(default=30)),
                        ('seats_intended', models.PositiveSmallIntegerField(default=8)),
                        ('seats_limit', models.PositiveSmallIntegerField(default=10)),
                        ('breaks', models.JSONField(blank=True, default=stepdown.placement.models.groups.two_breaks)),
                        ('is_aftercare', models.BooleanField(default=False)),
                        ('encrypted', models.BooleanField(db_default=False, default=False, help_text='Picture and sound, end to end, in rooms opened from now on.')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.program')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SkipEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('reason', models.CharField(max_length=300)),
                        ('skipped_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('group', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.group')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.skip')),
                        ('skipped_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.AlterField(
                    model_name='seatevent',
                    name='chair',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.chair'),
                ),
                migrations.AlterField(
                    model_name='seatevent',
                    name='ended_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='seatevent',
                    name='episode',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode'),
                ),
                migrations.AlterField(
                    model_name='seatevent',
                    name='group',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.group'),
                ),
                migrations.AlterField(
                    model_name='seatevent',
                    name='offered_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='Empty when the chair was offered by itself, to the next on the waitlist.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='seatevent',
                    name='patient',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient'),
                ),
                migrations.AlterField(
                    model_name='seatevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AlterField(
                    model_name='waitingevent',
                    name='episode',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode'),
                ),
                migrations.AlterField(
                    model_name='waitingevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AlterField(
                    model_name='waitingevent',
                    name='put_by',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='waitingevent',
                    name='set_by',
                    field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff'),
                ),
                migrations.AlterField(
                    model_name='wishesevent',
                    name='episode',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode'),
                ),
                migrations.AlterField(
                    model_name='wishesevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='chainstop',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_chainstopevent" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "started_at", "started_by_id", "stopped_at", "stopped_by_id") VALUES (NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."started_at", NEW."started_by_id", NEW."stopped_at", NEW."stopped_by_id"); RETURN NULL;', hash='c2373dac5714bef8e2932b3d2f62028efdb59c1b', operation='INSERT', pgid='pgtrigger_insert_insert_e9d16', table='placement_chainstop', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='chainstop',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_chainstopevent" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "started_at", "started_by_id", "stopped_at", "stopped_by_id") VALUES (NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."started_at", NEW."started_by_id", NEW."stopped_at", NEW."stopped_by_id"); RETURN NULL;', hash='0498855f440070be838d1e96f025f2be37f7cc1c', operation='UPDATE', pgid='pgtrigger_update_update_309ab', table='placement_chainstop', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='chainstop',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_chainstopevent" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "started_at", "started_by_id", "stopped_at", "stopped_by_id") VALUES (OLD."group_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."started_at", OLD."started_by_id", OLD."stopped_at", OLD."stopped_by_id"); RETURN NULL;', hash='cc0f1640024cc75cd059396007424b82929590e9', operation='DELETE', pgid='pgtrigger_delete_delete_04e3d', table='placement_chainstop', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='chair',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_chairevent" ("from_on", "gone_on", "group_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."from_on", NEW."gone_on", NEW."group_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c66441940683acfe0765dedd9f9e96e63f3cc959', operation='INSERT', pgid='pgtrigger_insert_insert_d4f48', table='placement_chair', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='chair',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_chairevent" ("from_on", "gone_on", "group_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."from_on", NEW."gone_on", NEW."group_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='641bb10e2f10ca92e89743916960aa9daaeae04b', operation='UPDATE', pgid='pgtrigger_update_update_7ef98', table='placement_chair', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='chair',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_chairevent" ("from_on", "gone_on", "group_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."from_on", OLD."gone_on", OLD."group_id", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='3d220826b7d3dcb92003a625b3c48a66bb5fb0d2', operation='DELETE', pgid='pgtrigger_delete_delete_8ad9f', table='placement_chair', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='group',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_groupevent" ("band", "closed_on", "co_leader_id", "days", "entry_until", "id", "language", "leader_id", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "starts_at", "tags", "time_zone") VALUES (NEW."band", NEW."closed_on", NEW."co_leader_id", NEW."days", NEW."entry_until", NEW."id", NEW."language", NEW."leader_id", NEW."name", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."program_id", NEW."starts_at", NEW."tags", NEW."time_zone"); RETURN NULL;', hash='16ba7d9b2e8ce06978185264225bf67616dc72cf', operation='INSERT', pgid='pgtrigger_insert_insert_cdc5c', table='placement_group', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='group',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_groupevent" ("band", "closed_on", "co_leader_id", "days", "entry_until", "id", "language", "leader_id", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "starts_at", "tags", "time_zone") VALUES (NEW."band", NEW."closed_on", NEW."co_leader_id", NEW."days", NEW."entry_until", NEW."id", NEW."language", NEW."leader_id", NEW."name", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."program_id", NEW."starts_at", NEW."tags", NEW."time_zone"); RETURN NULL;', hash='3424c463c186b5210ff5a2e85cecbef8b078669d', operation='UPDATE', pgid='pgtrigger_update_update_f5061', table='placement_group', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='group',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_groupevent" ("band", "closed_on", "co_leader_id", "days", "entry_until", "id", "language", "leader_id", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "starts_at", "tags", "time_zone") VALUES (OLD."band", OLD."closed_on", OLD."co_leader_id", OLD."days", OLD."entry_until", OLD."id", OLD."language", OLD."leader_id", OLD."name", OLD."opened_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."program_id", OLD."starts_at", OLD."tags", OLD."time_zone"); RETURN NULL;', hash='2ee96e1057971f95973105c6709844e0f58f9c00', operation='DELETE', pgid='pgtrigger_delete_delete_71745', table='placement_group', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pair',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_pairevent" ("apart", "ended_at", "ended_by_id", "entered_at", "entered_by_id", "id", "kind", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id") VALUES (NEW."apart", NEW."ended_at", NEW."ended_by_id", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."one_id", NEW."other_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."staff_id"); RETURN NULL;', hash='c1345e8885eb86adabceef4d6063a84015d18251', operation='INSERT', pgid='pgtrigger_insert_insert_2201d', table='placement_pair', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pair',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_pairevent" ("apart", "ended_at", "ended_by_id", "entered_at", "entered_by_id", "id", "kind", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id") VALUES (NEW."apart", NEW."ended_at", NEW."ended_by_id", NEW."entered_at", NEW."entered_by_id", NEW."id", NEW."kind", NEW."one_id", NEW."other_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."staff_id"); RETURN NULL;', hash='7c48e15d57e66ecc661ae1d8018cacd38ba0f3bf', operation='UPDATE', pgid='pgtrigger_update_update_85888', table='placement_pair', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pair',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_pairevent" ("apart", "ended_at", "ended_by_id", "entered_at", "entered_by_id", "id", "kind", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id") VALUES (OLD."apart", OLD."ended_at", OLD."ended_by_id", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."kind", OLD."one_id", OLD."other_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."staff_id"); RETURN NULL;', hash='df5449b472a7e8281ed24836970dbf5913546b79', operation='DELETE', pgid='pgtrigger_delete_delete_276af', table='placement_pair', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='program',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_programevent" ("breaks", "encrypted", "id", "is_aftercare", "level", "meeting_minutes", "meetings_a_week", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "seats_intended", "seats_limit", "weeks") VALUES (NEW."breaks", NEW."encrypted", NEW."id", NEW."is_aftercare", NEW."level", NEW."meeting_minutes", NEW."meetings_a_week", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_days", NEW."seats_intended", NEW."seats_limit", NEW."weeks"); RETURN NULL;', hash='c9370cc252b5688c0301d484f10b5b89002a2891', operation='INSERT', pgid='pgtrigger_insert_insert_9dd8d', table='placement_program', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='program',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_programevent" ("breaks", "encrypted", "id", "is_aftercare", "level", "meeting_minutes", "meetings_a_week", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "seats_intended", "seats_limit", "weeks") VALUES (NEW."breaks", NEW."encrypted", NEW."id", NEW."is_aftercare", NEW."level", NEW."meeting_minutes", NEW."meetings_a_week", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_days", NEW."seats_intended", NEW."seats_limit", NEW."weeks"); RETURN NULL;', hash='a328c8250e65900db469e9c70a9080d3fa0e0f24', operation='UPDATE', pgid='pgtrigger_update_update_4cdda', table='placement_program', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='program',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_programevent" ("breaks", "encrypted", "id", "is_aftercare", "level", "meeting_minutes", "meetings_a_week", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "seats_intended", "seats_limit", "weeks") VALUES (OLD."breaks", OLD."encrypted", OLD."id", OLD."is_aftercare", OLD."level", OLD."meeting_minutes", OLD."meetings_a_week", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_days", OLD."seats_intended", OLD."seats_limit", OLD."weeks"); RETURN NULL;', hash='787a90a5d53e2a638d548194aaf0f9c94cd88d5a', operation='DELETE', pgid='pgtrigger_delete_delete_51873', table='placement_program', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='seat',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_seatevent" ("accepted_at", "chair_id", "end_note", "end_reason", "ended_by_id", "ends_at", "episode_id", "group_id", "held_until", "id", "offered_at", "offered_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "released_why", "starts_at") VALUES (OLD."accepted_at", OLD."chair_id", OLD."end_note", OLD."end_reason", OLD."ended_by_id", OLD."ends_at", OLD."episode_id", OLD."group_id", OLD."held_until", OLD."id", OLD."offered_at", OLD."offered_by_id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."released_at", OLD."released_why", OLD."starts_at"); RETURN NULL;', hash='1c503dcca927ea28f1cd633e57c1aedecf086d9a', operation='DELETE', pgid='pgtrigger_delete_delete_1b99b', table='placement_seat', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='seatevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='52030f5c3ff50d0a696dd27888ee3a89250d4637', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a189e', table='placement_seatevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skip',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_skipevent" ("ended_at", "ended_by_id", "episode_id", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "skipped_at", "skipped_by_id") VALUES (NEW."ended_at", NEW."ended_by_id", NEW."episode_id", NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."skipped_at", NEW."skipped_by_id"); RETURN NULL;', hash='8558a397d8cb870036a504bcaf7b34a570a4c20c', operation='INSERT', pgid='pgtrigger_insert_insert_c8389', table='placement_skip', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skip',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_skipevent" ("ended_at", "ended_by_id", "episode_id", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "skipped_at", "skipped_by_id") VALUES (NEW."ended_at", NEW."ended_by_id", NEW."episode_id", NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."skipped_at", NEW."skipped_by_id"); RETURN NULL;', hash='a637af5b06510f8cff59dcc99180fb6ef777c107', operation='UPDATE', pgid='pgtrigger_update_update_b9831', table='placement_skip', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skip',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_skipevent" ("ended_at", "ended_by_id", "episode_id", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "skipped_at", "skipped_by_id") VALUES (OLD."ended_at", OLD."ended_by_id", OLD."episode_id", OLD."group_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."skipped_at", OLD."skipped_by_id"); RETURN NULL;', hash='c9fc8f8f098d21cec07553f8bdca7f5e691e4b22', operation='DELETE', pgid='pgtrigger_delete_delete_37303', table='placement_skip', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='waiting',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_waitingevent" ("episode_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_by_id", "reasons", "set_by_id", "set_why", "since", "urgency") VALUES (OLD."episode_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."put_by_id", OLD."reasons", OLD."set_by_id", OLD."set_why", OLD."since", OLD."urgency"); RETURN NULL;', hash='6521892729af314e7a40e95e8df8c1e93ee1359d', operation='DELETE', pgid='pgtrigger_delete_delete_96da2', table='placement_waiting', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='waitingevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2c10838ca2a43a58beafb579949e64fb1b413a9c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_feb07', table='placement_waitingevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='wishes',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_wishesevent" ("band", "days", "episode_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tags", "true_of") VALUES (OLD."band", OLD."days", OLD."episode_id", OLD."id", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tags", OLD."true_of"); RETURN NULL;', hash='8a907e2ed11afce6504335dad985736c5be59cae', operation='DELETE', pgid='pgtrigger_delete_delete_3b04d', table='placement_wishes', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='wishesevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fb9b0923f4663c03d1c30ec218b3b39c822b8677', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ae3a9', table='placement_wishesevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='chainstopevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7333ea87d42fd5edde61e1734c9f17e661397a87', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b9d27', table='placement_chainstopevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='chairevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='16e3a3071ebcf41b06338c7f49cbb08c4875dc30', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eb90a', table='placement_chairevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='groupevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='40467769a5d746c97af403eaf553dfe699e5c154', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f1a41', table='placement_groupevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pairevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5e658e7e8225eb7ead9a3cdc4b6e0898cb05ce3c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3c0d', table='placement_pairevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='programevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9a694528717099f248a86130362a0dcb0eded3fe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_090a8', table='placement_programevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skipevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3efd77d1200f3a39c2c6c544f7c480ed4552eb8f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ce81', table='placement_skipevent', when='BEFORE')),
                ),
            ],
        ),
    ]
