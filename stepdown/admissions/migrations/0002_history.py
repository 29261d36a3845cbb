import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
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
        ('admissions', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='DangerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='admissions.danger')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('assessment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.assessment')),
                        ('rules', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None)),
                        ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('noted_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('handled_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('done', models.TextField(blank=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='EpisodeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='admissions.episode')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('assessment', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.assessment')),
                        ('status', models.CharField(choices=[('planned', 'Planned'), ('waitlist', 'On the waitlist'), ('active', 'In care'), ('on_hold', 'On hold'), ('completed', 'Completed'), ('transferred', 'Moved to another provider'), ('left_against_advice', 'Chose to leave early'), ('administrative_discharge', 'Ended by the program'), ('no_contact', 'Contact lost'), ('incarcerated', 'Incarcerated'), ('deceased', 'Died'), ('other', 'Other reason')], default='planned', max_length=26)),
                        ('came_from', models.CharField(choices=[('hospital', 'Hospital'), ('partial_hospitalization', 'Partial hospitalization'), ('residential', 'Residential care'), ('withdrawal_management', 'Withdrawal management'), ('iop', 'Another intensive outpatient program'), ('direct', 'Directly')], default='direct', max_length=30)),
                        ('came_from_name', models.CharField(blank=True, max_length=120)),
                        ('referred_by', models.CharField(blank=True, max_length=120)),
                        ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10), blank=True, default=list, size=None)),
                        ('days_away', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, help_text='Weekdays (0 is Monday) the person cannot come.', size=None)),
                        ('planned_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('admitted_on', models.DateField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('end_note', models.TextField(blank=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CallEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='admissions.call')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('inquiry', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.inquiry')),
                        ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('outcome', models.CharField(choices=[('reached', 'We talked'), ('no_answer', 'No answer'), ('left_message', 'Left a message'), ('wrong_number', 'Wrong number'), ('called_us', 'They called us')], max_length=12)),
                        ('next_step', models.CharField(choices=[('call_again', 'Call again'), ('assess_now', 'Assess now'), ('assess_later', 'Assess at a set time'), ('refer', 'Refer elsewhere'), ('close', 'Close, nothing more to do')], max_length=12)),
                        ('next_at', models.DateTimeField(blank=True, null=True)),
                        ('note', models.TextField(blank=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AssessmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='admissions.assessment')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('inquiry', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.inquiry')),
                        ('started_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('saved_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('answers', models.JSONField(default=dict)),
                        ('words', models.JSONField(blank=True, default=dict)),
                        ('about', stepdown.kernel.sealed_fields.SealedJSON('admissions.assessment.about', blank=True, default=dict)),
                        ('came_from', models.CharField(blank=True, choices=[('hospital', 'Hospital'), ('partial_hospitalization', 'Partial hospitalization'), ('residential', 'Residential care'), ('withdrawal_management', 'Withdrawal management'), ('iop', 'Another intensive outpatient program'), ('direct', 'Directly')], max_length=30)),
                        ('came_from_name', models.CharField(blank=True, max_length=120)),
                        ('referred_by', models.CharField(blank=True, max_length=120)),
                        ('ready_at', models.DateTimeField(blank=True, null=True)),
                        ('advice', models.JSONField(blank=True, null=True)),
                        ('decided_level', models.CharField(blank=True, choices=[('OUTPATIENT', 'Outpatient'), ('IOP', 'Intensive outpatient'), ('PHP', 'Partial hospitalization'), ('RESIDENTIAL', 'Residential care'), ('WITHDRAWAL_MANAGEMENT', 'Withdrawal management'), ('EMERGENCY_NOW', 'Emergency care now')], max_length=30)),
                        ('decision_reason', models.TextField(blank=True)),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='InquiryEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='admissions.inquiry')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('name', models.CharField(max_length=60)),
                        ('phone', stepdown.kernel.sealed_fields.FoundText('admissions.inquiry.phone', max_length=16)),
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
                        ('assigned_to', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('patient', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('close_reason', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='LevelStayEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='admissions.levelstay')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('episode', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                        ('level', models.CharField(choices=[('OUTPATIENT', 'Outpatient'), ('IOP', 'Intensive outpatient'), ('PHP', 'Partial hospitalization'), ('RESIDENTIAL', 'Residential care'), ('WITHDRAWAL_MANAGEMENT', 'Withdrawal management'), ('EMERGENCY_NOW', 'Emergency care now')], max_length=30)),
                        ('name', models.CharField(help_text='As people say it: the program here, or the place elsewhere.', max_length=120)),
                        ('here', models.BooleanField(default=True)),
                        ('days', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                    ],
                    options={
                        'abstract': False,
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
                    model_name='danger',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_dangerevent" ("assessment_id", "done", "done_at", "handled_by_id", "id", "noted_at", "noted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rules") VALUES (OLD."assessment_id", OLD."done", OLD."done_at", OLD."handled_by_id", OLD."id", OLD."noted_at", OLD."noted_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rules"); RETURN NULL;', hash='01289c83342ac04d88ca10a2ba50ee7c22c6a491', operation='DELETE', pgid='pgtrigger_delete_delete_b91b3', table='admissions_danger', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dangerevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a3ac84b24e24403f879a87742c20e123ff023ca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_96836', table='admissions_dangerevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='episode',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_episodeevent" ("admitted_on", "assessment_id", "bands", "came_from", "came_from_name", "days_away", "end_note", "ended_at", "ended_by_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "referred_by", "status") VALUES (NEW."admitted_on", NEW."assessment_id", NEW."bands", NEW."came_from", NEW."came_from_name", NEW."days_away", NEW."end_note", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_at", NEW."referred_by", NEW."status"); RETURN NULL;', hash='6b1e7a20c0af37f67482c4df3f7776637ffd025f', operation='INSERT', pgid='pgtrigger_insert_insert_fa1d3', table='admissions_episode', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='episode',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "admissions_episodeevent" ("admitted_on", "assessment_id", "bands", "came_from", "came_from_name", "days_away", "end_note", "ended_at", "ended_by_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "referred_by", "status") VALUES (NEW."admitted_on", NEW."assessment_id", NEW."bands", NEW."came_from", NEW."came_from_name", NEW."days_away", NEW."end_note", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_at", NEW."referred_by", NEW."status"); RETURN NULL;', hash='4cea8a4ca5b137a0dea21fadea00702cd88ae2cc', operation='UPDATE', pgid='pgtrigger_update_update_faceb', table='admissions_episode', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='episode',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_episodeevent" ("admitted_on", "assessment_id", "bands", "came_from", "came_from_name", "days_away", "end_note", "ended_at", "ended_by_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "referred_by", "status") VALUES (OLD."admitted_on", OLD."assessment_id", OLD."bands", OLD."came_from", OLD."came_from_name", OLD."days_away", OLD."end_note", OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_at", OLD."referred_by", OLD."status"); RETURN NULL;', hash='d27c85622308a76ae5c7d84e46a1897e0912aa75', operation='DELETE', pgid='pgtrigger_delete_delete_cbdff', table='admissions_episode', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='episodeevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='62cd9b7f0a772343ddffe3b006a6b3d375e8ad25', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3ea3b', table='admissions_episodeevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='inquiry',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_inquiryevent" ("asked_at", "assigned_to_id", "best_time", "came_by", "came_from", "close_reason", "closed_at", "closed_by_id", "court_or_dui", "id", "language", "leave_message", "name", "next_call_at", "note", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "self_screen", "status") VALUES (NEW."asked_at", NEW."assigned_to_id", NEW."best_time", NEW."came_by", NEW."came_from", NEW."close_reason", NEW."closed_at", NEW."closed_by_id", NEW."court_or_dui", NEW."id", NEW."language", NEW."leave_message", NEW."name", NEW."next_call_at", NEW."note", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."self_screen", NEW."status"); RETURN NULL;', hash='54e41a0374507b1eb824df755d8939860513839f', operation='INSERT', pgid='pgtrigger_insert_insert_30f78', table='admissions_inquiry', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='inquiry',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "admissions_inquiryevent" ("asked_at", "assigned_to_id", "best_time", "came_by", "came_from", "close_reason", "closed_at", "closed_by_id", "court_or_dui", "id", "language", "leave_message", "name", "next_call_at", "note", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "self_screen", "status") VALUES (NEW."asked_at", NEW."assigned_to_id", NEW."best_time", NEW."came_by", NEW."came_from", NEW."close_reason", NEW."closed_at", NEW."closed_by_id", NEW."court_or_dui", NEW."id", NEW."language", NEW."leave_message", NEW."name", NEW."next_call_at", NEW."note", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."self_screen", NEW."status"); RETURN NULL;', hash='497055048d518bb8aee3622176448602ff7710be', operation='UPDATE', pgid='pgtrigger_update_update_5e34a', table='admissions_inquiry', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='inquiry',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_inquiryevent" ("asked_at", "assigned_to_id", "best_time", "came_by", "came_from", "close_reason", "closed_at", "closed_by_id", "court_or_dui", "id", "language", "leave_message", "name", "next_call_at", "note", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "self_screen", "status") VALUES (OLD."asked_at", OLD."assigned_to_id", OLD."best_time", OLD."came_by", OLD."came_from", OLD."close_reason", OLD."closed_at", OLD."closed_by_id", OLD."court_or_dui", OLD."id", OLD."language", OLD."leave_message", OLD."name", OLD."next_call_at", OLD."note", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."self_screen", OLD."status"); RETURN NULL;', hash='dde842b12c8b337e8b187b36756b1d21bcb05e02', operation='DELETE', pgid='pgtrigger_delete_delete_2ecfd', table='admissions_inquiry', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='callevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='948aa621746f767f1abe49f2895e9d9bd5ccd638', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5180a', table='admissions_callevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='call',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_callevent" ("at", "by_id", "id", "inquiry_id", "next_at", "next_step", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."inquiry_id", NEW."next_at", NEW."next_step", NEW."note", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='f29c2a9b8c5e6e0dd7e51b8ad4a6efd1325b4af2', operation='INSERT', pgid='pgtrigger_insert_insert_7721d', table='admissions_call', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='call',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "admissions_callevent" ("at", "by_id", "id", "inquiry_id", "next_at", "next_step", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."inquiry_id", NEW."next_at", NEW."next_step", NEW."note", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='bc6c9e4e47558cd4ce212c2892b43bb837b665ee', operation='UPDATE', pgid='pgtrigger_update_update_8b280', table='admissions_call', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='call',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_callevent" ("at", "by_id", "id", "inquiry_id", "next_at", "next_step", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."inquiry_id", OLD."next_at", OLD."next_step", OLD."note", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='dd788931fa4f825fffef0046cb8312be39df8b08', operation='DELETE', pgid='pgtrigger_delete_delete_b3b01', table='admissions_call', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='assessmentevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0ca2510091dd218727cc4ba6f3f8ddfcd710e82b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e4251', table='admissions_assessmentevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='assessment',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_assessmentevent" ("about", "advice", "answers", "came_from", "came_from_name", "decided_at", "decided_by_id", "decided_level", "decision_reason", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_at", "referred_by", "saved_at", "saved_by_id", "started_at", "started_by_id", "words") VALUES (NEW."about", NEW."advice", NEW."answers", NEW."came_from", NEW."came_from_name", NEW."decided_at", NEW."decided_by_id", NEW."decided_level", NEW."decision_reason", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."ready_at", NEW."referred_by", NEW."saved_at", NEW."saved_by_id", NEW."started_at", NEW."started_by_id", NEW."words"); RETURN NULL;', hash='a35a0bcdb73c7d032fd38b58d38e5ca207548a64', operation='INSERT', pgid='pgtrigger_insert_insert_d875e', table='admissions_assessment', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='assessment',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "admissions_assessmentevent" ("about", "advice", "answers", "came_from", "came_from_name", "decided_at", "decided_by_id", "decided_level", "decision_reason", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_at", "referred_by", "saved_at", "saved_by_id", "started_at", "started_by_id", "words") VALUES (NEW."about", NEW."advice", NEW."answers", NEW."came_from", NEW."came_from_name", NEW."decided_at", NEW."decided_by_id", NEW."decided_level", NEW."decision_reason", NEW."id", NEW."inquiry_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."ready_at", NEW."referred_by", NEW."saved_at", NEW."saved_by_id", NEW."started_at", NEW."started_by_id", NEW."words"); RETURN NULL;', hash='d2b3dc50825d328413c9b2687622b9825c75acb8', operation='UPDATE', pgid='pgtrigger_update_update_769d5', table='admissions_assessment', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='assessment',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_assessmentevent" ("about", "advice", "answers", "came_from", "came_from_name", "decided_at", "decided_by_id", "decided_level", "decision_reason", "id", "inquiry_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_at", "referred_by", "saved_at", "saved_by_id", "started_at", "started_by_id", "words") VALUES (OLD."about", OLD."advice", OLD."answers", OLD."came_from", OLD."came_from_name", OLD."decided_at", OLD."decided_by_id", OLD."decided_level", OLD."decision_reason", OLD."id", OLD."inquiry_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."ready_at", OLD."referred_by", OLD."saved_at", OLD."saved_by_id", OLD."started_at", OLD."started_by_id", OLD."words"); RETURN NULL;', hash='247975ac257322b6e9014e7979c182379b735585', operation='DELETE', pgid='pgtrigger_delete_delete_e8385', table='admissions_assessment', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='inquiryevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1090891120123d082fc61d4848a47204b92a82f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cf648', table='admissions_inquiryevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='levelstay',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_levelstayevent" ("days", "episode_id", "here", "id", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons") VALUES (NEW."days", NEW."episode_id", NEW."here", NEW."id", NEW."level", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons"); RETURN NULL;', hash='ac6fbbda7121a56828adbfa80c25ea4251f08136', operation='INSERT', pgid='pgtrigger_insert_insert_8072b', table='admissions_levelstay', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='levelstay',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "admissions_levelstayevent" ("days", "episode_id", "here", "id", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons") VALUES (NEW."days", NEW."episode_id", NEW."here", NEW."id", NEW."level", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons"); RETURN NULL;', hash='dbebfa6e80774241582ffdb85d1295498a886a1f', operation='UPDATE', pgid='pgtrigger_update_update_58064', table='admissions_levelstay', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='levelstay',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "admissions_levelstayevent" ("days", "episode_id", "here", "id", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons") VALUES (OLD."days", OLD."episode_id", OLD."here", OLD."id", OLD."level", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reasons"); RETURN NULL;', hash='7d94c14dae42963c5517aaab79461620ef70d4c1', operation='DELETE', pgid='pgtrigger_delete_delete_94f71', table='admissions_levelstay', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='levelstayevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='76275d3a95913b8d67dafbf53fa04cc9081d2a41', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dd0fd', table='admissions_levelstayevent', when='BEFORE')),
                ),
            ],
        ),
    ]
