import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
import stepdown.people.models.licenses
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(max_length=254)),
                        ('is_active', models.BooleanField(default=True)),
                        ('password_is_first', models.BooleanField(default=False, help_text='Chosen by whoever made the account; the owner replaces it before anything else.')),
                        ('password_until', models.DateTimeField(blank=True, help_text='Of a password that was handed over: from then on it opens nothing.', null=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('email',), name='account_email_once', violation_error_message='Someone has an account with this e-mail address. Use another one.'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='account_email_in_small_letters')],
                    },
                ),
                migrations.CreateModel(
                    name='Center',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=80)),
                        ('phone', models.CharField(max_length=16)),
                        ('time_zone', models.CharField(default='America/Chicago', max_length=40)),
                        ('calls_from', models.TimeField()),
                        ('calls_until', models.TimeField()),
                        ('call_within_minutes', models.PositiveSmallIntegerField(default=30)),
                        ('only', models.BooleanField(default=True, editable=False)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('only',), name='center_is_one'), models.CheckConstraint(condition=models.Q(('only', True)), name='center_only_is_true')],
                    },
                ),
                migrations.CreateModel(
                    name='Staff',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='staff', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=80)),
                        ('letters', models.CharField(blank=True, max_length=40)),
                        ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('admissions', 'Admissions counselor'), ('counselor', 'Counselor'), ('director', 'Clinical director'), ('privacy', 'Privacy officer'), ('biller', 'Biller'), ('administrator', 'Administrator'), ('auditor', 'Auditor')], max_length=20), size=None)),
                        ('time_zone', models.CharField(default='America/Chicago', max_length=40)),
                        ('phone', stepdown.kernel.sealed_fields.SealedText('people.staff.phone', blank=True, max_length=16)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Patient',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('first_name', models.CharField(max_length=60)),
                        ('last_name', models.CharField(max_length=60)),
                        ('chosen_name', models.CharField(blank=True, max_length=40)),
                        ('date_of_birth', models.DateField()),
                        ('phone', stepdown.kernel.sealed_fields.FoundText('people.patient.phone', max_length=16)),
                        ('email', stepdown.kernel.sealed_fields.SealedText('people.patient.email', blank=True, max_length=254)),
                        ('language', models.CharField(default='en', max_length=5)),
                        ('time_zone', models.CharField(default='America/Chicago', max_length=40)),
                        ('address_line', stepdown.kernel.sealed_fields.SealedText('people.patient.address_line', blank=True, max_length=120)),
                        ('city', models.CharField(blank=True, max_length=60)),
                        ('state', models.CharField(max_length=2)),
                        ('postal_code', models.CharField(blank=True, max_length=10)),
                        ('emergency_contact_name', stepdown.kernel.sealed_fields.SealedText('people.patient.emergency_contact_name', blank=True, max_length=80)),
                        ('emergency_contact_phone', stepdown.kernel.sealed_fields.SealedText('people.patient.emergency_contact_phone', blank=True, max_length=16)),
                        ('safe_contact_note', stepdown.kernel.sealed_fields.SealedText('people.patient.safe_contact_note', blank=True, max_length=200)),
                        ('counselor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='caseload', to='people.staff')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'ordering': ['last_name', 'first_name'],
                        'indexes': [models.Index(fields=['last_name', 'first_name'], name='people_pati_last_na_9dee0d_idx'), models.Index(stepdown.kernel.sealed_fields.MarkOf('phone'), name='patient_phone_found'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('last_name'), 'text_pattern_ops'), name='patient_last_name_begins'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('first_name'), 'text_pattern_ops'), name='patient_first_name_begins'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('chosen_name'), 'text_pattern_ops'), name='patient_chosen_name_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='Device',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='people.patient')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('last_seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('user_agent', models.CharField(blank=True, db_default='', help_text='What the browser called itself then.', max_length=200)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Supporter',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supporters', to='people.patient')),
                        ('phone', stepdown.kernel.sealed_fields.SealedText('people.supporter.phone', blank=True, max_length=16)),
                        ('email', stepdown.kernel.sealed_fields.SealedText('people.supporter.email', blank=True, max_length=254)),
                        ('language', models.CharField(default='en', max_length=5)),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('accepted_words', models.TextField(blank=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('phone', ''), models.Q(('email', ''), _negated=True)), models.Q(models.Q(('phone', ''), _negated=True), ('email', '')), _connector='OR'), name='supporter_is_reached_one_way', violation_error_message='Enter a phone number or an e-mail address, not both.'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_words', '')), models.Q(('accepted_at__isnull', False), models.Q(('accepted_words', ''), _negated=True)), _connector='OR'), name='supporter_accepts_with_the_words')],
                    },
                ),
                migrations.CreateModel(
                    name='EntryCode',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entry_codes', to='people.patient')),
                        ('supporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entry_codes', to='people.supporter')),
                        ('opens', models.CharField(choices=[('entry', 'A new device'), ('contact', 'A change of contact data: who asks has the number until now'), ('number', 'A change of contact data: who asks has the new number')], default='entry', max_length=7)),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField()),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['patient', '-sent_at'], name='people_entr_patient_04fcf7_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('patient', None), ('supporter', None), _connector='XOR'), name='entry_code_is_one_persons')],
                    },
                ),
                migrations.CreateModel(
                    name='License',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='licenses', to='people.staff')),
                        ('kind', models.CharField(max_length=20)),
                        ('state', models.CharField(max_length=2)),
                        ('number', models.CharField(max_length=40)),
                        ('masters_level', models.BooleanField(default=True)),
                        ('issued_on', models.DateField()),
                        ('expires_on', models.DateField(blank=True, null=True)),
                        ('ended_why', models.CharField(blank=True, max_length=200)),
                        ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('expires_on', None), ('expires_on__gte', models.F('issued_on')), _connector='OR'), expressions=[('state', '='), (django.db.models.functions.text.Upper('kind'), '='), (django.db.models.functions.text.Upper('number'), '='), (stepdown.people.models.licenses.DateRange('issued_on', 'expires_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='license_number_once', violation_error_message='A license of that kind with this number is on the list for that time. Check the number, the state and the dates.'), models.CheckConstraint(condition=models.Q(('expires_on', None), ('expires_on__gte', models.F('issued_on')), _connector='OR'), name='license_ends_after_it_begins', violation_error_message='A license cannot end before it begins.'), models.CheckConstraint(condition=models.Q(('state__in', ['AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY', 'LA', 'ME', 'MD', 'MA', 'MI', 'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH', 'NJ', 'NM', 'NY', 'NC', 'ND', 'OH', 'OK', 'OR', 'PA', 'PR', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VT', 'VA', 'WA', 'WV', 'WI', 'WY'])), name='license_state_is_known', violation_error_message='Choose the state it is valid in.'), models.CheckConstraint(condition=models.Q(('ended_why', ''), ('expires_on__isnull', False), _connector='OR'), name='license_ended_on_a_day', violation_error_message='Enter the last day on which it is valid.')],
                    },
                ),
                migrations.CreateModel(
                    name='LicenseDocument',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('license', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='people.license')),
                        ('kind', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'JPEG picture'), ('image/png', 'PNG picture')], max_length=20)),
                        ('content', stepdown.kernel.sealed_fields.SealedBytes('people.licensedocument.content')),
                        ('size', models.PositiveIntegerField()),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['added_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', 5242880)), name='document_has_its_size', violation_error_message='A document has at most 5 MB.')],
                    },
                ),
                migrations.CreateModel(
                    name='LicenseWarning',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('license', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='warnings', to='people.license')),
                        ('expires_on', models.DateField()),
                        ('days', models.PositiveSmallIntegerField()),
                        ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['told_at'],
                        'constraints': [models.UniqueConstraint(fields=('license', 'expires_on', 'days'), name='license_warned_once'), models.CheckConstraint(condition=models.Q(('days__in', (60, 30, 7))), name='license_warned_in_time')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonalLink',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='people.patient')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('patient',), name='one_personal_link_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='SecondFactorReset',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='second_factor_resets', to='people.staff')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('how', models.CharField(choices=[('in_person', 'I met them in person'), ('by_video', 'I saw them by video, and know their face'), ('called_back', 'I called them at the number we have')], max_length=12)),
                        ('words', models.CharField(max_length=300)),
                    ],
                    options={
                        'ordering': ['-at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('staff', models.F('by')), _negated=True), name='nobody_resets_their_own_second_factor', violation_error_message='Another administrator resets yours.')],
                    },
                ),
                migrations.CreateModel(
                    name='Supervision',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisions', to='people.staff')),
                        ('supervisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervises', to='people.staff')),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'ordering': ['-from_on'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), expressions=[('staff', '='), (stepdown.people.models.licenses.DateRange('from_on', 'until_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='one_supervisor_at_a_time', violation_error_message='Somebody co-signs these notes in that time already. Choose a later day.'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='supervision_ends_after_it_begins', violation_error_message='It cannot end before it begins.'), models.CheckConstraint(condition=models.Q(('staff', models.F('supervisor')), _negated=True), name='nobody_supervises_themself', violation_error_message='Nobody co-signs their own notes. Choose somebody else.')],
                    },
                ),
                migrations.CreateModel(
                    name='SupporterBrowser',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='browsers', to='people.supporter')),
                        ('digest', models.CharField(max_length=64)),
                        ('proved_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['digest'], name='supporter_browser_known')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('supporter', 'digest'), name='supporter_browser_known_once')],
                    },
                ),
                migrations.CreateModel(
                    name='HomeAddress',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('address_line', stepdown.kernel.sealed_fields.SealedText('people.homeaddress.address_line', max_length=120)),
                        ('postal_code', stepdown.kernel.sealed_fields.SealedText('people.homeaddress.postal_code', max_length=10)),
                        ('staff', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='home', to='people.staff')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address_line', ''), _negated=True), models.Q(('postal_code', ''), _negated=True)), name='home_address_is_street_and_zip')],
                    },
                ),
            ],
        ),
    ]
