import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_history'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Inquiry',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                        ('assigned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='people.staff')),
                        ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='people.patient')),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('close_reason', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['status', 'asked_at'], name='admissions__status_c7369b_idx'), models.Index(fields=['asked_at'], name='inquiry_asked_at')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('status__in', ['new', 'contacted', 'screened', 'assessment_scheduled'])), models.Q(('closed_at__isnull', False), models.Q(('status__in', ['new', 'contacted', 'screened', 'assessment_scheduled']), _negated=True)), _connector='OR'), name='inquiry_close_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Assessment',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='admissions.inquiry')),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
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
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('inquiry',), name='one_open_assessment', violation_error_message="This person's assessment is already open. Continue that one."), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_level', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_level', ''), _negated=True)), _connector='OR'), name='decision_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Call',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='admissions.inquiry')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('outcome', models.CharField(choices=[('reached', 'We talked'), ('no_answer', 'No answer'), ('left_message', 'Left a message'), ('wrong_number', 'Wrong number'), ('called_us', 'They called us')], max_length=12)),
                        ('next_step', models.CharField(choices=[('call_again', 'Call again'), ('assess_now', 'Assess now'), ('assess_later', 'Assess at a set time'), ('refer', 'Refer elsewhere'), ('close', 'Close, nothing more to do')], max_length=12)),
                        ('next_at', models.DateTimeField(blank=True, null=True)),
                        ('note', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['-at'],
                    },
                ),
                migrations.CreateModel(
                    name='Danger',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dangers', to='admissions.assessment')),
                        ('rules', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None)),
                        ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('handled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('done', models.TextField(blank=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-noted_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('done_at', None)), fields=('assessment',), name='one_open_danger'), models.CheckConstraint(condition=models.Q(models.Q(('done', ''), ('done_at', None)), models.Q(('done_at__isnull', False), models.Q(('done', ''), _negated=True)), _connector='OR'), name='danger_end_is_whole', violation_error_message='Say what was done about the danger.')],
                    },
                ),
                migrations.CreateModel(
                    name='Episode',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='episodes', to='people.patient')),
                        ('assessment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='episode', to='admissions.assessment')),
                        ('status', models.CharField(choices=[('planned', 'Planned'), ('waitlist', 'On the waitlist'), ('active', 'In care'), ('on_hold', 'On hold'), ('completed', 'Completed'), ('transferred', 'Moved to another provider'), ('left_against_advice', 'Chose to leave early'), ('administrative_discharge', 'Ended by the program'), ('no_contact', 'Contact lost'), ('incarcerated', 'Incarcerated'), ('deceased', 'Died'), ('other', 'Other reason')], default='planned', max_length=26)),
                        ('came_from', models.CharField(choices=[('hospital', 'Hospital'), ('partial_hospitalization', 'Partial hospitalization'), ('residential', 'Residential care'), ('withdrawal_management', 'Withdrawal management'), ('iop', 'Another intensive outpatient program'), ('direct', 'Directly')], default='direct', max_length=30)),
                        ('came_from_name', models.CharField(blank=True, max_length=120)),
                        ('referred_by', models.CharField(blank=True, max_length=120)),
                        ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10), blank=True, default=list, size=None)),
                        ('days_away', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, help_text='Weekdays (0 is Monday) the person cannot come.', size=None)),
                        ('planned_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('admitted_on', models.DateField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('end_note', models.TextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['status', 'planned_at'], name='admissions__status_b1a108_idx'), models.Index(fields=['admitted_on'], name='episode_admitted_on')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('patient',), name='one_open_episode', violation_error_message='This patient already has an open episode of care.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('status__in', ['planned', 'waitlist', 'active', 'on_hold'])), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('status__in', ['planned', 'waitlist', 'active', 'on_hold']), _negated=True)), _connector='OR'), name='episode_end_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='LevelStay',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('episode', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='level_stays', to='admissions.episode')),
                        ('level', models.CharField(choices=[('OUTPATIENT', 'Outpatient'), ('IOP', 'Intensive outpatient'), ('PHP', 'Partial hospitalization'), ('RESIDENTIAL', 'Residential care'), ('WITHDRAWAL_MANAGEMENT', 'Withdrawal management'), ('EMERGENCY_NOW', 'Emergency care now')], max_length=30)),
                        ('name', models.CharField(help_text='As people say it: the program here, or the place elsewhere.', max_length=120)),
                        ('here', models.BooleanField(default=True)),
                        ('days', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                    ],
                    options={
                        'ordering': ['days'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('episode', '='), ('days', '&&')], name='one_level_at_a_time', violation_error_message='This patient is already at another level of care on those days.')],
                    },
                ),
            ],
        ),
    ]
