import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.placement.models.groups
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('admissions', '0001_initial'),
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                ('co_leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='co_led_groups', to='people.staff')),
                ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_groups', to='people.staff')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Chair',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chairs', to='placement.group')),
            ],
            options={
                'ordering': ['group', 'number'],
                'constraints': [models.UniqueConstraint(fields=('group', 'number'), name='chair_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 10)), name='ten_chairs_at_most', violation_error_message='A group has at most 10 chairs.')],
            },
        ),
        migrations.CreateModel(
            name='ChainStop',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stopped_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.CharField(max_length=300)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('stopped_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chain_stops', to='placement.group')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('started_at', None)), fields=('group',), name='chain_stopped_once', violation_error_message='The offers of this group are stopped already.'), models.CheckConstraint(condition=models.Q(models.Q(('started_at', None), ('started_by', None)), models.Q(('started_at__isnull', False), ('started_by__isnull', False)), _connector='OR'), name='chain_start_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('apart', models.BooleanField(default=True)),
                ('kind', models.CharField(choices=[('relatives', 'Relatives'), ('partners', 'Partners'), ('coworkers', 'Co-workers'), ('codefendants', 'Co-defendants'), ('no_contact', 'No-contact order'), ('conflict', 'A conflict'), ('acquainted', 'Know each other otherwise')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='people.patient')),
                ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pairs_with', to='people.patient')),
                ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='people.staff')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('other', None), ('staff', None), _connector='XOR'), name='pair_is_of_two', violation_error_message='Choose one other person.'), models.CheckConstraint(condition=models.Q(('other', None), ('one__lt', models.F('other')), _connector='OR'), name='pair_is_in_order', violation_error_message='Choose somebody else: nobody is kept apart from themselves.'), models.CheckConstraint(condition=models.Q(('staff', None), ('apart', True), _connector='OR'), name='staff_are_kept_apart_only', violation_error_message='Staff and patients can only be kept apart.'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('one', 'other'), name='pair_once', violation_error_message='These two are written down already. End that first.'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('one', 'staff'), name='staff_pair_once', violation_error_message='These two are written down already. End that first.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='pair_end_is_whole')],
            },
        ),
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
        migrations.AddField(
            model_name='group',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='placement.program'),
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seed', models.PositiveIntegerField(default=0)),
                ('people', models.PositiveIntegerField(default=0)),
                ('progress', models.JSONField(blank=True, default=dict)),
                ('plan', models.JSONField(blank=True, null=True)),
                ('options', models.JSONField(blank=True, default=dict)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
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
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('offered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('held_until', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('released_why', models.CharField(blank=True, choices=[('lapsed', 'Not accepted in time'), ('declined', 'Declined by the patient'), ('withdrawn', 'Taken back by staff')], max_length=10)),
                ('end_reason', models.CharField(blank=True, choices=[('completed', 'Completed'), ('moved', 'Moved to another group'), ('stepped_down', 'Stepped down'), ('discharged', 'Discharged')], max_length=14)),
                ('end_note', models.CharField(blank=True, help_text='Why, in the words of who ended or moved it.', max_length=300)),
                ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='placement.chair')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='admissions.episode')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='placement.group')),
                ('offered_by', models.ForeignKey(blank=True, help_text='Empty when the chair was offered by itself, to the next on the waitlist.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='people.patient')),
            ],
            options={
                'indexes': [models.Index(fields=['group', 'starts_at'], name='placement_s_group_i_6218ea_idx'), models.Index(fields=['ends_at'], name='seat_ends_at'), models.Index(fields=['starts_at'], name='seat_starts_at'), models.Index(condition=models.Q(('accepted_at', None), ('released_at', None)), fields=['held_until'], name='seat_held_until')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('released_at', None)), expressions=[('chair', '='), (stepdown.placement.models.groups.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='chair_seats_one', violation_error_message='Someone already has that chair in that time. Choose another chair or another group.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('released_at', None)), expressions=[('patient', '='), (stepdown.placement.models.groups.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='patient_sits_once', violation_error_message='This patient already has a seat in that time. End or move that one first.'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='seat_ends_after_it_begins', violation_error_message='A seat cannot end before it begins.'), models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('released_why', '')), models.Q(('released_at__isnull', False), models.Q(('released_why', ''), _negated=True)), _connector='OR'), name='seat_release_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='SeatEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('offered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('held_until', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('released_why', models.CharField(blank=True, choices=[('lapsed', 'Not accepted in time'), ('declined', 'Declined by the patient'), ('withdrawn', 'Taken back by staff')], max_length=10)),
                ('end_reason', models.CharField(blank=True, choices=[('completed', 'Completed'), ('moved', 'Moved to another group'), ('stepped_down', 'Stepped down'), ('discharged', 'Discharged')], max_length=14)),
                ('end_note', models.CharField(blank=True, help_text='Why, in the words of who ended or moved it.', max_length=300)),
                ('chair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.chair')),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('episode', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='placement.group')),
                ('offered_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty when the chair was offered by itself, to the next on the waitlist.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('patient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.seat')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Skip',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300)),
                ('skipped_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skips', to='admissions.episode')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skips', to='placement.group')),
                ('skipped_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('group', 'episode'), name='skipped_once', violation_error_message='This person is passed over already.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='skip_end_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('urgency', models.PositiveSmallIntegerField(choices=[(1, 'First'), (2, 'Soon'), (3, 'In turn')])),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('set_why', models.CharField(blank=True, max_length=300)),
                ('episode', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='admissions.episode')),
                ('put_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
            ],
            options={
                'indexes': [models.Index(fields=['urgency', 'since'], name='waiting_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('urgency__in', [1, 2, 3])), name='urgency_is_known', violation_error_message='Choose how urgent it is.'), models.CheckConstraint(condition=models.Q(models.Q(('set_by', None), ('set_why', '')), models.Q(('set_by__isnull', False), models.Q(('set_why', ''), _negated=True)), _connector='OR'), name='urgency_set_with_a_reason', violation_error_message='Say why it is more or less urgent than the rules say.')],
            },
        ),
        migrations.CreateModel(
            name='WaitingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('since', models.DateTimeField()),
                ('urgency', models.PositiveSmallIntegerField(choices=[(1, 'First'), (2, 'Soon'), (3, 'In turn')])),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('set_why', models.CharField(blank=True, max_length=300)),
                ('episode', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.waiting')),
                ('put_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                ('set_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Wishes',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('band', models.CharField(blank=True, choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10)),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('es', 'Spanish')], max_length=5)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, default=list, size=None)),
                ('true_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, default=list, size=None)),
                ('episode', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='admissions.episode')),
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
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('band', models.CharField(blank=True, choices=[('morning', 'Morning'), ('evening', 'Evening')], max_length=10)),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('es', 'Spanish')], max_length=5)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, default=list, size=None)),
                ('true_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('women', 'Women'), ('men', 'Men'), ('professionals', 'Professionals'), ('veterans', 'Veterans'), ('co_occurring', 'Co-occurring conditions')], max_length=20), blank=True, default=list, size=None)),
                ('episode', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='admissions.episode')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='placement.wishes')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(fields=('name',), name='group_name_once', violation_error_message='There is already a group of that name. Choose another name.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='keeps_apart', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE others uuid[];', func="\n        IF NEW.released_at IS NOT NULL THEN RETURN NEW; END IF;\n        IF TG_OP = 'UPDATE' THEN\n            IF NEW.group_id = OLD.group_id AND NEW.patient_id = OLD.patient_id AND OLD.released_at IS NULL\n                AND NEW.starts_at >= OLD.starts_at\n                AND COALESCE(NEW.ends_at, 'infinity') <= COALESCE(OLD.ends_at, 'infinity')\n                AND (OLD.accepted_at IS NOT NULL OR NEW.accepted_at IS NULL)\n            THEN RETURN NEW; END IF;\n        END IF;\n        others := ARRAY(\n            SELECT CASE WHEN one_id = NEW.patient_id THEN COALESCE(other_id, staff_id) ELSE one_id END\n            FROM placement_pair\n            WHERE apart AND ended_at IS NULL AND (one_id = NEW.patient_id OR other_id = NEW.patient_id)\n        );\n        IF CARDINALITY(others) = 0 THEN RETURN NEW; END IF;\n        PERFORM pg_advisory_xact_lock(hashtextextended(pair.id::text, 0)) FROM (\n            SELECT id FROM placement_pair\n            WHERE apart AND ended_at IS NULL AND (one_id = NEW.patient_id OR other_id = NEW.patient_id) ORDER BY id\n        ) AS pair;\n        IF EXISTS (\n            SELECT 1 FROM placement_group\n            WHERE id = NEW.group_id AND (leader_id = ANY(others) OR co_leader_id = ANY(others))\n        ) OR EXISTS (\n            SELECT 1 FROM placement_seat seat\n            WHERE seat.patient_id = ANY(others) AND seat.group_id = NEW.group_id AND seat.released_at IS NULL\n            AND (seat.accepted_at IS NOT NULL OR seat.held_until > NOW())\n            AND tstzrange(seat.starts_at, seat.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)\n        ) THEN\n            RAISE EXCEPTION 'Someone in this group is to be kept apart from them.' USING CONSTRAINT = 'kept_apart';\n        END IF;\n        RETURN NEW;\n    ", hash='ed8972fa414b0ddeed50cf21dc1e787eeaa23ee2', operation='INSERT OR UPDATE', pgid='pgtrigger_keeps_apart_be4bd', table='placement_seat', when='BEFORE')),
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
            model_name='waiting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_waitingevent" ("episode_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_by_id", "reasons", "set_by_id", "set_why", "since", "urgency") VALUES (NEW."episode_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."put_by_id", NEW."reasons", NEW."set_by_id", NEW."set_why", NEW."since", NEW."urgency"); RETURN NULL;', hash='30f8ec4090aca56ad20a672ba3430ebb9654a8a7', operation='INSERT', pgid='pgtrigger_insert_insert_9852a', table='placement_waiting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='waiting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_waitingevent" ("episode_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_by_id", "reasons", "set_by_id", "set_why", "since", "urgency") VALUES (NEW."episode_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."put_by_id", NEW."reasons", NEW."set_by_id", NEW."set_why", NEW."since", NEW."urgency"); RETURN NULL;', hash='e03a9956f8e84646f130e247f88cd1fc80b57f30', operation='UPDATE', pgid='pgtrigger_update_update_00a1e', table='placement_waiting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wishes',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "placement_wishesevent" ("band", "days", "episode_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tags", "true_of") VALUES (NEW."band", NEW."days", NEW."episode_id", NEW."id", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tags", NEW."true_of"); RETURN NULL;', hash='3c310e4c9d3cf5564c2cda6ad21bcbdf360c95aa', operation='INSERT', pgid='pgtrigger_insert_insert_070e0', table='placement_wishes', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wishes',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "placement_wishesevent" ("band", "days", "episode_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tags", "true_of") VALUES (NEW."band", NEW."days", NEW."episode_id", NEW."id", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tags", NEW."true_of"); RETURN NULL;', hash='e5863808f0e99a49cd81318ce6cd0a4081e65a8b', operation='UPDATE', pgid='pgtrigger_update_update_ac373', table='placement_wishes', when='AFTER')),
        ),
    ]
