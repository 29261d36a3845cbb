import django.db.models.deletion
import django.utils.timezone
import stepdown.kernel.operations
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
                    name='Received',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('receipt', models.CharField(max_length=80, unique=True)),
                        ('received_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='people.patient')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='people.staff')),
                        ('channel', models.CharField(choices=[('text', 'Text message'), ('email', 'E-mail')], default='text', max_length=5)),
                        ('kind', models.CharField(choices=[('entry_code', 'Code for a new device'), ('personal_link', 'Personal link'), ('seat_offer', 'A place is held'), ('seat_kept', 'The place is kept'), ('seat_given_up', 'The place is given up'), ('reply_unclear', 'An answer could not be taken'), ('meeting_soon', 'A meeting starts soon'), ('meeting_on', 'A meeting has begun'), ('meeting_moved', 'A meeting is at another time'), ('meeting_off', 'A meeting does not take place'), ('meeting_back', 'A meeting takes place after all'), ('meeting_added', 'There is one more meeting'), ('meetings_changed', 'Meetings are at other times'), ('meeting_led', 'Somebody else leads a meeting'), ('needed_now', 'Needed now'), ('license_ends', 'A license of yours ends'), ('leader_away', 'A meeting has nobody who leads it'), ('stand_in', 'Asked to stand in'), ('stand_in_over', 'Nobody is needed any more'), ('stands_in', 'Somebody stands in'), ('leads_one_more', 'Leads one more meeting'), ('team_license_ends', 'A license of a colleague ends'), ('look', 'Something waits on a page'), ('written', 'Something is written on their page')], max_length=20)),
                        ('entry_code', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.entrycode')),
                        ('about', models.DateTimeField(blank=True, help_text='The time the message speaks of, when it does.', null=True)),
                        ('was', models.DateTimeField(blank=True, help_text='Of what moved: before. Of a place: the first meeting.', null=True)),
                        ('page', models.CharField(blank=True, help_text='Of one of the staff: where the link leads, once they are signed in.', max_length=200)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('failed_at', models.DateTimeField(blank=True, null=True)),
                        ('failure', models.CharField(blank=True, max_length=120)),
                        ('receipt', models.CharField(blank=True, max_length=80)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['patient', '-created_at'], name='outreach_me_patient_d3792d_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('patient', None), ('staff', None), _connector='XOR'), name='message_goes_to_one_person', violation_error_message='A message goes to one patient or to one of the staff.')],
                    },
                ),
            ],
        ),
    ]
