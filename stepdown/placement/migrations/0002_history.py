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
        ('pghistory', '0007_auto_20250421_0444'),
        ('placement', '0001_initial'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='ProgramEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.program')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
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
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SeatEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.seat')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('group', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.group')),
                        ('chair', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.chair')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField(blank=True, null=True)),
                        ('offered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('offered_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='Empty when the chair was offered by itself, to the next on the waitlist.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('held_until', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('released_at', models.DateTimeField(blank=True, null=True)),
                        ('released_why', models.CharField(blank=True, choices=[('lapsed', 'Not accepted in time'), ('declined', 'Declined by the patient'), ('withdrawn', 'Taken back by staff')], max_length=10)),
                        ('end_reason', models.CharField(blank=True, choices=[('completed', 'Completed'), ('moved', 'Moved to another group'), ('stepped_down', 'Stepped down'), ('discharged', 'Discharged')], max_length=14)),
                        ('end_note', models.CharField(blank=True, help_text='Why, in the words of who ended or moved it.', max_length=300)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
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
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.skip')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('group', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.group')),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('reason', models.CharField(max_length=300)),
                        ('skipped_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('skipped_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='WaitingEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.waiting')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('since', models.DateTimeField()),
                        ('urgency', models.PositiveSmallIntegerField(choices=[(1, 'First'), (2, 'Soon'), (3, 'In turn')])),
                        ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('put_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('set_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('set_why', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='WishesEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.wishes')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('band', models.CharField(blank=True, choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10)),
                        ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                        ('language', models.CharField(blank=True, choices=[('en', 'English'), ('es', 'Spanish')], max_length=5)),
                        ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, default=list, size=None)),
                        ('true_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, default=list, size=None)),
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
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.chair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('group', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.group')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('from_on', models.DateField(blank=True, null=True)),
                        ('gone_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ChainStopEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.chainstop')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('group', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.group')),
                        ('stopped_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('stopped_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('reason', models.CharField(max_length=300)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('started_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
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
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.pair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('one', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('other', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('staff', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('apart', models.BooleanField(default=True)),
                        ('kind', models.CharField(choices=[('relatives', 'Relatives'), ('partners', 'Partners'), ('coworkers', 'Co-workers'), ('codefendants', 'Co-defendants'), ('no_contact', 'No-contact order'), ('conflict', 'A conflict'), ('acquainted', 'Know each other otherwise')], max_length=12)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('entered_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
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
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.group')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('program', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.program')),
                        ('name', models.CharField(max_length=40)),
                        ('band', models.CharField(choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10)),
                        ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                        ('starts_at', models.TimeField()),
                        ('time_zone', models.CharField(max_length=40)),
                        ('leader', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('co_leader', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('opened_on', models.DateField()),
                        ('closed_on', models.DateField(blank=True, null=True)),
                        ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, db_default=[], default=list, size=None)),
                        ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], db_default='en', default='en', max_length=5)),
                        ('entry_until', models.DateField(blank=True, help_text='The last day on which a seat may begin, in a closed group; empty in an open one.', null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
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
                    model_name='chairevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='16e3a3071ebcf41b06338c7f49cbb08c4875dc30', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eb90a', table='placement_chairevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='chair',
                    trigger=pgtrigger.compiler.Trigger(name='chairs_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."gone_on" IS NOT NULL)', func="\n        IF EXISTS (\n            SELECT 1 FROM placement_seat seat JOIN placement_group g ON g.id = seat.group_id\n            WHERE seat.chair_id = NEW.id AND seat.released_at IS NULL\n            AND (seat.accepted_at IS NOT NULL OR seat.held_until > NOW())\n            AND COALESCE(((seat.ends_at AT TIME ZONE g.time_zone) - g.starts_at - INTERVAL '1 microsecond')::date, 'infinity') >= NEW.gone_on\n            AND COALESCE(seat.ends_at, 'infinity') > NOW()\n        ) THEN\n            RAISE EXCEPTION 'Somebody still has this chair then. Choose a later day.' USING CONSTRAINT = 'chair_is_free';\n        END IF;\n        RETURN NEW;\n    ", hash='088da9f01b72aa8cb1b76f9a31e9f78221a59cd6', operation='UPDATE', pgid='pgtrigger_chairs_stay_543d1', table='placement_chair', when='BEFORE')),
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
                    model_name='chainstopevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7333ea87d42fd5edde61e1734c9f17e661397a87', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b9d27', table='placement_chainstopevent', when='BEFORE')),
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
                    model_name='pairevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5e658e7e8225eb7ead9a3cdc4b6e0898cb05ce3c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3c0d', table='placement_pairevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='groupevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='40467769a5d746c97af403eaf553dfe699e5c154', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f1a41', table='placement_groupevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='group',
                    trigger=pgtrigger.compiler.Trigger(name='leaders_kept_apart', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."co_leader_id" IS DISTINCT FROM (NEW."co_leader_id") OR OLD."leader_id" IS DISTINCT FROM (NEW."leader_id"))', declare='DECLARE given uuid[];', func="\n        IF EXISTS (\n            SELECT 1 FROM timetable_groupchange ahead\n            WHERE ahead.group_id = NEW.id AND applied_at IS NULL AND taken_back_at IS NULL\n            AND leader_id = NEW.leader_id AND co_leader_id IS NOT DISTINCT FROM NEW.co_leader_id\n        ) THEN RETURN NEW; END IF;\n        \n        given := ARRAY(\n            SELECT staff FROM UNNEST(ARRAY[NEW.leader_id, NEW.co_leader_id]) AS staff\n            WHERE staff IS NOT NULL AND staff <> ALL((ARRAY[OLD.leader_id, COALESCE(OLD.co_leader_id, OLD.leader_id)])::uuid[])\n        );\n        PERFORM pg_advisory_xact_lock(hashtextextended(pair.id::text, 0)) FROM (\n            SELECT id FROM placement_pair WHERE apart AND ended_at IS NULL AND staff_id = ANY(given) ORDER BY id\n        ) AS pair;\n        IF EXISTS (\n            SELECT 1 FROM placement_pair pair JOIN placement_seat seat ON seat.patient_id = pair.one_id\n            WHERE pair.apart AND pair.ended_at IS NULL AND pair.staff_id = ANY(given)\n            AND seat.group_id = NEW.id AND seat.released_at IS NULL\n            AND (seat.accepted_at IS NOT NULL OR seat.held_until > NOW())\n            AND COALESCE(seat.ends_at, 'infinity') > NOW()\n        ) THEN\n            RAISE EXCEPTION 'Someone in this group is to be kept apart from them.' USING CONSTRAINT = 'kept_apart';\n        END IF;\n        RETURN NEW;\n    \n    ", hash='043a53ec978e5c6fb4155ce8d2e76bf4212b4608', operation='UPDATE', pgid='pgtrigger_leaders_kept_apart_983e6', table='placement_group', when='BEFORE')),
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
                    model_name='programevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9a694528717099f248a86130362a0dcb0eded3fe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_090a8', table='placement_programevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='seat',
                    trigger=pgtrigger.compiler.Trigger(name='keeps_apart', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE others uuid[];', func="\n        IF NEW.released_at IS NOT NULL THEN RETURN NEW; END IF;\n        IF TG_OP = 'UPDATE' THEN\n            IF NEW.group_id = OLD.group_id AND NEW.patient_id = OLD.patient_id AND OLD.released_at IS NULL\n                AND NEW.starts_at >= OLD.starts_at\n                AND COALESCE(NEW.ends_at, 'infinity') <= COALESCE(OLD.ends_at, 'infinity')\n                AND (OLD.accepted_at IS NOT NULL OR NEW.accepted_at IS NULL)\n            THEN RETURN NEW; END IF;\n        END IF;\n        others := ARRAY(\n            SELECT CASE WHEN one_id = NEW.patient_id THEN COALESCE(other_id, staff_id) ELSE one_id END\n            FROM placement_pair\n            WHERE apart AND ended_at IS NULL AND (one_id = NEW.patient_id OR other_id = NEW.patient_id)\n        );\n        IF CARDINALITY(others) = 0 THEN RETURN NEW; END IF;\n        PERFORM pg_advisory_xact_lock(hashtextextended(pair.id::text, 0)) FROM (\n            SELECT id FROM placement_pair\n            WHERE apart AND ended_at IS NULL AND (one_id = NEW.patient_id OR other_id = NEW.patient_id) ORDER BY id\n        ) AS pair;\n        IF EXISTS (\n            SELECT 1 FROM placement_group\n            WHERE id = NEW.group_id AND (leader_id = ANY(others) OR co_leader_id = ANY(others))\n        ) OR EXISTS (\n            SELECT 1 FROM timetable_groupchange ahead\n            WHERE ahead.group_id = NEW.group_id AND applied_at IS NULL AND taken_back_at IS NULL\n            AND (leader_id = ANY(others) OR co_leader_id = ANY(others))\n            AND COALESCE(NEW.ends_at, 'infinity') > from_on::timestamp AT TIME ZONE time_zone\n        ) OR EXISTS (\n            SELECT 1 FROM placement_seat seat\n            WHERE seat.patient_id = ANY(others) AND seat.group_id = NEW.group_id AND seat.released_at IS NULL\n            AND (seat.accepted_at IS NOT NULL OR seat.held_until > NOW())\n            AND tstzrange(seat.starts_at, seat.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)\n        ) THEN\n            RAISE EXCEPTION 'Someone in this group is to be kept apart from them.' USING CONSTRAINT = 'kept_apart';\n        END IF;\n        RETURN NEW;\n    ", hash='152004e1090e1620f46840096936ffc5d71b4f42', operation='INSERT OR UPDATE', pgid='pgtrigger_keeps_apart_be4bd', table='placement_seat', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='seat',
                    trigger=pgtrigger.compiler.Trigger(name='on_a_chair', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE chair record;', func="\n        IF NEW.released_at IS NOT NULL THEN RETURN NEW; END IF;\n        IF TG_OP = 'UPDATE' THEN\n            IF (NEW.chair_id, NEW.starts_at, NEW.ends_at) IS NOT DISTINCT FROM\n                (OLD.chair_id, OLD.starts_at, OLD.ends_at) AND OLD.released_at IS NULL\n            THEN RETURN NEW; END IF;\n        END IF;\n        SELECT c.from_on, c.gone_on, g.time_zone, g.starts_at INTO chair\n        FROM placement_chair c JOIN placement_group g ON g.id = c.group_id WHERE c.id = NEW.chair_id FOR SHARE OF c;\n        IF chair.from_on > (NEW.starts_at AT TIME ZONE chair.time_zone)::date\n            OR (chair.gone_on IS NOT NULL AND NEW.ends_at IS NULL)\n            OR chair.gone_on <= ((NEW.ends_at AT TIME ZONE chair.time_zone) - chair.starts_at - INTERVAL '1 microsecond')::date\n        THEN\n            RAISE EXCEPTION 'This chair is not there for the whole time. Choose another chair, another group or another time.' USING CONSTRAINT = 'chair_is_there';\n        END IF;\n        RETURN NEW;\n    ", hash='562d716c2ece4abc0ebecb15a1ecc6c32a0cd2b2', operation='INSERT OR UPDATE', pgid='pgtrigger_on_a_chair_ddcb6', table='placement_seat', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='seat',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_seatevent" ("accepted_at", "chair_id", "end_note", "end_reason", "ended_by_id", "ends_at", "episode_id", "group_id", "held_until", "id", "offered_at", "offered_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "released_why", "starts_at") VALUES (NEW."accepted_at", NEW."chair_id", NEW."end_note", NEW."end_reason", NEW."ended_by_id", NEW."ends_at", NEW."episode_id", NEW."group_id", NEW."held_until", NEW."id", NEW."offered_at", NEW."offered_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."released_at", NEW."released_why", NEW."starts_at"); RETURN NULL;', hash='1f12c2e47f652a275fc2df758f3e219eda438562', operation='INSERT', pgid='pgtrigger_insert_insert_40508', table='placement_seat', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='seat',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_seatevent" ("accepted_at", "chair_id", "end_note", "end_reason", "ended_by_id", "ends_at", "episode_id", "group_id", "held_until", "id", "offered_at", "offered_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "released_why", "starts_at") VALUES (NEW."accepted_at", NEW."chair_id", NEW."end_note", NEW."end_reason", NEW."ended_by_id", NEW."ends_at", NEW."episode_id", NEW."group_id", NEW."held_until", NEW."id", NEW."offered_at", NEW."offered_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."released_at", NEW."released_why", NEW."starts_at"); RETURN NULL;', hash='3ddfb8962f659f66ea26af6876b6723fc8a6d8ac', operation='UPDATE', pgid='pgtrigger_update_update_859fa', table='placement_seat', when='AFTER')),
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
                    model_name='skipevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3efd77d1200f3a39c2c6c544f7c480ed4552eb8f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ce81', table='placement_skipevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='waiting',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_waitingevent" ("episode_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_by_id", "reasons", "set_by_id", "set_why", "since", "urgency") VALUES (NEW."episode_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."put_by_id", NEW."reasons", NEW."set_by_id", NEW."set_why", NEW."since", NEW."urgency"); RETURN NULL;', hash='30f8ec4090aca56ad20a672ba3430ebb9654a8a7', operation='INSERT', pgid='pgtrigger_insert_insert_9852a', table='placement_waiting', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='waiting',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_waitingevent" ("episode_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_by_id", "reasons", "set_by_id", "set_why", "since", "urgency") VALUES (NEW."episode_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."put_by_id", NEW."reasons", NEW."set_by_id", NEW."set_why", NEW."since", NEW."urgency"); RETURN NULL;', hash='e03a9956f8e84646f130e247f88cd1fc80b57f30', operation='UPDATE', pgid='pgtrigger_update_update_00a1e', table='placement_waiting', when='AFTER')),
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
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_wishesevent" ("band", "days", "episode_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tags", "true_of") VALUES (NEW."band", NEW."days", NEW."episode_id", NEW."id", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tags", NEW."true_of"); RETURN NULL;', hash='3c310e4c9d3cf5564c2cda6ad21bcbdf360c95aa', operation='INSERT', pgid='pgtrigger_insert_insert_070e0', table='placement_wishes', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='wishes',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_wishesevent" ("band", "days", "episode_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tags", "true_of") VALUES (NEW."band", NEW."days", NEW."episode_id", NEW."id", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tags", NEW."true_of"); RETURN NULL;', hash='e5863808f0e99a49cd81318ce6cd0a4081e65a8b', operation='UPDATE', pgid='pgtrigger_update_update_ac373', table='placement_wishes', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='wishes',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_wishesevent" ("band", "days", "episode_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tags", "true_of") VALUES (OLD."band", OLD."days", OLD."episode_id", OLD."id", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tags", OLD."true_of"); RETURN NULL;', hash='8a907e2ed11afce6504335dad985736c5be59cae', operation='DELETE', pgid='pgtrigger_delete_delete_3b04d', table='placement_wishes', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='wishesevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fb9b0923f4663c03d1c30ec218b3b39c822b8677', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ae3a9', table='placement_wishesevent', when='BEFORE')),
                ),
            ],
        ),
    ]
