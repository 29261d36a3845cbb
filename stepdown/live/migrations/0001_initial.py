import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('outreach', '0002_history'),
        ('people', '0002_history'),
        ('placement', '0002_history'),
        ('timetable', '0002_history'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='SessionOfRoom',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                    },
                    bases=('timetable.session',),
                ),
                migrations.CreateModel(
                    name='SeatOfWhoWaits',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                        'indexes': [],
                        'constraints': [],
                    },
                    bases=('placement.seat',),
                ),
                migrations.CreateModel(
                    name='Admittance',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='admittances', to='timetable.session')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('sent_out_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('sent_out_at', None)), fields=('session', 'patient'), name='let_in_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Attempt',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='timetable.session')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('how', models.CharField(choices=[('call', 'Call'), ('text', 'Text message')], max_length=4)),
                        ('number', models.CharField(blank=True, db_default='', default='', max_length=16)),
                        ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.message')),
                        ('outcome', models.CharField(blank=True, choices=[('talked', 'Talked'), ('no_answer', 'No answer'), ('left_message', 'Left a message'), ('not_safe', 'No message left: not safe')], max_length=12)),
                    ],
                    options={
                        'ordering': ['at'],
                        'indexes': [models.Index(fields=['session', 'patient', 'at'], name='live_attemp_session_2f9120_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('how', 'call'), ('message', None)), models.Q(('how', 'text'), ('message__isnull', False), ('outcome', '')), _connector='OR'), name='attempt_is_a_call_or_a_text')],
                    },
                ),
                migrations.CreateModel(
                    name='Break',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaks', to='timetable.session')),
                        ('starts_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('planned_minutes', models.PositiveSmallIntegerField(default=10)),
                        ('ends_at', models.DateTimeField(blank=True, null=True)),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['starts_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('session',), name='one_break_at_a_time', violation_error_message='The group is already on a break.'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='break_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='timetable.session')),
                        ('what', models.CharField(choices=[('pause', 'Pause'), ('lock', 'Lock'), ('chat', 'Chat')], max_length=5)),
                        ('on', models.BooleanField()),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['session', 'what', '-at'], name='live_decisi_session_8e996f_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='DoorCheck',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='door_checks', to='timetable.session')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='door_checks', to='people.patient')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('address', stepdown.kernel.sealed_fields.SealedText('live.doorcheck.address', max_length=200)),
                        ('state', models.CharField(max_length=2)),
                        ('callback_phone', stepdown.kernel.sealed_fields.SealedText('live.doorcheck.callback_phone', max_length=16)),
                        ('alone', models.BooleanField(help_text='Nobody else hears or sees; headphones or a closed door.')),
                        ('craving', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('mood', models.CharField(blank=True, choices=[('very_low', 'Very low'), ('low', 'Low'), ('ok', 'OK'), ('good', 'Good')], max_length=8)),
                        ('used_since', models.BooleanField(blank=True, null=True)),
                        ('asked_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['session', 'patient', '-at'], name='live_doorch_session_55bab0_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('craving', None), ('craving__lte', 10), _connector='OR'), name='craving_zero_to_ten', violation_error_message='Choose a number from 0 to 10.')],
                    },
                ),
                migrations.CreateModel(
                    name='Incident',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(blank=True, choices=[('overdose', 'Overdose'), ('medical', 'Medical emergency'), ('suicide', 'Danger of suicide'), ('injury', 'Injury'), ('threat', 'Threat or violence'), ('intoxicated', 'Came intoxicated'), ('breach', 'Breach of confidentiality'), ('other', 'Something else')], max_length=12)),
                        ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='timetable.session')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('place', stepdown.kernel.sealed_fields.SealedText('live.incident.place', max_length=200)),
                        ('place_told_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-at'],
                        'indexes': [models.Index(fields=['session'], name='live_incide_session_da0854_idx'), models.Index(fields=['-at'], name='live_incide_at_18ae5c_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='IncidentEntry',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='live.incident')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('done', models.CharField(blank=True, choices=[('private_room', 'Taken to a private room'), ('location', 'Place confirmed aloud'), ('called_911', '911 called'), ('naloxone', 'Naloxone given'), ('called_988', '988 called'), ('called_contact', 'Emergency contact called'), ('stayed', 'Stayed until help came'), ('supervisor', 'Supervisor told'), ('followed_up', 'Called them after it'), ('closed', 'Closed by a director')], max_length=14)),
                        ('words', models.TextField(blank=True, max_length=4000)),
                    ],
                    options={
                        'ordering': ['at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('done', ''), ('words', ''), _negated=True), name='entry_says_something', violation_error_message='Choose what was done, or write what happened.'), models.CheckConstraint(condition=models.Q(('done', 'closed'), ('words', ''), _negated=True), name='closed_with_its_reason', violation_error_message='Say in a few words what was learned and what changes.'), models.UniqueConstraint(condition=models.Q(('done', 'closed')), fields=('incident',), name='incident_closed_once', violation_error_message='This is closed already. More can be added all the same.')],
                    },
                ),
                migrations.CreateModel(
                    name='Pairs',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='timetable.session')),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('ends_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('session',), name='pairs_once_at_a_time', violation_error_message='The group is in pairs already.'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('started_at'))), name='pairs_end_after_they_begin')],
                    },
                ),
                migrations.CreateModel(
                    name='SideRoom',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='side_rooms', to='timetable.session')),
                        ('kind', models.CharField(choices=[('word', 'Private word'), ('door', 'Talk at the door'), ('pair', 'Pair')], max_length=4)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('why', models.CharField(blank=True, choices=[('declined', 'The patient stayed with the group'), ('withdrawn', 'No longer asked'), ('back', 'Back to the group'), ('lost', "Somebody's line was lost"), ('over', 'Time to come back')], max_length=9)),
                        ('pairs', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='live.pairs')),
                        ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['asked_at'],
                        'indexes': [models.Index(fields=['session'], name='live_sidero_session_23a187_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['word', 'door']), ('number', None), ('pairs', None)), models.Q(('kind', 'pair'), ('number__isnull', False), ('opened_at__isnull', False), ('pairs__isnull', False)), _connector='OR'), name='side_room_is_a_talk_or_a_pair'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('why', '')), models.Q(('ended_at__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='side_room_ends_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Visit',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='timetable.session')),
                        ('role', models.CharField(choices=[('supervisor', 'Clinical supervisor'), ('observer', 'Observer'), ('guest', 'Guest')], max_length=10)),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('name', models.CharField(blank=True, max_length=40)),
                        ('why', models.CharField(blank=True, max_length=120)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('device', models.CharField(blank=True, max_length=64)),
                        ('let_in_at', models.DateTimeField(blank=True, null=True)),
                        ('let_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('out_at', models.DateTimeField(blank=True, null=True)),
                        ('out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['at'],
                        'indexes': [models.Index(fields=['session'], name='live_visit_session_4ddc1e_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('role', 'guest'), ('staff', None), models.Q(('name', ''), _negated=True), models.Q(('why', ''), _negated=True)), models.Q(('name', ''), ('role__in', ['observer', 'supervisor']), ('staff__isnull', False)), _connector='OR'), name='visit_is_staff_or_a_named_guest'), models.UniqueConstraint(condition=models.Q(('out_at', None)), fields=('session', 'staff'), name='visits_once', violation_error_message='This colleague is named for this session already.')],
                    },
                ),
                migrations.CreateModel(
                    name='Join',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joins', to='timetable.session')),
                        ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joins', to='people.patient')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('visit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joins', to='live.visit')),
                        ('side_room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joins', to='live.sideroom')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['session', 'patient'], name='live_join_session_a6f056_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('patient', None), ('staff__isnull', False), ('visit', None)), models.Q(('patient__isnull', False), ('staff', None), ('visit', None)), models.Q(('patient', None), ('staff', None), ('visit__isnull', False)), _connector='OR'), name='join_is_one_person')],
                    },
                ),
                migrations.CreateModel(
                    name='InboxEvent',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('source', models.CharField(choices=[('signaling', 'Signaling'), ('media', 'Media server'), ('poll', 'Poll')], max_length=10)),
                        ('emitter', models.CharField(max_length=40)),
                        ('kind', models.CharField(choices=[('arrived', 'Arrived'), ('seen', 'Seen'), ('left', 'Left'), ('media_lost', 'Picture and sound lost'), ('media_back', 'Picture and sound back'), ('server_died', 'Media server died')], max_length=12)),
                        ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inbox', to='timetable.session')),
                        ('join', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inbox', to='live.join')),
                        ('at', models.DateTimeField()),
                        ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('detail', models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['session', 'at'], name='live_inboxe_session_88c45c_idx')],
                        'constraints': [models.UniqueConstraint(fields=('source', 'emitter', 'kind', 'join', 'at'), name='seen_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='Knock',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='knocks', to='timetable.session')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('session', 'patient'), name='knocks_once')],
                    },
                ),
                migrations.CreateModel(
                    name='LeaderAway',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leader_away', to='timetable.session')),
                        ('since', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('session',), name='one_leader_away_at_a_time', violation_error_message='It is known already that no leader is there.')],
                    },
                ),
                migrations.CreateModel(
                    name='LicenseOverride',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='license_overrides', to='timetable.session')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
                        ('state', models.CharField(max_length=2)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reason', models.CharField(choices=[('travel', 'Travel emergency'), ('other', 'Another reason')], max_length=10)),
                        ('words', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['at'],
                        'constraints': [models.UniqueConstraint(fields=('session', 'patient', 'state'), name='license_overridden_once', violation_error_message='This person was let take part from there already.'), models.CheckConstraint(condition=models.Q(('reason', 'travel'), models.Q(('words', ''), _negated=True), _connector='OR'), name='another_reason_has_words', violation_error_message='Write the reason.')],
                    },
                ),
                migrations.CreateModel(
                    name='PrivateWord',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='timetable.session')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
                        ('kind', models.CharField(choices=[('help', 'I need help.'), ('step_out', 'I want to step out for a minute.'), ('break', 'I need a break.'), ('call', 'Call me after the group.')], max_length=10)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answer', models.CharField(blank=True, choices=[('take_time', 'OK, take your time.'), ('coming', 'I see you. I am with you in a moment.'), ('break', 'OK. We take a break soon.'), ('call', 'I call you after the group.'), ('called', 'I called you.'), ('met', 'We talked in a side room.')], max_length=10)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('session', 'patient', 'kind'), name='one_open_word_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='word_answered_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='CalledBack',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('word', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='called_back', to='live.privateword')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='Room',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='room', to='timetable.session')),
                        ('server', models.CharField(blank=True, max_length=40)),
                        ('encrypted', models.BooleanField(db_default=False, default=False)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Round',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='timetable.session')),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('order', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                        ('turn', models.PositiveSmallIntegerField(default=0)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('session',), name='one_round_at_a_time', violation_error_message='A check-in round is going on already.')],
                    },
                ),
                migrations.CreateModel(
                    name='SideMember',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side_room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='live.sideroom')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='timetable.session')),
                        ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('since', models.DateTimeField(default=django.utils.timezone.now)),
                        ('until', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['session'], name='live_sideme_session_2a5e97_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('patient', None), ('staff__isnull', False)), models.Q(('patient__isnull', False), ('staff', None)), _connector='OR'), name='side_member_is_one_person'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='side_member_goes_after'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('session', 'patient'), name='patient_in_one_side_room', violation_error_message='This person is asked to a side room already, or is in one.'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('session', 'staff'), name='leader_in_one_side_room', violation_error_message='You have asked somebody to a side room already, or are in one. Go back first.')],
                    },
                ),
                migrations.CreateModel(
                    name='StandbyRoom',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='standby', to='placement.group')),
                        ('address', models.URLField(blank=True, max_length=500)),
                        ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('address',), name='standby_room_of_one_group', violation_error_message='Another group has this address, and the two could meet in it. Give each group a room of its own.')],
                    },
                ),
                migrations.CreateModel(
                    name='VideoAway',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='video_away', to='timetable.session')),
                        ('since', models.DateTimeField()),
                        ('address', models.URLField(blank=True, max_length=500)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['since'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('session',), name='one_video_away_at_a_time', violation_error_message='It is known already that video does not work.'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('since')), _connector='OR'), name='video_is_back_after_it_went')],
                    },
                ),
                migrations.CreateModel(
                    name='VisitAnswer',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='live.visit')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.patient')),
                        ('agrees', models.BooleanField()),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('text', models.TextField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['visit', 'patient', '-at'], name='live_visita_visit_i_fbe869_idx')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='seatofwhowaits',
                    trigger=pgtrigger.compiler.Trigger(name='seat_tells_the_door', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."released_at" IS DISTINCT FROM (NEW."released_at") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at"))', func="\n                    PERFORM pg_notify('live', knock.session_id::text)\n                    FROM live_knock AS knock\n                    WHERE knock.patient_id = NEW.patient_id AND knock.ended_at IS NULL;\n                    RETURN NULL;\n                ", hash='cbc25c63f99b02e5ea1766d954f47f1b4fd861d2', operation='UPDATE', pgid='pgtrigger_seat_tells_the_door_8d581', table='placement_seat', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sessionofroom',
                    trigger=pgtrigger.compiler.Trigger(name='session_tells_its_room', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."co_leader_id" IS DISTINCT FROM (NEW."co_leader_id") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."leader_id" IS DISTINCT FROM (NEW."leader_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at"))', func="PERFORM pg_notify('live', NEW.id::text); RETURN NULL;", hash='507a42771e33064ea95a4a3c7d180acd6cd981cb', operation='UPDATE', pgid='pgtrigger_session_tells_its_room_e9850', table='timetable_session', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attempt',
                    trigger=pgtrigger.compiler.Trigger(name='attempt_stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."how" IS DISTINCT FROM (NEW."how") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."message_id" IS DISTINCT FROM (NEW."message_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f63b7a88d15e0472c9df62b9642416e86856d79e', operation='UPDATE', pgid='pgtrigger_attempt_stays_as_it_was_82487', table='live_attempt', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attempt',
                    trigger=pgtrigger.compiler.Trigger(name='outcome_is_said_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."outcome" = \'\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f57bb463a4096e5fd3fc6a48970372c58b0803ac', operation='UPDATE', pgid='pgtrigger_outcome_is_said_once_3eed2', table='live_attempt', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attempt',
                    trigger=pgtrigger.compiler.Trigger(name='attempt_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c77c911518d00ba73118972d89d1fde2f2a627a0', operation='DELETE', pgid='pgtrigger_attempt_is_kept_d0541', table='live_attempt', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decision',
                    trigger=pgtrigger.compiler.Trigger(name='decisions_are_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d47ef1b1ebc82a84cd61d07580e6ef6e769da5d1', operation='UPDATE OR DELETE', pgid='pgtrigger_decisions_are_append_only_0f487', table='live_decision', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='incident',
                    trigger=pgtrigger.compiler.Trigger(name='incident_stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."place_told_at" IS DISTINCT FROM (NEW."place_told_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fb3b7ade00aa4d6c526b9742d9f8d3f818117808', operation='UPDATE', pgid='pgtrigger_incident_stays_as_it_was_125cf', table='live_incident', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='incident',
                    trigger=pgtrigger.compiler.Trigger(name='incident_kind_is_said_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."kind" = \'\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e37c1273519f8d0037d8eba347a3dfcf358b6cb8', operation='UPDATE', pgid='pgtrigger_incident_kind_is_said_once_ea8cd', table='live_incident', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='incident',
                    trigger=pgtrigger.compiler.Trigger(name='incident_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d707d7c290afe2d63fbd986409f06dc9d1c686aa', operation='DELETE', pgid='pgtrigger_incident_is_kept_afd0c', table='live_incident', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='incidententry',
                    trigger=pgtrigger.compiler.Trigger(name='incident_entry_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e42bf701a51f8008db3df28babc08575a0c75215', operation='UPDATE OR DELETE', pgid='pgtrigger_incident_entry_is_append_only_e4f8c', table='live_incidententry', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='inboxevent',
                    trigger=pgtrigger.compiler.Trigger(name='inbox_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1bdc253e7c32ca854fa036727dd52eeff33d576e', operation='UPDATE OR DELETE', pgid='pgtrigger_inbox_is_append_only_19683', table='live_inboxevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='licenseoverride',
                    trigger=pgtrigger.compiler.Trigger(name='override_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='78ff53afb3d7a781a07b8ef0f740561a7a210ebc', operation='UPDATE OR DELETE', pgid='pgtrigger_override_is_append_only_55004', table='live_licenseoverride', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='privateword',
                    trigger=pgtrigger.compiler.Trigger(name='answered_word_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answered_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cd1440018f6dd030f940ca211c89f7a3c200ad0a', operation='UPDATE', pgid='pgtrigger_answered_word_is_final_c1d35', table='live_privateword', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='privateword',
                    trigger=pgtrigger.compiler.Trigger(name='word_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f6460ffba7cd07ee3be967fb64ee318c2f0f265f', operation='DELETE', pgid='pgtrigger_word_is_kept_3d79e', table='live_privateword', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='calledback',
                    trigger=pgtrigger.compiler.Trigger(name='called_back_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7d097a0ce40fa3e56dcaa8099065d74060d905a7', operation='UPDATE OR DELETE', pgid='pgtrigger_called_back_is_append_only_6e468', table='live_calledback', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sideroom',
                    trigger=pgtrigger.compiler.Trigger(name='ended_side_room_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='abe9d308b96269e0d7500ff865986d63f1e8fbdd', operation='UPDATE', pgid='pgtrigger_ended_side_room_is_final_b1057', table='live_sideroom', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sideroom',
                    trigger=pgtrigger.compiler.Trigger(name='side_room_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ecb99ed23482771ff9aecac1e8778eb923de51a3', operation='DELETE', pgid='pgtrigger_side_room_is_kept_f6607', table='live_sideroom', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sidemember',
                    trigger=pgtrigger.compiler.Trigger(name='side_member_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='77a0ddcd5e228038763514dba5f0753e09440e1a', operation='DELETE', pgid='pgtrigger_side_member_is_kept_7305a', table='live_sidemember', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='visit',
                    trigger=pgtrigger.compiler.Trigger(name='visit_that_is_over_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."out_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='79f712fbe3a52c64d5219df0aa166d46aa7766e0', operation='UPDATE', pgid='pgtrigger_visit_that_is_over_is_final_dfdc3', table='live_visit', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='visit',
                    trigger=pgtrigger.compiler.Trigger(name='visit_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0f9d40d61d852f23a0036646bcfad5658957e822', operation='DELETE', pgid='pgtrigger_visit_is_kept_82aac', table='live_visit', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='visitanswer',
                    trigger=pgtrigger.compiler.Trigger(name='visit_answer_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a79a0ae7b66c515a1094ebe7be86956f7687afee', operation='UPDATE OR DELETE', pgid='pgtrigger_visit_answer_is_append_only_cc514', table='live_visitanswer', when='BEFORE')),
                ),
            ],
        ),
    ]
