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
        ('people', '0002_history'),
        ('placement', '0002_history'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Closure',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=60)),
                        ('first_on', models.DateField()),
                        ('last_on', models.DateField()),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['first_on'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('first_on', 'last_on', models.Value('[]'), function='DATERANGE'), '&&')], name='one_closure_a_day', violation_error_message='The center is closed on some of these days already. Choose other days.'), models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='closure_ends_after_it_begins', violation_error_message='A closure cannot end before it begins. Enter a later last day.')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupChange',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='placement.group')),
                        ('from_on', models.DateField(help_text="The first day, in the group's zone before.")),
                        ('name', models.CharField(max_length=40)),
                        ('band', models.CharField(choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10)),
                        ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                        ('starts_at', models.TimeField()),
                        ('time_zone', models.CharField(max_length=40)),
                        ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('co_leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, default=list, size=None)),
                        ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], max_length=5)),
                        ('entry_until', models.DateField(blank=True, null=True)),
                        ('chairs', models.PositiveSmallIntegerField(blank=True, help_text='How many; empty when as many as before.', null=True)),
                        ('was', models.JSONField(default=dict)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('applied_at', models.DateTimeField(blank=True, null=True)),
                        ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-from_on', '-made_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('applied_at', None), ('taken_back_at', None)), fields=('group',), name='one_change_of_a_group_ahead', violation_error_message='A change of this group is planned already. Take that one back first.')],
                    },
                ),
                migrations.CreateModel(
                    name='Topic',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('week', models.PositiveSmallIntegerField()),
                        ('place', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=80)),
                        ('summary', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['week', 'place'],
                        'constraints': [models.UniqueConstraint(fields=('week', 'place'), name='topic_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='placement.group')),
                        ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='people.staff')),
                        ('co_leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('service_date', models.DateField(help_text="The day in the group's own zone.")),
                        ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='timetable.topic')),
                        ('topic_by', models.ForeignKey(blank=True, help_text='Who chose another topic than that of the calendar week; empty while the week decides.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('cancelled_why', models.CharField(blank=True, max_length=200)),
                        ('closure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='timetable.closure')),
                        ('moved_from', models.DateTimeField(blank=True, help_text='When it was planned, for one that was moved by itself.', null=True)),
                        ('makes_up_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_up_by', to='timetable.session')),
                        ('changed_at', models.DateTimeField(blank=True, null=True)),
                        ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('revision', models.PositiveIntegerField(db_default=0, default=0, help_text='How often it was changed: two people who change it at once notice by it.')),
                    ],
                    options={
                        'ordering': ['starts_at'],
                        'indexes': [models.Index(fields=['starts_at'], name='timetable_s_starts__86be5c_idx'), models.Index(condition=models.Q(('cancelled_at', None)), fields=['group', 'starts_at'], name='session_of_group'), models.Index(fields=['leader', 'starts_at'], name='timetable_s_leader__cd0b77_idx'), models.Index(condition=models.Q(('moved_from__isnull', False)), fields=['moved_from'], name='session_moved_from')],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cancelled_at', None)), expressions=[('group', '='), (stepdown.placement.models.groups.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='room_holds_one', violation_error_message="This group's room is already in use at that time. Choose another time."), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('co_leader', None), models.Q(('co_leader', models.F('leader')), _negated=True), _connector='OR'), name='two_lead', violation_error_message='Nobody leads a session with themselves. Choose somebody else as co-leader.'), models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('makes_up_for',), name='made_up_for_once', violation_error_message='There is already another session instead of this one.')],
                    },
                ),
                migrations.CreateModel(
                    name='Booking',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to='timetable.session')),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('staff', '='), (stepdown.placement.models.groups.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='leads_one', violation_error_message='This counselor already leads a group at that time. Choose another time or another counselor.')],
                    },
                ),
                migrations.CreateModel(
                    name='Ask',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='timetable.session')),
                        ('place', models.CharField(choices=[('leader', 'Leader'), ('co_leader', 'Co-leader')], max_length=9)),
                        ('instead_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='people.staff')),
                        ('turn', models.PositiveSmallIntegerField(default=0)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('asked_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['turn', 'made_at'],
                        'indexes': [models.Index(condition=models.Q(('answer', ''), ('closed_at', None)), fields=['staff'], name='ask_is_open')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answer', ''), ('closed_at', None)), fields=('session', 'place', 'staff'), name='asked_once_at_a_time', violation_error_message='Someone of these is asked already. Wait for the answer, or stop asking.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='answer_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='StandIn',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stand_ins', to='timetable.session')),
                        ('place', models.CharField(choices=[('leader', 'Leader'), ('co_leader', 'Co-leader')], max_length=9)),
                        ('instead_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['given_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('session', 'place'), name='one_stands_in', violation_error_message='Somebody stands in already.')],
                    },
                ),
                migrations.CreateModel(
                    name='Handout',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handouts', to='timetable.topic')),
                        ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], max_length=5)),
                        ('title', models.CharField(max_length=80)),
                        ('summary', models.CharField(max_length=300)),
                        ('points', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None)),
                        ('tool', models.CharField(max_length=120)),
                        ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None)),
                        ('questions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None)),
                        ('shipped', models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('topic', 'language'), name='handout_once_in_a_language'), models.CheckConstraint(condition=models.Q(('points__len__range', (3, 5)), ('steps__len__range', (3, 5)), ('questions__len__range', (2, 3))), name='handout_has_its_parts', violation_error_message='A handout has three to five points, three to five steps and two or three questions.')],
                    },
                ),
                migrations.CreateModel(
                    name='Absence',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='people.staff')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                        ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['starts_at'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('taken_back_at', None)), expressions=[('staff', '='), (stepdown.placement.models.groups.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='away_once', violation_error_message='An absence in that time is marked already. Take it back first, or choose other days.'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='absence_ends_after_it_begins', violation_error_message='The last day cannot be before the first one.'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None)), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='absence_is_taken_back_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarLink',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calendar_links', to='people.patient')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calendar_links', to='people.staff')),
                        ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calendar_links', to='placement.group')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('patient', None), ('staff', None), _connector='XOR'), name='calendar_link_is_of_one_person'), models.CheckConstraint(condition=models.Q(('group', None), ('patient', None), _connector='OR'), name='calendar_of_group_is_for_staff'), models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('patient', 'staff', 'group'), name='one_calendar_link_at_a_time', nulls_distinct=False, violation_error_message='There is already a link to this calendar.')],
                    },
                ),
            ],
        ),
    ]
