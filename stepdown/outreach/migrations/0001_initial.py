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
                    name='Concern',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('language', models.CharField(default='en', max_length=5)),
                        ('about', models.CharField(blank=True, max_length=120)),
                        ('words', models.TextField(max_length=2000)),
                        ('in_danger', models.BooleanField(default=False)),
                        ('teller', models.CharField(blank=True, max_length=80)),
                        ('teller_phone', stepdown.kernel.sealed_fields.SealedText('outreach.concern.teller_phone', blank=True, max_length=16)),
                        ('supporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='people.supporter')),
                        ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='people.patient')),
                        ('matched_at', models.DateTimeField(blank=True, null=True)),
                        ('matched_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('outcome', models.TextField(blank=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['-in_danger', 'told_at'],
                        'indexes': [models.Index(condition=models.Q(('closed_at', None), ('patient', None)), fields=['told_at'], name='concerns_open'), models.Index(fields=['patient', '-told_at'], name='concerns_of_patient')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('supporter', None), models.Q(('about', ''), _negated=True)), models.Q(('patient__isnull', False), ('supporter__isnull', False)), _connector='OR'), name='concern_is_about_somebody', violation_error_message='Say whom you are worried about.'), models.CheckConstraint(condition=models.Q(models.Q(('matched_at', None), ('matched_by', None), ('patient', None)), models.Q(('closed_at', None), ('matched_at__isnull', False), ('patient__isnull', False)), _connector='OR'), name='concern_is_matched_whole', violation_error_message='Somebody has found whom this is about already, or laid it aside.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('outcome', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='concern_is_laid_aside_whole', violation_error_message='Write down what was done.')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='people.patient')),
                        ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='people.staff')),
                        ('supporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='people.supporter')),
                        ('channel', models.CharField(choices=[('text', 'Text message'), ('email', 'E-mail')], default='text', max_length=5)),
                        ('kind', models.CharField(choices=[('entry_code', 'Code for a new device'), ('personal_link', 'Personal link'), ('seat_offer', 'A place is held'), ('seat_kept', 'The place is kept'), ('seat_given_up', 'The place is given up'), ('reply_unclear', 'An answer could not be taken'), ('meeting_soon', 'A meeting starts soon'), ('meeting_on', 'A meeting has begun'), ('meeting_moved', 'A meeting is at another time'), ('meeting_off', 'A meeting does not take place'), ('meeting_back', 'A meeting takes place after all'), ('meeting_added', 'There is one more meeting'), ('meetings_changed', 'Meetings are at other times'), ('meeting_led', 'Somebody else leads a meeting'), ('needed_now', 'Needed now'), ('license_ends', 'A license of yours ends'), ('leader_away', 'A meeting has nobody who leads it'), ('stand_in', 'Asked to stand in'), ('stand_in_over', 'Nobody is needed any more'), ('stands_in', 'Somebody stands in'), ('leads_one_more', 'Leads one more meeting'), ('team_license_ends', 'A license of a colleague ends'), ('agreement_ends', 'An agreement with a vendor ends'), ('look', 'Something waits on a page'), ('written', 'Something is written on their page'), ('contact_changed', 'Their number was changed'), ('sign_in_reset', 'Their sign-in was reset'), ('page_link', 'Link to what a patient lets them see')], max_length=20)),
                        ('phone', stepdown.kernel.sealed_fields.SealedText('outreach.message.phone', blank=True, help_text="Where it goes, if not to the reader's number of now.", max_length=16)),
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
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('patient__isnull', False), ('staff', None), ('supporter', None)), models.Q(('patient', None), ('staff__isnull', False), ('supporter', None)), models.Q(('patient', None), ('staff', None), ('supporter__isnull', False)), _connector='OR'), name='message_goes_to_one_person', violation_error_message='A message goes to one person.')],
                    },
                ),
            ],
        ),
    ]
