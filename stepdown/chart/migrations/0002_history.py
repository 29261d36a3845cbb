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
        ('chart', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='DeadlineEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='chart.deadline')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('kind', models.CharField(choices=[('plan', 'First treatment plan'), ('plan_review', 'Plan review'), ('level_review', 'Plan review after a new level of care'), ('event_review', 'Plan review after an incident'), ('week_after', 'Call a week after IOP'), ('month_after', 'Call 30 days after IOP')], max_length=20)),
                        ('source', models.CharField(choices=[('program', 'Program'), ('state', 'State'), ('payer', 'Payer'), ('accreditor', 'Accreditor')], default='program', max_length=12)),
                        ('counted_from', models.DateTimeField()),
                        ('offset', models.DurationField()),
                        ('due_at', models.DateTimeField()),
                        ('owner', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('done_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('ended_why', models.CharField(blank=True, db_default='', default='', max_length=100)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='GroupNoteEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='chart.groupnote')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('session', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetable.session')),
                        ('author', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('topic', models.CharField(blank=True, max_length=120)),
                        ('interventions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                        ('shared_words', models.TextField(blank=True)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('saved_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('due_at', models.DateTimeField()),
                        ('signed_at', models.DateTimeField(blank=True, null=True)),
                        ('signed_as', models.CharField(blank=True, max_length=120)),
                        ('attestation', models.TextField(blank=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('format', models.CharField(blank=True, help_text='Fixed at the signature; empty: before there were any.', max_length=4)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='HomeworkEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='chart.homework')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('session', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetable.session')),
                        ('topic', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetable.topic')),
                        ('words', models.CharField(blank=True, max_length=500)),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('given_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='HomeworkOfEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='chart.homeworkof')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('homework', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='chart.homework')),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('answer', models.TextField(blank=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='NotePartEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='chart.notepart')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('cosign_due_at', models.DateTimeField(blank=True, null=True)),
                        ('replaces', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='chart.notepart')),
                        ('note', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='chart.groupnote')),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('attendance', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='attendance.attendance')),
                        ('took_part', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                        ('response', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                        ('safety', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                        ('plan', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                        ('objective', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='chart.objective')),
                        ('words', models.TextField(blank=True)),
                        ('absent', models.BooleanField(default=False)),
                        ('absent_reason', models.CharField(blank=True, max_length=200)),
                        ('minutes', models.PositiveSmallIntegerField(default=0)),
                        ('saved_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('signed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('signed_at', models.DateTimeField(blank=True, null=True)),
                        ('signed_as', models.CharField(blank=True, max_length=120)),
                        ('method', models.CharField(blank=True, max_length=60)),
                        ('attestation', models.TextField(blank=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ObjectiveEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='chart.objective')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='chart.planversion')),
                        ('number', models.CharField(max_length=8)),
                        ('words', models.TextField()),
                        ('measure', models.CharField(blank=True, max_length=200)),
                        ('target', models.CharField(blank=True, max_length=200)),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('dropped_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PlanVersionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='chart.planversion')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('content', models.JSONField(default=dict)),
                        ('review', models.TextField(blank=True)),
                        ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('begun_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('saved_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('signed_at', models.DateTimeField(blank=True, null=True)),
                        ('signed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('signed_as', models.CharField(blank=True, max_length=120)),
                        ('method', models.CharField(blank=True, max_length=60)),
                        ('attestation', models.TextField(blank=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ContactNoteEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='chart.contactnote')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('cosign_due_at', models.DateTimeField(blank=True, null=True)),
                        ('replaces', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='chart.contactnote')),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('episode', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('author', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('template', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='chart.notetemplate')),
                        ('side_room', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='live.sideroom')),
                        ('attempt', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='live.attempt')),
                        ('step', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='chart.welfarestep')),
                        ('kind', models.CharField(choices=[('individual', 'Individual session'), ('family', 'Family session'), ('phone', 'Phone contact'), ('outreach', 'Outreach'), ('case_management', 'Case management')], max_length=20)),
                        ('way', models.CharField(blank=True, choices=[('video', 'Video'), ('phone', 'Phone'), ('in_person', 'In person'), ('written', 'Letter or message')], max_length=10)),
                        ('starts_at', models.DateTimeField(blank=True, null=True)),
                        ('ends_at', models.DateTimeField(blank=True, null=True)),
                        ('on', models.DateField()),
                        ('present', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('patient', 'The person'), ('partner', 'Partner'), ('parent', 'Parent'), ('child', 'Child'), ('sibling', 'Sibling'), ('relative', 'Other family'), ('friend', 'Friend'), ('provider', 'Another provider'), ('court', 'Court or probation'), ('employer', 'Employer or school'), ('payer', 'Health plan'), ('interpreter', 'Interpreter')], max_length=12), blank=True, default=list, size=None)),
                        ('place', models.CharField(blank=True, choices=[('home', 'At home'), ('elsewhere', 'Somewhere else'), ('center', 'At the center')], max_length=10)),
                        ('state', models.CharField(blank=True, max_length=2)),
                        ('outcome', models.CharField(blank=True, choices=[('reached', 'Reached'), ('message', 'Left a message'), ('no_answer', 'No answer'), ('sent', 'Sent')], max_length=10)),
                        ('written', models.JSONField(default=dict)),
                        ('safety', models.CharField(blank=True, max_length=20)),
                        ('objective', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='chart.objective')),
                        ('next_step', models.CharField(blank=True, max_length=300)),
                        ('billable', models.BooleanField(blank=True, null=True)),
                        ('why_not', models.CharField(blank=True, choices=[('in_day', 'Part of the group’s day'), ('not_reached', 'Nobody was reached'), ('paperwork', 'Scheduling or paperwork'), ('not_covered', 'Not covered'), ('other', 'Another reason')], max_length=12)),
                        ('why_not_words', models.CharField(blank=True, max_length=120)),
                        ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('saved_page', models.UUIDField(blank=True, null=True)),
                        ('other_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                        ('signed_at', models.DateTimeField(blank=True, null=True)),
                        ('signed_as', models.CharField(blank=True, max_length=120)),
                        ('method', models.CharField(blank=True, max_length=60)),
                        ('attestation', models.TextField(blank=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='contactaddendum',
                    trigger=pgtrigger.compiler.Trigger(name='contact_addendum_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='773208c523f554198bc5cb66dca883af33b1e63c', operation='UPDATE OR DELETE', pgid='pgtrigger_contact_addendum_is_final_45897', table='chart_contactaddendum', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='deadline',
                    trigger=pgtrigger.compiler.Trigger(name='deadline_moves_with_a_reason', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."counted_from" IS DISTINCT FROM (NEW."counted_from") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."episode_id" IS DISTINCT FROM (NEW."episode_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."offset" IS DISTINCT FROM (NEW."offset") OR OLD."source" IS DISTINCT FROM (NEW."source"))', func="\n                    IF ROW(NEW.counted_from, NEW.offset, NEW.source, NEW.kind, NEW.episode_id)\n                        IS NOT DISTINCT FROM ROW(OLD.counted_from, OLD.offset, OLD.source, OLD.kind, OLD.episode_id)\n                        AND EXISTS (\n                            SELECT 1 FROM chart_deadlinemove\n                            WHERE deadline_id = NEW.id AND was_due_at = OLD.due_at AND due_at = NEW.due_at\n                        )\n                    THEN RETURN NEW; END IF;\n                    RAISE EXCEPTION 'A deadline moves with a reason, and its old date is kept.';\n                ", hash='9479d624ad4a564688d846a82e64d4ddb4460083', operation='UPDATE', pgid='pgtrigger_deadline_moves_with_a_reason_0ebb2', table='chart_deadline', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='deadline',
                    trigger=pgtrigger.compiler.Trigger(name='deadline_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1c92554e0756fc61293e2dc028cd7decd35afb32', operation='DELETE', pgid='pgtrigger_deadline_stays_c338b', table='chart_deadline', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='deadline',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_deadlineevent" ("counted_from", "done_at", "done_by_id", "due_at", "ended_why", "episode_id", "id", "kind", "made_at", "offset", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."counted_from", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."ended_why", NEW."episode_id", NEW."id", NEW."kind", NEW."made_at", NEW."offset", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;', hash='c306ce23475658a939d118e94e63424d2d34c35b', operation='INSERT', pgid='pgtrigger_insert_insert_3e565', table='chart_deadline', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='deadline',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "chart_deadlineevent" ("counted_from", "done_at", "done_by_id", "due_at", "ended_why", "episode_id", "id", "kind", "made_at", "offset", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."counted_from", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."ended_why", NEW."episode_id", NEW."id", NEW."kind", NEW."made_at", NEW."offset", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;', hash='f2a495853a0aa4489b6b06bbbf1e20077734e1e1', operation='UPDATE', pgid='pgtrigger_update_update_7a7cb', table='chart_deadline', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='deadline',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_deadlineevent" ("counted_from", "done_at", "done_by_id", "due_at", "ended_why", "episode_id", "id", "kind", "made_at", "offset", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (OLD."counted_from", OLD."done_at", OLD."done_by_id", OLD."due_at", OLD."ended_why", OLD."episode_id", OLD."id", OLD."kind", OLD."made_at", OLD."offset", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source"); RETURN NULL;', hash='466a7ba7179879656c681b52c0a9865ca60e23a8', operation='DELETE', pgid='pgtrigger_delete_delete_db569', table='chart_deadline', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='deadlineevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f0bd502f19822c367055a3026518558fecd3f51', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_16dcb', table='chart_deadlineevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='deadlinemove',
                    trigger=pgtrigger.compiler.Trigger(name='move_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aa38f6927de3adf8917a76b79360daacf353348d', operation='UPDATE OR DELETE', pgid='pgtrigger_move_is_final_54798', table='chart_deadlinemove', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='diagnosis',
                    trigger=pgtrigger.compiler.Trigger(name='diagnosis_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'UPDATE' AND OLD.until_on IS NULL AND ROW(\n                        NEW.id, NEW.patient_id, NEW.code, NEW.words, NEW.substance, NEW.kind, NEW.remission,\n                        NEW.from_on, NEW.recorded_by_id, NEW.recorded_as, NEW.recorded_at\n                    ) IS NOT DISTINCT FROM ROW(\n                        OLD.id, OLD.patient_id, OLD.code, OLD.words, OLD.substance, OLD.kind, OLD.remission,\n                        OLD.from_on, OLD.recorded_by_id, OLD.recorded_as, OLD.recorded_at\n                    ) THEN RETURN NEW; END IF;\n                    RAISE EXCEPTION 'A diagnosis stays as it was recorded. End it and record another one.';\n                ", hash='068fe7dc7a13e2de78918bea06b71acafc57064f', operation='UPDATE OR DELETE', pgid='pgtrigger_diagnosis_stays_3d72b', table='chart_diagnosis', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='drugtest',
                    trigger=pgtrigger.compiler.Trigger(name='drug_test_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."on" IS DISTINCT FROM (NEW."on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='32f57c2fe3a559bfc2a2519902be987fed95c698', operation='UPDATE', pgid='pgtrigger_drug_test_stays_1df1a', table='chart_drugtest', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='drugtest',
                    trigger=pgtrigger.compiler.Trigger(name='drug_test_collected_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."collected_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2e946348f1d47341d2c3da595434586e06923d8b', operation='UPDATE', pgid='pgtrigger_drug_test_collected_is_final_1eaec', table='chart_drugtest', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='drugtest',
                    trigger=pgtrigger.compiler.Trigger(name='drug_test_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='003e27311fa923a097b179e42f8f7af360af5695', operation='DELETE', pgid='pgtrigger_drug_test_is_kept_bd645', table='chart_drugtest', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='drugtestresult',
                    trigger=pgtrigger.compiler.Trigger(name='drug_test_result_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2c4c592d6afae92edd6d00334b346d0cdfb87b58', operation='UPDATE OR DELETE', pgid='pgtrigger_drug_test_result_is_final_45941', table='chart_drugtestresult', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='drugtestschedule',
                    trigger=pgtrigger.compiler.Trigger(name='test_schedule_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."min_days" IS DISTINCT FROM (NEW."min_days") OR OLD."max_days" IS DISTINCT FROM (NEW."max_days") OR OLD."always" IS DISTINCT FROM (NEW."always") OR OLD."sometimes" IS DISTINCT FROM (NEW."sometimes") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='56e1115f5bbd424045798e507463c34cdcfbbf23', operation='UPDATE', pgid='pgtrigger_test_schedule_stays_24f96', table='chart_drugtestschedule', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='drugtestschedule',
                    trigger=pgtrigger.compiler.Trigger(name='test_schedule_ended_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='43bdd4ca0284c800f27c3d4b5d97139d843c5812', operation='UPDATE', pgid='pgtrigger_test_schedule_ended_is_final_aea8d', table='chart_drugtestschedule', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='drugtestschedule',
                    trigger=pgtrigger.compiler.Trigger(name='test_schedule_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4e17dca79214c74a0671e591f4ef2915f17eeb69', operation='DELETE', pgid='pgtrigger_test_schedule_is_kept_697d8', table='chart_drugtestschedule', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='groupnote',
                    trigger=pgtrigger.compiler.Trigger(name='signed_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."signed_at" IS NOT NULL)', func="RAISE EXCEPTION 'This note is signed. Add an addendum instead.';", hash='94dc532a6eaacc0b1eca12eb873dc4e45fa75812', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_is_final_75175', table='chart_groupnote', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='groupnote',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_groupnoteevent" ("attestation", "author_id", "digest", "due_at", "format", "id", "interventions", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "session_id", "shared_words", "signed_as", "signed_at", "topic") VALUES (OLD."attestation", OLD."author_id", OLD."digest", OLD."due_at", OLD."format", OLD."id", OLD."interventions", OLD."opened_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."saved_at", OLD."saved_by_id", OLD."session_id", OLD."shared_words", OLD."signed_as", OLD."signed_at", OLD."topic"); RETURN NULL;', hash='ba8f333572e7767a762121576b3344d76d8c1bf9', operation='DELETE', pgid='pgtrigger_delete_delete_d2321', table='chart_groupnote', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='addendum',
                    trigger=pgtrigger.compiler.Trigger(name='addendum_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0702e11b299b8bc93a9deec33f19482b80a6a9ae', operation='UPDATE OR DELETE', pgid='pgtrigger_addendum_is_final_45645', table='chart_addendum', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='groupnoteevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='585c0669945d130ed02c9963dd33f926af7e6366', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a8d2e', table='chart_groupnoteevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homework',
                    trigger=pgtrigger.compiler.Trigger(name='homework_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1c866cf84a0f371ee21f32a9e3f024089898c8b7', operation='DELETE', pgid='pgtrigger_homework_is_kept_e951e', table='chart_homework', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homework',
                    trigger=pgtrigger.compiler.Trigger(name='homework_stays_as_given', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."given_at" IS DISTINCT FROM (NEW."given_at") OR OLD."given_by_id" IS DISTINCT FROM (NEW."given_by_id") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."topic_id" IS DISTINCT FROM (NEW."topic_id") OR OLD."words" IS DISTINCT FROM (NEW."words"))', func="RAISE EXCEPTION 'Homework stays as it was given. Take it back, and give another one.';", hash='0a618abb38f3ebf46007ce4450509ac0de38cc65', operation='UPDATE', pgid='pgtrigger_homework_stays_as_given_75b27', table='chart_homework', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homework',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_homeworkevent" ("due_at", "given_at", "given_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "taken_back_at", "topic_id", "words") VALUES (NEW."due_at", NEW."given_at", NEW."given_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_id", NEW."taken_back_at", NEW."topic_id", NEW."words"); RETURN NULL;', hash='29473becbcebb2085f4f3da1b79906d3ca37f702', operation='INSERT', pgid='pgtrigger_insert_insert_1b555', table='chart_homework', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homework',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "chart_homeworkevent" ("due_at", "given_at", "given_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "taken_back_at", "topic_id", "words") VALUES (NEW."due_at", NEW."given_at", NEW."given_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_id", NEW."taken_back_at", NEW."topic_id", NEW."words"); RETURN NULL;', hash='3df2299c8b49e92fd7d8a0f3291ad5e086a592c5', operation='UPDATE', pgid='pgtrigger_update_update_ac727', table='chart_homework', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homework',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_homeworkevent" ("due_at", "given_at", "given_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "taken_back_at", "topic_id", "words") VALUES (OLD."due_at", OLD."given_at", OLD."given_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."session_id", OLD."taken_back_at", OLD."topic_id", OLD."words"); RETURN NULL;', hash='4a9662a6d97ad935bb5600ff22f5e365c6001219', operation='DELETE', pgid='pgtrigger_delete_delete_abd00', table='chart_homework', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homeworkevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='23b3c63af2ac5ac3b87cc59316c9d596e99dc69a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9bc87', table='chart_homeworkevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homeworkof',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_homeworkofevent" ("answer", "done_at", "homework_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answer", NEW."done_at", NEW."homework_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='dcf0213c6f8b3b11fc053035b348999c68f4de1c', operation='INSERT', pgid='pgtrigger_insert_insert_347b5', table='chart_homeworkof', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homeworkof',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "chart_homeworkofevent" ("answer", "done_at", "homework_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answer", NEW."done_at", NEW."homework_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='aafcc7495c11d51fe23f4da18895a1ba5631d6d8', operation='UPDATE', pgid='pgtrigger_update_update_11503', table='chart_homeworkof', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homeworkof',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_homeworkofevent" ("answer", "done_at", "homework_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."answer", OLD."done_at", OLD."homework_id", OLD."id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='964cb56177b975d683a968f28101395c11bf529e', operation='DELETE', pgid='pgtrigger_delete_delete_5cfee', table='chart_homeworkof', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='homeworkofevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='67a894172ffd730350ab34e9ddb9bb2a87b1e6dd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_18175', table='chart_homeworkofevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='missed',
                    trigger=pgtrigger.compiler.Trigger(name='what_is_over_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."over_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='468259be3b9dd7cfa7bf5436482089f5f53f86c1', operation='UPDATE', pgid='pgtrigger_what_is_over_is_final_54938', table='chart_missed', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='missed',
                    trigger=pgtrigger.compiler.Trigger(name='missed_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='27b6f8288dd67c3f8880ac0f689743dec1609af6', operation='DELETE', pgid='pgtrigger_missed_is_kept_86203', table='chart_missed', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='missedsession',
                    trigger=pgtrigger.compiler.Trigger(name='missed_session_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."over_why" = \'\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='69daddca9dfea0171d50890cb4d45d7c26024653', operation='UPDATE', pgid='pgtrigger_missed_session_is_final_0211a', table='chart_missedsession', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='missedsession',
                    trigger=pgtrigger.compiler.Trigger(name='missed_session_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='44e286ca709a5596859150179ec7c4d983133a76', operation='DELETE', pgid='pgtrigger_missed_session_is_kept_b7728', table='chart_missedsession', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='noteformat',
                    trigger=pgtrigger.compiler.Trigger(name='format_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cea525507bd53b3399e0387807dd4d4419f73a79', operation='UPDATE OR DELETE', pgid='pgtrigger_format_is_append_only_707e6', table='chart_noteformat', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='latenote',
                    trigger=pgtrigger.compiler.Trigger(name='late_note_stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9bd2da1fae0083b9ee57d1d9b8a1203085f10230', operation='UPDATE', pgid='pgtrigger_late_note_stays_as_it_was_831e2', table='chart_latenote', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='latenote',
                    trigger=pgtrigger.compiler.Trigger(name='late_note_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.contact_id IS NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='546e9776b3d997975199cf071af5f21a4963bd83', operation='DELETE', pgid='pgtrigger_late_note_is_kept_116a6', table='chart_latenote', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='cosignature',
                    trigger=pgtrigger.compiler.Trigger(name='cosignature_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5869ae5b128b64d7f73ae09e3a64c84a7942e336', operation='UPDATE OR DELETE', pgid='pgtrigger_cosignature_is_final_66098', table='chart_cosignature', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='notetemplate',
                    trigger=pgtrigger.compiler.Trigger(name='template_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ec73aa6ba347a60f356fecea623abf1077509805', operation='UPDATE OR DELETE', pgid='pgtrigger_template_is_final_52f2c', table='chart_notetemplate', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='notevoid',
                    trigger=pgtrigger.compiler.Trigger(name='void_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='03126f76f5b188ec61e792655ee4670c9052587b', operation='UPDATE OR DELETE', pgid='pgtrigger_void_is_final_1df87', table='chart_notevoid', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='notepartevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e013bc1465c6acd44a82d12fef5d8a36d8740cd1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8e82c', table='chart_notepartevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='notepart',
                    trigger=pgtrigger.compiler.Trigger(name='part_of_signed_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE signed timestamptz;', func="SELECT signed_at INTO signed FROM chart_groupnote WHERE id = COALESCE(NEW.note_id, OLD.note_id); IF TG_OP = 'INSERT' AND NEW.replaces_id IS NOT NULL THEN RETURN NEW; END IF; IF signed IS NOT NULL THEN RAISE EXCEPTION 'This note is signed. Add an addendum instead.'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='ab72236b690cd87cbdbc5be9cbb7b3027c8c2d61', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_part_of_signed_is_final_c0a17', table='chart_notepart', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='notepart',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_notepartevent" ("absent", "absent_reason", "attendance_id", "attestation", "cosign_due_at", "digest", "id", "method", "minutes", "note_id", "objective_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "replaces_id", "response", "safety", "saved_by_id", "signed_as", "signed_at", "signed_by_id", "took_part", "words") VALUES (OLD."absent", OLD."absent_reason", OLD."attendance_id", OLD."attestation", OLD."cosign_due_at", OLD."digest", OLD."id", OLD."method", OLD."minutes", OLD."note_id", OLD."objective_id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan", OLD."replaces_id", OLD."response", OLD."safety", OLD."saved_by_id", OLD."signed_as", OLD."signed_at", OLD."signed_by_id", OLD."took_part", OLD."words"); RETURN NULL;', hash='adf07f3b147040cf31449b07cf83e57519e7bd42', operation='DELETE', pgid='pgtrigger_delete_delete_7ae38', table='chart_notepart', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planversion',
                    trigger=pgtrigger.compiler.Trigger(name='signed_plan_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."signed_at" IS NOT NULL)', func="RAISE EXCEPTION 'This version is signed. Begin the next one to change the plan.';", hash='4c961c714e0982ac83ebe3d43c4699a885baa397', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_plan_is_final_42a61', table='chart_planversion', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planversion',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_planversionevent" ("attestation", "begun_at", "begun_by_id", "content", "digest", "episode_id", "id", "method", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review", "saved_at", "saved_by_id", "signed_as", "signed_at", "signed_by_id") VALUES (OLD."attestation", OLD."begun_at", OLD."begun_by_id", OLD."content", OLD."digest", OLD."episode_id", OLD."id", OLD."method", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review", OLD."saved_at", OLD."saved_by_id", OLD."signed_as", OLD."signed_at", OLD."signed_by_id"); RETURN NULL;', hash='ad3f1c35fa1b0b46c268672807291cbcdab1545c', operation='DELETE', pgid='pgtrigger_delete_delete_a45f3', table='chart_planversion', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='plananswer',
                    trigger=pgtrigger.compiler.Trigger(name='answer_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='53d374fb0a6d16ec13193f63140f130f1e09955a', operation='UPDATE OR DELETE', pgid='pgtrigger_answer_is_final_b26f5', table='chart_plananswer', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='objectiveevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='22bdb480879d1e41cd0d99b8903e92b296063fff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_41588', table='chart_objectiveevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='objective',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_objectiveevent" ("dropped_at", "due_on", "episode_id", "id", "measure", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target", "version_id", "words") VALUES (NEW."dropped_at", NEW."due_on", NEW."episode_id", NEW."id", NEW."measure", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."target", NEW."version_id", NEW."words"); RETURN NULL;', hash='59d3ec9f5063f3e3b6d4bcb4ed933228bbe7dc38', operation='INSERT', pgid='pgtrigger_insert_insert_07891', table='chart_objective', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='objective',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "chart_objectiveevent" ("dropped_at", "due_on", "episode_id", "id", "measure", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target", "version_id", "words") VALUES (NEW."dropped_at", NEW."due_on", NEW."episode_id", NEW."id", NEW."measure", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."target", NEW."version_id", NEW."words"); RETURN NULL;', hash='7c16fa9432e672682c5d90381773be7c1a354313', operation='UPDATE', pgid='pgtrigger_update_update_35011', table='chart_objective', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='objective',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_objectiveevent" ("dropped_at", "due_on", "episode_id", "id", "measure", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target", "version_id", "words") VALUES (OLD."dropped_at", OLD."due_on", OLD."episode_id", OLD."id", OLD."measure", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."target", OLD."version_id", OLD."words"); RETURN NULL;', hash='97f99a4cafa45c2f52413f5a306ba2addb7a3a57', operation='DELETE', pgid='pgtrigger_delete_delete_d97c7', table='chart_objective', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planversionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4cb9db20832db2cdd5d1b5c8ba5105cb054f694f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bc330', table='chart_planversionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='progress',
                    trigger=pgtrigger.compiler.Trigger(name='progress_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6ef0d61698f79c1cabcac9be66ae65211d15d813', operation='UPDATE OR DELETE', pgid='pgtrigger_progress_is_final_57fd9', table='chart_progress', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='returntouse',
                    trigger=pgtrigger.compiler.Trigger(name='return_to_use_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb0abed9d33aa390ac6e8abcc27f61511c0bc418', operation='UPDATE OR DELETE', pgid='pgtrigger_return_to_use_is_final_9b642', table='chart_returntouse', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='returnresponse',
                    trigger=pgtrigger.compiler.Trigger(name='return_response_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c051ca543677c70ce9b03f62c0c2d2c83e144ed9', operation='UPDATE OR DELETE', pgid='pgtrigger_return_response_is_final_9d646', table='chart_returnresponse', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='returnaddendum',
                    trigger=pgtrigger.compiler.Trigger(name='return_addendum_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ef8540dd86b6a85f5dd3131975e74382abb10bee', operation='UPDATE OR DELETE', pgid='pgtrigger_return_addendum_is_final_1c85b', table='chart_returnaddendum', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='drugtesttalk',
                    trigger=pgtrigger.compiler.Trigger(name='drug_test_talk_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='323820a73010059c690b29057cf16d4bc13586a6', operation='UPDATE OR DELETE', pgid='pgtrigger_drug_test_talk_is_final_73bd1', table='chart_drugtesttalk', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='safetyplan',
                    trigger=pgtrigger.compiler.Trigger(name='safety_plan_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b02ae3c188536667e6f457a53b00e55dcaae49ae', operation='UPDATE OR DELETE', pgid='pgtrigger_safety_plan_is_final_a9e31', table='chart_safetyplan', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='savedtext',
                    trigger=pgtrigger.compiler.Trigger(name='saved_text_stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0062e390e508a1f06e5e206a43bea03d5c8b7548', operation='UPDATE', pgid='pgtrigger_saved_text_stays_as_it_was_2d0a8', table='chart_savedtext', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sentback',
                    trigger=pgtrigger.compiler.Trigger(name='sent_back_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='65b5df0d6c81569e4c42ba1b4d4b5987f396e612', operation='UPDATE OR DELETE', pgid='pgtrigger_sent_back_is_final_6a523', table='chart_sentback', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='welfarestep',
                    trigger=pgtrigger.compiler.Trigger(name='welfare_step_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a32867bda9ad23280a47e39accf56aed77f27ae8', operation='UPDATE OR DELETE', pgid='pgtrigger_welfare_step_is_final_44b8a', table='chart_welfarestep', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='contactnoteevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='320b9638bbbf85ce74ba01d95dae85142b6bdc9f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_90174', table='chart_contactnoteevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='contactnote',
                    trigger=pgtrigger.compiler.Trigger(name='signed_contact_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."signed_at" IS NOT NULL)', func="RAISE EXCEPTION 'This note is signed. Add an addendum instead.';", hash='78d7b29bd20d082f148e450f0798bdaa423a8a8f', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_contact_is_final_24979', table='chart_contactnote', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='contactnote',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "chart_contactnoteevent" ("attempt_id", "attestation", "author_id", "begun_at", "billable", "cosign_due_at", "digest", "ends_at", "episode_id", "id", "kind", "method", "next_step", "objective_id", "on", "other_names", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "present", "replaces_id", "safety", "saved_at", "saved_page", "side_room_id", "signed_as", "signed_at", "starts_at", "state", "step_id", "template_id", "way", "why_not", "why_not_words", "written") VALUES (OLD."attempt_id", OLD."attestation", OLD."author_id", OLD."begun_at", OLD."billable", OLD."cosign_due_at", OLD."digest", OLD."ends_at", OLD."episode_id", OLD."id", OLD."kind", OLD."method", OLD."next_step", OLD."objective_id", OLD."on", OLD."other_names", OLD."outcome", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."present", OLD."replaces_id", OLD."safety", OLD."saved_at", OLD."saved_page", OLD."side_room_id", OLD."signed_as", OLD."signed_at", OLD."starts_at", OLD."state", OLD."step_id", OLD."template_id", OLD."way", OLD."why_not", OLD."why_not_words", OLD."written"); RETURN NULL;', hash='63c94c95bb26521e43c356b85073727df27f0982', operation='DELETE', pgid='pgtrigger_delete_delete_6e318', table='chart_contactnote', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='drugtest',
                    trigger=pgtrigger.compiler.Trigger(name='drug_test_told_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.notified_at IS NOT NULL AND (OLD.asked_by_id, OLD.panels, OLD.way, OLD.notice_at) IS DISTINCT FROM (NEW.asked_by_id, NEW.panels, NEW.way, NEW.notice_at))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ca61505df3f5575a88ceab574ca890386bd4e6c5', operation='UPDATE', pgid='pgtrigger_drug_test_told_stays_57352', table='chart_drugtest', when='BEFORE')),
                ),
            ],
        ),
    ]
