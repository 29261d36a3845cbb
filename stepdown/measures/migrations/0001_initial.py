import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import stepdown.kernel.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('outreach', '0002_history'),
        ('people', '0002_history'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Administration',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='administrations', to='people.patient')),
                        ('instrument', models.CharField(max_length=40)),
                        ('about', models.CharField(blank=True, max_length=60)),
                        ('why', models.CharField(choices=[('intake', 'Intake'), ('weekly', 'Weekly'), ('session', 'Before the group'), ('two_weeks', 'Every two weeks'), ('middle', 'Middle of the program'), ('discharge', 'Discharge'), ('aftercare', 'Aftercare, monthly'), ('aftercare_quarter', 'Aftercare, quarterly'), ('follow_up', 'Asked for by an answer'), ('by_hand', 'Given by staff')], max_length=20)),
                        ('occasion', models.CharField(max_length=80)),
                        ('assigned_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('assigned_by', models.ForeignKey(blank=True, help_text='Empty when by itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('due_on', models.DateField()),
                        ('lapses_on', models.DateField(blank=True, null=True)),
                        ('lapsed_at', models.DateTimeField(blank=True, null=True)),
                        ('mode', models.CharField(choices=[('self', 'Answered by the patient'), ('interview', 'Asked in an interview'), ('video-partial', 'Over video, in part')], default='self', max_length=13)),
                        ('version', models.CharField(blank=True, max_length=120)),
                        ('text_hash', models.CharField(blank=True, max_length=64)),
                        ('language', models.CharField(blank=True, max_length=12)),
                        ('values', models.JSONField(blank=True, default=dict)),
                        ('context', models.JSONField(blank=True, default=dict)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('saved_at', models.DateTimeField(blank=True, null=True)),
                        ('entered_by', models.ForeignKey(blank=True, help_text='Empty: the patient.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['due_on', 'assigned_at'],
                        'indexes': [models.Index(fields=['patient', '-due_on'], name='measures_ad_patient_27edef_idx'), models.Index(fields=['patient', 'instrument', 'finished_at'], name='measures_ad_patient_8c2c11_idx'), models.Index(condition=models.Q(('finished_at', None), ('lapsed_at', None)), fields=['lapses_on'], name='administration_lapses')],
                        'constraints': [models.UniqueConstraint(fields=('patient', 'instrument', 'occasion'), name='asked_once_an_occasion', violation_error_message='This was given already.'), models.CheckConstraint(condition=models.Q(('finished_at', None), models.Q(('lapsed_at', None), ('started_at__isnull', False), models.Q(('version', ''), _negated=True), models.Q(('text_hash', ''), _negated=True)), _connector='OR'), name='finished_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='CheckIn',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='people.patient')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('craving', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('mood', models.CharField(blank=True, choices=[('very_low', 'Very low'), ('low', 'Low'), ('ok', 'OK'), ('good', 'Good')], max_length=8)),
                        ('used_since', models.BooleanField(blank=True, null=True)),
                        ('triggers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('work', 'Work'), ('relationship', 'Relationship'), ('health', 'Health'), ('money', 'Money'), ('offered', 'People who offer')], max_length=12), blank=True, default=list, size=None)),
                        ('helped', models.CharField(blank=True, max_length=200)),
                        ('words', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['-at'],
                        'indexes': [models.Index(fields=['patient', '-at'], name='measures_ch_patient_c9c5fe_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('craving', None), ('craving__lte', 10), _connector='OR'), name='check_in_craving_zero_to_ten', violation_error_message='Choose a number from 0 to 10.'), models.CheckConstraint(condition=models.Q(('craving', None), ('helped', ''), ('mood', ''), ('triggers', []), ('used_since', None), ('words', ''), _negated=True), name='check_in_says_something', violation_error_message='Answer at least one question.')],
                    },
                ),
                migrations.CreateModel(
                    name='Scoring',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('administration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scorings', to='measures.administration')),
                        ('scored_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('engine', models.CharField(max_length=20)),
                        ('scores', models.JSONField(blank=True, default=dict)),
                        ('bands', models.JSONField(blank=True, default=dict)),
                        ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                        ('checks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                        ('missing', models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        'ordering': ['scored_at'],
                    },
                ),
                migrations.CreateModel(
                    name='TextPack',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('instrument', models.CharField(max_length=40)),
                        ('version', models.CharField(max_length=120)),
                        ('language', models.CharField(max_length=12)),
                        ('content', models.JSONField()),
                        ('text_hash', models.CharField(max_length=64)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['at'],
                    },
                ),
                migrations.CreateModel(
                    name='TurnedOff',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('instrument', models.CharField(max_length=40, unique=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='WorkItem',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('administration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='measures.administration')),
                        ('concern', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_item', to='outreach.concern')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='people.patient')),
                        ('flag', models.CharField(blank=True, max_length=60)),
                        ('severity', models.CharField(choices=[('urgent', 'Urgent'), ('emergency', 'Emergency')], max_length=10)),
                        ('action', models.TextField(help_text='What the instrument says is to be done, as it said then.')),
                        ('owner', models.ForeignKey(blank=True, help_text='Empty when nobody works here who could own it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='people.staff')),
                        ('asks_for', models.ForeignKey(blank=True, help_text='What is to be asked because of it, the suicide-risk screener for example.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.administration')),
                        ('raised_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('due_at', models.DateTimeField()),
                        ('escalated_at', models.DateTimeField(blank=True, null=True)),
                        ('disposition', models.CharField(blank=True, choices=[('spoke', 'Talked with them: safe for now'), ('plan', 'Talked with them: safety plan made or gone through'), ('medical', 'Sent to medical or higher care'), ('emergency', '911 or 988 called'), ('mistake', 'Answered by mistake, asked them'), ('not_reached', 'Not reached: handed on to the emergency procedure')], max_length=12)),
                        ('words', models.TextField(blank=True, max_length=4000)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['due_at'],
                        'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['owner', 'due_at'], name='work_item_open_of_owner'), models.Index(condition=models.Q(('settled_at', None)), fields=['due_at'], name='work_item_open'), models.Index(fields=['patient', '-raised_at'], name='measures_wo_patient_dd1b53_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('administration__isnull', False), ('concern', None), models.Q(('flag', ''), _negated=True)), models.Q(('administration', None), ('concern__isnull', False), ('flag', '')), _connector='OR'), name='work_item_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('disposition', ''), ('settled_at', None), ('settled_by', None), ('words', '')), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('disposition', ''), _negated=True), models.Q(('words', ''), _negated=True)), _connector='OR'), name='settling_is_whole', violation_error_message='Choose what was done, and say it in a sentence.'), models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('administration', 'flag'), name='raised_once_while_open')],
                    },
                ),
            ],
        ),
    ]
