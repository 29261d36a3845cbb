import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import stepdown.kernel.operations
import stepdown.placement.models.groups
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('admissions', '0002_history'),
        ('people', '0002_history'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Program',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                        'constraints': [models.CheckConstraint(condition=models.Q(('seats_intended__lte', models.F('seats_limit')), ('seats_limit__gte', 1), ('seats_limit__lte', 10)), name='program_seats_within_ten', violation_error_message='A group has at most 10 chairs.'), models.UniqueConstraint(fields=('name',), name='program_name_once', violation_error_message='There is already a program of that name. Choose another name.')],
                    },
                ),
                migrations.CreateModel(
                    name='Group',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='placement.program')),
                        ('name', models.CharField(max_length=40)),
                        ('band', models.CharField(choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10)),
                        ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                        ('starts_at', models.TimeField()),
                        ('time_zone', models.CharField(max_length=40)),
                        ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_groups', to='people.staff')),
                        ('co_leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='co_led_groups', to='people.staff')),
                        ('opened_on', models.DateField()),
                        ('closed_on', models.DateField(blank=True, null=True)),
                        ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, db_default=[], default=list, size=None)),
                        ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], db_default='en', default='en', max_length=5)),
                        ('entry_until', models.DateField(blank=True, help_text='The last day on which a seat may begin, in a closed group; empty in an open one.', null=True)),
                    ],
                    options={
                        'ordering': ['name'],
                        'constraints': [models.UniqueConstraint(fields=('name',), name='group_name_once', violation_error_message='There is already a group of that name. Choose another name.')],
                    },
                ),
                migrations.CreateModel(
                    name='Chair',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chairs', to='placement.group')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('from_on', models.DateField(blank=True, null=True)),
                        ('gone_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['group', 'number'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('group', '='), ('number', '='), (models.Func('from_on', 'gone_on', function='DATERANGE'), '&&')], name='chair_once', violation_error_message='The group has a chair of that number in that time.'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 10)), name='ten_chairs_at_most', violation_error_message='A group has at most 10 chairs.')],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('seed', models.PositiveIntegerField(default=0)),
                        ('people', models.PositiveIntegerField(default=0)),
                        ('progress', models.JSONField(blank=True, default=dict)),
                        ('plan', models.JSONField(blank=True, null=True)),
                        ('options', models.JSONField(blank=True, default=dict)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('failed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-asked_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('plan', None)), models.Q(('done_at__isnull', False), ('plan__isnull', False)), _connector='OR'), name='proposal_done_is_whole'), models.UniqueConstraint(condition=models.Q(('done_at', None), ('failed_at', None)), fields=('asked_by',), name='one_plan_at_a_time', violation_error_message='A plan that you asked for is still being worked out.')],
                    },
                ),
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='admissions.episode')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='people.patient')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='placement.group')),
                        ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='placement.chair')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField(blank=True, null=True)),
                        ('offered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('offered_by', models.ForeignKey(blank=True, help_text='Empty when the chair was offered by itself, to the next on the waitlist.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('held_until', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('released_at', models.DateTimeField(blank=True, null=True)),
                        ('released_why', models.CharField(blank=True, choices=[('lapsed', 'Not accepted in time'), ('declined', 'Declined by the patient'), ('withdrawn', 'Taken back by staff')], max_length=10)),
                        ('end_reason', models.CharField(blank=True, choices=[('completed', 'Completed'), ('moved', 'Moved to another group'), ('stepped_down', 'Stepped down'), ('discharged', 'Discharged')], max_length=14)),
                        ('end_note', models.CharField(blank=True, help_text='Why, in the words of who ended or moved it.', max_length=300)),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['group', 'starts_at'], name='placement_s_group_i_6218ea_idx'), models.Index(fields=['ends_at'], name='seat_ends_at'), models.Index(fields=['starts_at'], name='seat_starts_at'), models.Index(condition=models.Q(('accepted_at', None), ('released_at', None)), fields=['held_until'], name='seat_held_until')],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('released_at', None)), expressions=[('chair', '='), (stepdown.placement.models.groups.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='chair_seats_one', violation_error_message='Someone already has that chair in that time. Choose another chair or another group.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('released_at', None)), expressions=[('patient', '='), (stepdown.placement.models.groups.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='patient_sits_once', violation_error_message='This patient already has a seat in that time. End or move that one first.'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='seat_ends_after_it_begins', violation_error_message='A seat cannot end before it begins.'), models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('released_why', '')), models.Q(('released_at__isnull', False), models.Q(('released_why', ''), _negated=True)), _connector='OR'), name='seat_release_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Skip',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skips', to='placement.group')),
                        ('episode', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skips', to='admissions.episode')),
                        ('reason', models.CharField(max_length=300)),
                        ('skipped_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('skipped_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('group', 'episode'), name='skipped_once', violation_error_message='This person is passed over already.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='skip_end_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Waiting',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('episode', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='admissions.episode')),
                        ('since', models.DateTimeField()),
                        ('urgency', models.PositiveSmallIntegerField(choices=[(1, 'First'), (2, 'Soon'), (3, 'In turn')])),
                        ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('put_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('set_why', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['urgency', 'since'], name='waiting_in_order')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('urgency__in', [1, 2, 3])), name='urgency_is_known', violation_error_message='Choose how urgent it is.'), models.CheckConstraint(condition=models.Q(models.Q(('set_by', None), ('set_why', '')), models.Q(('set_by__isnull', False), models.Q(('set_why', ''), _negated=True)), _connector='OR'), name='urgency_set_with_a_reason', violation_error_message='Say why it is more or less urgent than the rules say.')],
                    },
                ),
                migrations.CreateModel(
                    name='Wishes',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('episode', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='admissions.episode')),
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
                    name='ChainStop',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chain_stops', to='placement.group')),
                        ('stopped_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('stopped_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('reason', models.CharField(max_length=300)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('started_at', None)), fields=('group',), name='chain_stopped_once', violation_error_message='The offers of this group are stopped already.'), models.CheckConstraint(condition=models.Q(models.Q(('started_at', None), ('started_by', None)), models.Q(('started_at__isnull', False), ('started_by__isnull', False)), _connector='OR'), name='chain_start_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Pair',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='people.patient')),
                        ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pairs_with', to='people.patient')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='people.staff')),
                        ('apart', models.BooleanField(default=True)),
                        ('kind', models.CharField(choices=[('relatives', 'Relatives'), ('partners', 'Partners'), ('coworkers', 'Co-workers'), ('codefendants', 'Co-defendants'), ('no_contact', 'No-contact order'), ('conflict', 'A conflict'), ('acquainted', 'Know each other otherwise')], max_length=12)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('other', None), ('staff', None), _connector='XOR'), name='pair_is_of_two', violation_error_message='Choose one other person.'), models.CheckConstraint(condition=models.Q(('other', None), ('one__lt', models.F('other')), _connector='OR'), name='pair_is_in_order', violation_error_message='Choose somebody else: nobody is kept apart from themselves.'), models.CheckConstraint(condition=models.Q(('staff', None), ('apart', True), _connector='OR'), name='staff_are_kept_apart_only', violation_error_message='Staff and patients can only be kept apart.'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('one', 'other'), name='pair_once', violation_error_message='These two are written down already. End that first.'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('one', 'staff'), name='staff_pair_once', violation_error_message='These two are written down already. End that first.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='pair_end_is_whole')],
                    },
                ),
            ],
        ),
    ]
