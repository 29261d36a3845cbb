import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answers', models.JSONField(default=dict)),
                ('words', models.JSONField(blank=True, default=dict)),
                ('about', models.JSONField(blank=True, default=dict)),
                ('came_from', models.CharField(blank=True, choices=[('hospital', 'Hospital'), ('partial_hospitalization', 'Partial hospitalization'), ('residential', 'Residential care'), ('withdrawal_management', 'Withdrawal management'), ('iop', 'Another intensive outpatient program'), ('direct', 'Directly')], max_length=30)),
                ('came_from_name', models.CharField(blank=True, max_length=120)),
                ('referred_by', models.CharField(blank=True, max_length=120)),
                ('ready_at', models.DateTimeField(blank=True, null=True)),
                ('advice', models.JSONField(blank=True, null=True)),
                ('decided_level', models.CharField(blank=True, choices=[('OUTPATIENT', 'Outpatient'), ('IOP', 'Intensive outpatient'), ('PHP', 'Partial hospitalization'), ('RESIDENTIAL', 'Residential care'), ('WITHDRAWAL_MANAGEMENT', 'Withdrawal management'), ('EMERGENCY_NOW', 'Emergency care now')], max_length=30)),
                ('decision_reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
            ],
        ),
        migrations.CreateModel(
            name='Danger',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('rules', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None)),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done', models.TextField(blank=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dangers', to='admissions.assessment')),
                ('handled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
            ],
            options={
                'ordering': ['-noted_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_at', None)), fields=('assessment',), name='one_open_danger'), models.CheckConstraint(condition=models.Q(models.Q(('done', ''), ('done_at', None)), models.Q(('done_at__isnull', False), models.Q(('done', ''), _negated=True)), _connector='OR'), name='danger_end_is_whole', violation_error_message='Say what was done about the danger.')],
            },
        ),
        migrations.CreateModel(
            name='DangerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('rules', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None)),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done', models.TextField(blank=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('assessment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.assessment')),
                ('handled_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('noted_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='admissions.danger')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('waitlist', 'On the waitlist'), ('active', 'In care'), ('on_hold', 'On hold'), ('completed', 'Completed'), ('transferred', 'Moved to another provider'), ('left_against_advice', 'Chose to leave early'), ('administrative_discharge', 'Ended by the program'), ('no_contact', 'Contact lost'), ('incarcerated', 'Incarcerated'), ('deceased', 'Died'), ('other', 'Other reason')], default='planned', max_length=26)),
                ('came_from', models.CharField(choices=[('hospital', 'Hospital'), ('partial_hospitalization', 'Partial hospitalization'), ('residential', 'Residential care'), ('withdrawal_management', 'Withdrawal management'), ('iop', 'Another intensive outpatient program'), ('direct', 'Directly')], default='direct', max_length=30)),
                ('came_from_name', models.CharField(blank=True, max_length=120)),
                ('referred_by', models.CharField(blank=True, max_length=120)),
                ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10), blank=True, default=list, size=None)),
                ('days_away', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, help_text='Weekdays (0 is Monday) the person cannot come.', size=None)),
                ('planned_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('admitted_on', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end_note', models.TextField(blank=True)),
                ('assessment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='episode', to='admissions.assessment')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='episodes', to='people.patient')),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'planned_at'], name='admissions__status_b1a108_idx'), models.Index(fields=['admitted_on'], name='episode_admitted_on')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('patient',), name='one_open_episode', violation_error_message='This patient already has an open episode of care.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('status__in', ['planned', 'waitlist', 'active', 'on_hold'])), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('status__in', ['planned', 'waitlist', 'active', 'on_hold']), _negated=True)), _connector='OR'), name='episode_end_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='EpisodeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('waitlist', 'On the waitlist'), ('active', 'In care'), ('on_hold', 'On hold'), ('completed', 'Completed'), ('transferred', 'Moved to another provider'), ('left_against_advice', 'Chose to leave early'), ('administrative_discharge', 'Ended by the program'), ('no_contact', 'Contact lost'), ('incarcerated', 'Incarcerated'), ('deceased', 'Died'), ('other', 'Other reason')], default='planned', max_length=26)),
                ('came_from', models.CharField(choices=[('hospital', 'Hospital'), ('partial_hospitalization', 'Partial hospitalization'), ('residential', 'Residential care'), ('withdrawal_management', 'Withdrawal management'), ('iop', 'Another intensive outpatient program'), ('direct', 'Directly')], default='direct', max_length=30)),
                ('came_from_name', models.CharField(blank=True, max_length=120)),
                ('referred_by', models.CharField(blank=True, max_length=120)),
                ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10), blank=True, default=list, size=None)),
                ('days_away', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, help_text='Weekdays (0 is Monday) the person cannot come.', size=None)),
                ('planned_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('admitted_on', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end_note', models.TextField(blank=True)),
                ('assessment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.assessment')),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('patient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='admissions.episode')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('phone', models.CharField(max_length=16)),
                ('best_time', models.CharField(choices=[('now', 'Now'), ('morning', 'Morning'), ('afternoon', 'Afternoon'), ('evening', 'Evening')], default='now', max_length=10)),
                ('leave_message', models.CharField(choices=[('no', 'No'), ('short', 'Yes, a short one'), ('text', 'Text only')], default='no', max_length=5)),
                ('language', models.CharField(default='en', max_length=5)),
                ('came_by', models.CharField(choices=[('web', 'Asked on the site'), ('phone', 'Called us')], default='web', max_length=5)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('self_screen', models.JSONField(blank=True, help_text='Answers by item id, only when the person sent them along.', null=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('status', models.CharField(choices=[('new', 'To call'), ('contacted', 'Reached'), ('screened', 'Screened'), ('assessment_scheduled', 'To assess'), ('not_eligible', 'Not right for them'), ('referred_out', 'Referred elsewhere'), ('lost_contact', 'Lost contact'), ('admitted', 'Admitted')], default='new', max_length=20)),
                ('next_call_at', models.DateTimeField(blank=True, null=True)),
                ('came_from', models.CharField(blank=True, choices=[('hospital', 'Hospital'), ('partial_hospitalization', 'Partial hospitalization'), ('residential', 'Residential care'), ('withdrawal_management', 'Withdrawal management'), ('iop', 'Another intensive outpatient program'), ('direct', 'Directly')], max_length=30)),
                ('court_or_dui', models.BooleanField(default=False)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('close_reason', models.CharField(blank=True, max_length=300)),
                ('assigned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='people.staff')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='people.patient')),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'asked_at'], name='admissions__status_c7369b_idx'), models.Index(fields=['asked_at'], name='inquiry_asked_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('status__in', ['new', 'contacted', 'screened', 'assessment_scheduled'])), models.Q(('closed_at__isnull', False), models.Q(('status__in', ['new', 'contacted', 'screened', 'assessment_scheduled']), _negated=True)), _connector='OR'), name='inquiry_close_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('outcome', models.CharField(choices=[('reached', 'We talked'), ('no_answer', 'No answer'), ('left_message', 'Left a message'), ('wrong_number', 'Wrong number'), ('called_us', 'They called us')], max_length=12)),
                ('next_step', models.CharField(choices=[('call_again', 'Call again'), ('assess_now', 'Assess now'), ('assess_later', 'Assess at a set time'), ('refer', 'Refer elsewhere'), ('close', 'Close, nothing more to do')], max_length=12)),
                ('next_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='admissions.inquiry')),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='AssessmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answers', models.JSONField(default=dict)),
                ('words', models.JSONField(blank=True, default=dict)),
                ('about', models.JSONField(blank=True, default=dict)),
                ('came_from', models.CharField(blank=True, choices=[('hospital', 'Hospital'), ('partial_hospitalization', 'Partial hospitalization'), ('residential', 'Residential care'), ('withdrawal_management', 'Withdrawal management'), ('iop', 'Another intensive outpatient program'), ('direct', 'Directly')], max_length=30)),
                ('came_from_name', models.CharField(blank=True, max_length=120)),
                ('referred_by', models.CharField(blank=True, max_length=120)),
                ('ready_at', models.DateTimeField(blank=True, null=True)),
                ('advice', models.JSONField(blank=True, null=True)),
                ('decided_level', models.CharField(blank=True, choices=[('OUTPATIENT', 'Outpatient'), ('IOP', 'Intensive outpatient'), ('PHP', 'Partial hospitalization'), ('RESIDENTIAL', 'Residential care'), ('WITHDRAWAL_MANAGEMENT', 'Withdrawal management'), ('EMERGENCY_NOW', 'Emergency care now')], max_length=30)),
                ('decision_reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='admissions.assessment')),
                ('saved_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('started_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('inquiry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.inquiry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='inquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='admissions.inquiry'),
        ),
        migrations.CreateModel(
            name='LevelStay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('level', models.CharField(choices=[('OUTPATIENT', 'Outpatient'), ('IOP', 'Intensive outpatient'), ('PHP', 'Partial hospitalization'), ('RESIDENTIAL', 'Residential care'), ('WITHDRAWAL_MANAGEMENT', 'Withdrawal management'), ('EMERGENCY_NOW', 'Emergency care now')], max_length=30)),
                ('name', models.CharField(help_text='As people say it: the program here, or the place elsewhere.', max_length=120)),
                ('here', models.BooleanField(default=True)),
                ('days', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='level_stays', to='admissions.episode')),
            ],
            options={
                'ordering': ['days'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('episode', '='), ('days', '&&')], name='one_level_at_a_time', violation_error_message='This patient is already at another level of care on those days.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='danger',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_dangerevent" ("assessment_id", "done", "done_at", "handled_by_id", "id", "noted_at", "noted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rules") VALUES (NEW."assessment_id", NEW."done", NEW."done_at", NEW."handled_by_id", NEW."id", NEW."noted_at", NEW."noted_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rules"); RETURN NULL;', hash='e56b7fd9bd6ad53ba3de191c6c16779d3975cbdf', operation='INSERT', pgid='pgtrigger_insert_insert_b6ce7', table='admissions_danger', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='danger',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "admissions_dangerevent" ("assessment_id", "done", "done_at", "handled_by_id", "id", "noted_at", "noted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rules") VALUES (NEW."assessment_id", NEW."done", NEW."done_at", NEW."handled_by_id", NEW."id", NEW."noted_at", NEW."noted_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rules"); RETURN NULL;', hash='27d620e4fb3d2197c4ccc0960efd5db28289572b', operation='UPDATE', pgid='pgtrigger_update_update_76dae', table='admissions_danger', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='episode',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_episodeevent" ("admitted_on", "assessment_id", "bands", "came_from", "came_from_name", "days_away", "end_note", "ended_at", "ended_by_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "referred_by", "status") VALUES (NEW."admitted_on", NEW."assessment_id", NEW."bands", NEW."came_from", NEW."came_from_name", NEW."days_away", NEW."end_note", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_at", NEW."referred_by", NEW."status"); RETURN NULL;', hash='6b1e7a20c0af37f67482c4df3f7776637ffd025f', operation='INSERT', pgid='pgtrigger_insert_insert_fa1d3', table='admissions_episode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='episode',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "admissions_episodeevent" ("admitted_on", "assessment_id", "bands", "came_from", "came_from_name", "days_away", "end_note", "ended_at", "ended_by_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "referred_by", "status") VALUES (NEW."admitted_on", NEW."assessment_id", NEW."bands", NEW."came_from", NEW."came_from_name", NEW."days_away", NEW."end_note", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_at", NEW."referred_by", NEW."status"); RETURN NULL;', hash='4cea8a4ca5b137a0dea21fadea00702cd88ae2cc', operation='UPDATE', pgid='pgtrigger_update_update_faceb', table='admissions_episode', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('inquiry',), name='one_open_assessment', violation_error_message="This person's assessment is already open. Continue that one."),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_level', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_level', ''), _negated=True)), _connector='OR'), name='decision_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_assessmentevent" ("about", "advice", "answers", "came_from", "came_from_name", "decided_at", "decided_by_id", "decided_level", "decision_reason", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_at", "referred_by", "saved_at", "saved_by_id", "started_at", "started_by_id", "words") VALUES (NEW."about", NEW."advice", NEW."answers", NEW."came_from", NEW."came_from_name", NEW."decided_at", NEW."decided_by_id", NEW."decided_level", NEW."decision_reason", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."ready_at", NEW."referred_by", NEW."saved_at", NEW."saved_by_id", NEW."started_at", NEW."started_by_id", NEW."words"); RETURN NULL;', hash='a35a0bcdb73c7d032fd38b58d38e5ca207548a64', operation='INSERT', pgid='pgtrigger_insert_insert_d875e', table='admissions_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "admissions_assessmentevent" ("about", "advice", "answers", "came_from", "came_from_name", "decided_at", "decided_by_id", "decided_level", "decision_reason", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_at", "referred_by", "saved_at", "saved_by_id", "started_at", "started_by_id", "words") VALUES (NEW."about", NEW."advice", NEW."answers", NEW."came_from", NEW."came_from_name", NEW."decided_at", NEW."decided_by_id", NEW."decided_level", NEW."decision_reason", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."ready_at", NEW."referred_by", NEW."saved_at", NEW."saved_by_id", NEW."started_at", NEW."started_by_id", NEW."words"); RETURN NULL;', hash='d2b3dc50825d328413c9b2687622b9825c75acb8', operation='UPDATE', pgid='pgtrigger_update_update_769d5', table='admissions_assessment', when='AFTER')),
        ),
    ]
