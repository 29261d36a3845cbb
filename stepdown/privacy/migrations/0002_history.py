import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import stepdown.privacy.domain.sharing
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('privacy', '0001_initial'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='NamedForEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.namedfor')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('restriction', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.restriction')),
                        ('staff', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('named_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('named_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PacketEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.packet')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('recipient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.recipient')),
                        ('purpose', models.CharField(choices=[(stepdown.privacy.domain.sharing.Purpose['TREATMENT'], 'Treatment'), (stepdown.privacy.domain.sharing.Purpose['PAYMENT'], 'Payment'), (stepdown.privacy.domain.sharing.Purpose['OPERATIONS'], 'Health care operations'), (stepdown.privacy.domain.sharing.Purpose['ASKED'], 'At the request of the patient'), (stepdown.privacy.domain.sharing.Purpose['SUPPORT'], 'So that they can support the patient'), (stepdown.privacy.domain.sharing.Purpose['MONITORING'], 'Monitoring progress for a case'), (stepdown.privacy.domain.sharing.Purpose['LEGAL'], 'Legal proceeding'), (stepdown.privacy.domain.sharing.Purpose['LAW_ENFORCEMENT'], 'Law enforcement'), (stepdown.privacy.domain.sharing.Purpose['IMMIGRATION'], 'Immigration'), (stepdown.privacy.domain.sharing.Purpose['EMPLOYMENT'], 'Employment'), (stepdown.privacy.domain.sharing.Purpose['RESEARCH'], 'Research')], max_length=20)),
                        ('classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[(stepdown.privacy.domain.sharing.Data['PROGRAM'], 'When the program begins and ends'), (stepdown.privacy.domain.sharing.Data['ATTENDANCE'], 'Attendance'), (stepdown.privacy.domain.sharing.Data['DIAGNOSES'], 'Diagnoses'), (stepdown.privacy.domain.sharing.Data['PLAN'], 'Treatment plan'), (stepdown.privacy.domain.sharing.Data['NOTES'], 'Progress notes'), (stepdown.privacy.domain.sharing.Data['SCORES'], 'Answers and scores'), (stepdown.privacy.domain.sharing.Data['TESTS'], 'Drug tests'), (stepdown.privacy.domain.sharing.Data['SAFETY_PLAN'], 'Safety plan'), (stepdown.privacy.domain.sharing.Data['COUNSELING_NOTES'], 'Counseling notes')], max_length=20), size=None)),
                        ('way', models.CharField(choices=[('mail', 'By mail'), ('fax', 'By fax'), ('hand', 'Given by hand'), ('phone', 'Told by phone')], max_length=5)),
                        ('consent', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.sharingconsent')),
                        ('prepared_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('prepared_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('cancelled_why', models.CharField(blank=True, max_length=300)),
                        ('stopped_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.consentevent')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PrivacyTaskEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.privacytask')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('kind', models.CharField(choices=[('write_down', 'Write down a stop that was told by word of mouth'), ('officer', 'Answer a request from a court, police, immigration or an employer'), ('self_pay', 'Review the account: pays for themself'), ('paper', 'Give a copy on paper'), ('no_screen', 'Has stopped signing on a screen: use paper')], max_length=12)),
                        ('consent', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.sharingconsent')),
                        ('words', models.TextField(blank=True)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('opened_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('done_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('outcome', models.TextField(blank=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RecipientEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.recipient')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('whom', models.CharField(choices=[(stepdown.privacy.domain.sharing.Whom['FAMILY'], 'Family'), (stepdown.privacy.domain.sharing.Whom['SUPPORTER'], 'Friend or supporter'), (stepdown.privacy.domain.sharing.Whom['PROVIDER'], 'Doctor or other provider'), (stepdown.privacy.domain.sharing.Whom['PLAN'], 'Health plan'), (stepdown.privacy.domain.sharing.Whom['HELPER'], 'Helps to run the program'), (stepdown.privacy.domain.sharing.Whom['INTERMEDIARY'], 'Health information exchange'), (stepdown.privacy.domain.sharing.Whom['LAWYER'], 'Lawyer'), (stepdown.privacy.domain.sharing.Whom['COURT'], 'Court'), (stepdown.privacy.domain.sharing.Whom['MONITOR'], 'Probation, parole or treatment court'), (stepdown.privacy.domain.sharing.Whom['POLICE'], 'Police'), (stepdown.privacy.domain.sharing.Whom['IMMIGRATION'], 'Immigration authority'), (stepdown.privacy.domain.sharing.Whom['EMPLOYER'], 'Employer'), (stepdown.privacy.domain.sharing.Whom['RESEARCHER'], 'Researcher'), (stepdown.privacy.domain.sharing.Whom['OTHER'], 'Somebody else')], max_length=20)),
                        ('name', models.CharField(max_length=120)),
                        ('relation', models.CharField(blank=True, max_length=80)),
                        ('address', models.CharField(max_length=200)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('supporter', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.supporter')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RestrictionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.restriction')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('why', models.CharField(choices=[('works_here', 'Works here, or did'), ('related', 'Related to somebody who works here'), ('public', 'Publicly known'), ('sought', 'Somebody may look for them'), ('other', 'Another reason')], max_length=12)),
                        ('words', models.CharField(max_length=300)),
                        ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('set_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                        ('lifted_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('lifted_why', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RightsRequestEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.rightsrequest')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('kind', models.CharField(choices=[('access', 'See or get a copy of my record'), ('amendment', 'Correct something in my record'), ('accounting', 'A list of who got something about me'), ('restriction', 'Limit what is shared about me'), ('intermediary', 'A list of who got my record through an intermediary')], max_length=12)),
                        ('words', models.TextField(blank=True)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('asked_on', models.DateField()),
                        ('recorded_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('due_on', models.DateField()),
                        ('longer_why', models.TextField(blank=True)),
                        ('longer_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('outcome', models.CharField(blank=True, choices=[('granted', 'Done as asked'), ('in_part', 'Done in part'), ('denied', 'Not done'), ('withdrawn', 'Taken back')], max_length=10)),
                        ('answer', models.TextField(blank=True)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('answered_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SharingConsentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.sharingconsent')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('kind', models.CharField(choices=[(stepdown.privacy.domain.sharing.Kind['SPECIFIC'], 'With one person or place'), (stepdown.privacy.domain.sharing.Kind['TPO'], 'For treatment, payment and health care operations'), (stepdown.privacy.domain.sharing.Kind['JUSTICE'], 'With a court or probation'), (stepdown.privacy.domain.sharing.Kind['LEGAL'], 'For a legal proceeding'), (stepdown.privacy.domain.sharing.Kind['COUNSELING_NOTES'], 'Counseling notes alone'), (stepdown.privacy.domain.sharing.Kind['INTERMEDIARY'], 'Through a health information exchange'), (stepdown.privacy.domain.sharing.Kind['RESEARCH'], 'For research')], max_length=20)),
                        ('language', models.CharField(default='en', max_length=5)),
                        ('prepared_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('prepared_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('patient_name', models.CharField(max_length=130)),
                        ('disclosing_parties', models.CharField(max_length=200)),
                        ('recipient', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.recipient')),
                        ('recipients', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None)),
                        ('intermediary_participants', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('information_scope', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[(stepdown.privacy.domain.sharing.Data['PROGRAM'], 'When the program begins and ends'), (stepdown.privacy.domain.sharing.Data['ATTENDANCE'], 'Attendance'), (stepdown.privacy.domain.sharing.Data['DIAGNOSES'], 'Diagnoses'), (stepdown.privacy.domain.sharing.Data['PLAN'], 'Treatment plan'), (stepdown.privacy.domain.sharing.Data['NOTES'], 'Progress notes'), (stepdown.privacy.domain.sharing.Data['SCORES'], 'Answers and scores'), (stepdown.privacy.domain.sharing.Data['TESTS'], 'Drug tests'), (stepdown.privacy.domain.sharing.Data['SAFETY_PLAN'], 'Safety plan'), (stepdown.privacy.domain.sharing.Data['COUNSELING_NOTES'], 'Counseling notes')], max_length=20), size=None)),
                        ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[(stepdown.privacy.domain.sharing.Purpose['TREATMENT'], 'Treatment'), (stepdown.privacy.domain.sharing.Purpose['PAYMENT'], 'Payment'), (stepdown.privacy.domain.sharing.Purpose['OPERATIONS'], 'Health care operations'), (stepdown.privacy.domain.sharing.Purpose['ASKED'], 'At the request of the patient'), (stepdown.privacy.domain.sharing.Purpose['SUPPORT'], 'So that they can support the patient'), (stepdown.privacy.domain.sharing.Purpose['MONITORING'], 'Monitoring progress for a case'), (stepdown.privacy.domain.sharing.Purpose['LEGAL'], 'Legal proceeding'), (stepdown.privacy.domain.sharing.Purpose['LAW_ENFORCEMENT'], 'Law enforcement'), (stepdown.privacy.domain.sharing.Purpose['IMMIGRATION'], 'Immigration'), (stepdown.privacy.domain.sharing.Purpose['EMPLOYMENT'], 'Employment'), (stepdown.privacy.domain.sharing.Purpose['RESEARCH'], 'Research')], max_length=20), size=None)),
                        ('revocation_text', models.TextField()),
                        ('revocation_method', models.TextField()),
                        ('expires_on', models.DateField(blank=True, null=True)),
                        ('expires_event', models.CharField(blank=True, max_length=120)),
                        ('redisclosure_statement', models.TextField(blank=True)),
                        ('refusal_consequences', models.TextField(blank=True)),
                        ('fundraising_notice', models.TextField(blank=True)),
                        ('case_reference', models.CharField(blank=True, max_length=80)),
                        ('monitors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('duration', models.CharField(blank=True, max_length=200)),
                        ('revocable_on', models.DateField(blank=True, null=True)),
                        ('revocable_event', models.CharField(blank=True, max_length=120)),
                        ('text', models.TextField(blank=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('signature', models.CharField(blank=True, max_length=120)),
                        ('signer_role', models.CharField(blank=True, max_length=20)),
                        ('signed_at', models.DateTimeField(blank=True, null=True)),
                        ('method', models.CharField(blank=True, max_length=40)),
                        ('place', models.GenericIPAddressField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SuspectedBreachEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.suspectedbreach')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('what', models.TextField()),
                        ('discovered_on', models.DateField()),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('recorded_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('information', models.TextField(blank=True)),
                        ('recipient', models.TextField(blank=True)),
                        ('viewed', models.TextField(blank=True)),
                        ('mitigation', models.TextField(blank=True)),
                        ('conclusion', models.CharField(blank=True, choices=[('breach', 'A breach'), ('none', 'Not a breach')], max_length=6)),
                        ('concluded_at', models.DateTimeField(null=True)),
                        ('concluded_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('individuals_told_on', models.DateField(null=True)),
                        ('hhs_told_on', models.DateField(null=True)),
                        ('media_told_on', models.DateField(null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AffectedEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.affected')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('breach', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.suspectedbreach')),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('from_looks', models.BooleanField()),
                        ('added_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('left_out_why', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AskedAboutEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.askedabout')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('asker', models.CharField(max_length=120)),
                        ('whom', models.CharField(choices=[(stepdown.privacy.domain.sharing.Whom['FAMILY'], 'Family'), (stepdown.privacy.domain.sharing.Whom['SUPPORTER'], 'Friend or supporter'), (stepdown.privacy.domain.sharing.Whom['PROVIDER'], 'Doctor or other provider'), (stepdown.privacy.domain.sharing.Whom['PLAN'], 'Health plan'), (stepdown.privacy.domain.sharing.Whom['HELPER'], 'Helps to run the program'), (stepdown.privacy.domain.sharing.Whom['INTERMEDIARY'], 'Health information exchange'), (stepdown.privacy.domain.sharing.Whom['LAWYER'], 'Lawyer'), (stepdown.privacy.domain.sharing.Whom['COURT'], 'Court'), (stepdown.privacy.domain.sharing.Whom['MONITOR'], 'Probation, parole or treatment court'), (stepdown.privacy.domain.sharing.Whom['POLICE'], 'Police'), (stepdown.privacy.domain.sharing.Whom['IMMIGRATION'], 'Immigration authority'), (stepdown.privacy.domain.sharing.Whom['EMPLOYER'], 'Employer'), (stepdown.privacy.domain.sharing.Whom['RESEARCHER'], 'Researcher'), (stepdown.privacy.domain.sharing.Whom['OTHER'], 'Somebody else')], max_length=20)),
                        ('reached_at', models.CharField(blank=True, max_length=200)),
                        ('way', models.CharField(choices=[('phone', 'By phone'), ('person', 'In person'), ('writing', 'In writing')], max_length=8)),
                        ('about', models.CharField(max_length=120)),
                        ('purpose', models.CharField(choices=[(stepdown.privacy.domain.sharing.Purpose['TREATMENT'], 'Treatment'), (stepdown.privacy.domain.sharing.Purpose['PAYMENT'], 'Payment'), (stepdown.privacy.domain.sharing.Purpose['OPERATIONS'], 'Health care operations'), (stepdown.privacy.domain.sharing.Purpose['ASKED'], 'At the request of the patient'), (stepdown.privacy.domain.sharing.Purpose['SUPPORT'], 'So that they can support the patient'), (stepdown.privacy.domain.sharing.Purpose['MONITORING'], 'Monitoring progress for a case'), (stepdown.privacy.domain.sharing.Purpose['LEGAL'], 'Legal proceeding'), (stepdown.privacy.domain.sharing.Purpose['LAW_ENFORCEMENT'], 'Law enforcement'), (stepdown.privacy.domain.sharing.Purpose['IMMIGRATION'], 'Immigration'), (stepdown.privacy.domain.sharing.Purpose['EMPLOYMENT'], 'Employment'), (stepdown.privacy.domain.sharing.Purpose['RESEARCH'], 'Research')], max_length=20)),
                        ('classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[(stepdown.privacy.domain.sharing.Data['PROGRAM'], 'When the program begins and ends'), (stepdown.privacy.domain.sharing.Data['ATTENDANCE'], 'Attendance'), (stepdown.privacy.domain.sharing.Data['DIAGNOSES'], 'Diagnoses'), (stepdown.privacy.domain.sharing.Data['PLAN'], 'Treatment plan'), (stepdown.privacy.domain.sharing.Data['NOTES'], 'Progress notes'), (stepdown.privacy.domain.sharing.Data['SCORES'], 'Answers and scores'), (stepdown.privacy.domain.sharing.Data['TESTS'], 'Drug tests'), (stepdown.privacy.domain.sharing.Data['SAFETY_PLAN'], 'Safety plan'), (stepdown.privacy.domain.sharing.Data['COUNSELING_NOTES'], 'Counseling notes')], max_length=20), size=None)),
                        ('for_officer', models.BooleanField(default=False)),
                        ('patient', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('consent', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.sharingconsent')),
                        ('outcome', models.TextField(blank=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('done_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ConsentHistory',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.consent')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('type', models.CharField(choices=[('treatment', 'Treatment'), ('telehealth', 'Treatment by video'), ('group_agreement', 'Group agreement')], max_length=20)),
                        ('version', models.CharField(max_length=20)),
                        ('language', models.CharField(max_length=5)),
                        ('text', models.TextField()),
                        ('digest', models.CharField(max_length=64)),
                        ('signed_name', models.CharField(max_length=120)),
                        ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('method', models.CharField(max_length=40)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='EmergencyAccessEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.emergencyaccess')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('staff', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('why', models.CharField(choices=[('danger', 'Danger to life: of the patient, or of somebody else'), ('medical', 'A hospital, doctor or ambulance asks'), ('nobody', 'The patient needs somebody now, and who treats them cannot be reached')], max_length=8)),
                        ('words', models.CharField(max_length=600)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('until', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('finding', models.CharField(blank=True, choices=[('appropriate', 'It was needed'), ('not', 'It was not needed')], max_length=12)),
                        ('finding_words', models.CharField(blank=True, max_length=600)),
                        ('judged_at', models.DateTimeField(blank=True, null=True)),
                        ('judged_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='EmergencyEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='privacy.emergency')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.patient')),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('opened_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('recipient', models.CharField(blank=True, max_length=120)),
                        ('affiliation', models.CharField(blank=True, max_length=200)),
                        ('discloser', models.CharField(blank=True, max_length=120)),
                        ('disclosed_at', models.DateTimeField(blank=True, null=True)),
                        ('nature', models.TextField(blank=True)),
                        ('told', models.TextField(blank=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.staff')),
                        ('alerted_at', models.DateTimeField(blank=True, null=True)),
                        ('disclosure', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='privacy.disclosure')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='lookcheck',
                    trigger=pgtrigger.compiler.Trigger(name='look_check_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5a4fedd100c1617ac65fe0f1aa4ff08a4c5d416c', operation='UPDATE OR DELETE', pgid='pgtrigger_look_check_is_append_only_8faff', table='privacy_lookcheck', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_consenthistory" ("digest", "id", "language", "method", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "signed_at", "signed_name", "text", "type", "version") VALUES (NEW."digest", NEW."id", NEW."language", NEW."method", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."signed_at", NEW."signed_name", NEW."text", NEW."type", NEW."version"); RETURN NULL;', hash='2d84ed27159f2b9a37b024816b902d95c7109ce1', operation='INSERT', pgid='pgtrigger_insert_insert_df4c6', table='privacy_consent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_consenthistory" ("digest", "id", "language", "method", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "signed_at", "signed_name", "text", "type", "version") VALUES (NEW."digest", NEW."id", NEW."language", NEW."method", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."signed_at", NEW."signed_name", NEW."text", NEW."type", NEW."version"); RETURN NULL;', hash='12ca522f3a4c2c911ad0d190aa510db9733afcb7', operation='UPDATE', pgid='pgtrigger_update_update_64d0f', table='privacy_consent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_consenthistory" ("digest", "id", "language", "method", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "signed_at", "signed_name", "text", "type", "version") VALUES (OLD."digest", OLD."id", OLD."language", OLD."method", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."signed_at", OLD."signed_name", OLD."text", OLD."type", OLD."version"); RETURN NULL;', hash='f1257c28048a84f33f9d1cbfe25f49f877967eb1', operation='DELETE', pgid='pgtrigger_delete_delete_c9545', table='privacy_consent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consenthistory',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1ee5723490ea946a55ba5657ff1187648fb6db54', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_40e29', table='privacy_consenthistory', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consentrefusal',
                    trigger=pgtrigger.compiler.Trigger(name='refusal_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6bd4a20874d59db1f90eb918ca9a132f756713b4', operation='UPDATE OR DELETE', pgid='pgtrigger_refusal_is_append_only_6584a', table='privacy_consentrefusal', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergency',
                    trigger=pgtrigger.compiler.Trigger(name='closed_emergency_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS NOT NULL)', func="RAISE EXCEPTION 'This is closed, and stays as it is.';", hash='4e4d616eb9b16aa0398db495253450b264666d0b', operation='UPDATE OR DELETE', pgid='pgtrigger_closed_emergency_is_final_af4b7', table='privacy_emergency', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergency',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_emergencyevent" ("affiliation", "alerted_at", "closed_at", "closed_by_id", "disclosed_at", "discloser", "disclosure_id", "id", "nature", "opened_at", "opened_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "told") VALUES (NEW."affiliation", NEW."alerted_at", NEW."closed_at", NEW."closed_by_id", NEW."disclosed_at", NEW."discloser", NEW."disclosure_id", NEW."id", NEW."nature", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recipient", NEW."told"); RETURN NULL;', hash='327cd36c9726203515cf9ff7dbffbcccf4ff6aeb', operation='INSERT', pgid='pgtrigger_insert_insert_360c8', table='privacy_emergency', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergency',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_emergencyevent" ("affiliation", "alerted_at", "closed_at", "closed_by_id", "disclosed_at", "discloser", "disclosure_id", "id", "nature", "opened_at", "opened_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "told") VALUES (NEW."affiliation", NEW."alerted_at", NEW."closed_at", NEW."closed_by_id", NEW."disclosed_at", NEW."discloser", NEW."disclosure_id", NEW."id", NEW."nature", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient", NEW."told"); RETURN NULL;', hash='013ab9af1ae5786eb2e8699aed2538df93717baf', operation='UPDATE', pgid='pgtrigger_update_update_39bfb', table='privacy_emergency', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergency',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_emergencyevent" ("affiliation", "alerted_at", "closed_at", "closed_by_id", "disclosed_at", "discloser", "disclosure_id", "id", "nature", "opened_at", "opened_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "told") VALUES (OLD."affiliation", OLD."alerted_at", OLD."closed_at", OLD."closed_by_id", OLD."disclosed_at", OLD."discloser", OLD."disclosure_id", OLD."id", OLD."nature", OLD."opened_at", OLD."opened_by_id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recipient", OLD."told"); RETURN NULL;', hash='22eb4c2a1278e5f4a8643920998ce632d78d3632', operation='DELETE', pgid='pgtrigger_delete_delete_0a39f', table='privacy_emergency', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergencyaccess',
                    trigger=pgtrigger.compiler.Trigger(name='emergency_access_stays_as_opened', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."staff_id" IS DISTINCT FROM (NEW."staff_id") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."until" IS DISTINCT FROM (NEW."until"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2ed6bed24062af4cdcd88a6173fb7aa8396535b0', operation='UPDATE', pgid='pgtrigger_emergency_access_stays_as_opened_36be5', table='privacy_emergencyaccess', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergencyaccess',
                    trigger=pgtrigger.compiler.Trigger(name='judged_emergency_access_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."judged_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='409449bbc19fc58a7c88e3fe74cadab83d41d0b0', operation='UPDATE', pgid='pgtrigger_judged_emergency_access_is_final_cd10b', table='privacy_emergencyaccess', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergencyaccess',
                    trigger=pgtrigger.compiler.Trigger(name='emergency_access_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='36acdfd4c52e1f539a3d3e3745f29186d004b465', operation='DELETE', pgid='pgtrigger_emergency_access_is_kept_a25e6', table='privacy_emergencyaccess', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergencyaccess',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_emergencyaccessevent" ("ended_at", "finding", "finding_words", "id", "judged_at", "judged_by_id", "opened_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "until", "why", "words") VALUES (NEW."ended_at", NEW."finding", NEW."finding_words", NEW."id", NEW."judged_at", NEW."judged_by_id", NEW."opened_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."staff_id", NEW."until", NEW."why", NEW."words"); RETURN NULL;', hash='1d136f8f85a3eabed03a5402a329a45f944fbeb6', operation='INSERT', pgid='pgtrigger_insert_insert_6dd99', table='privacy_emergencyaccess', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergencyaccess',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_emergencyaccessevent" ("ended_at", "finding", "finding_words", "id", "judged_at", "judged_by_id", "opened_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "until", "why", "words") VALUES (NEW."ended_at", NEW."finding", NEW."finding_words", NEW."id", NEW."judged_at", NEW."judged_by_id", NEW."opened_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."staff_id", NEW."until", NEW."why", NEW."words"); RETURN NULL;', hash='37623eac2993f7fd847daac586bca3277a757754', operation='UPDATE', pgid='pgtrigger_update_update_ca1bb', table='privacy_emergencyaccess', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergencyaccess',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_emergencyaccessevent" ("ended_at", "finding", "finding_words", "id", "judged_at", "judged_by_id", "opened_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "until", "why", "words") VALUES (OLD."ended_at", OLD."finding", OLD."finding_words", OLD."id", OLD."judged_at", OLD."judged_by_id", OLD."opened_at", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."staff_id", OLD."until", OLD."why", OLD."words"); RETURN NULL;', hash='6a4c69779bd31569433043700c96437caa58bed1', operation='DELETE', pgid='pgtrigger_delete_delete_08b13', table='privacy_emergencyaccess', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergencyaccessevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4cb9cceacdb6d663aee6b35b24110775ecb559af', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c143b', table='privacy_emergencyaccessevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergencyevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9bf9fd48c8740b440214eba92ac3cb0b294c9d9a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_37978', table='privacy_emergencyevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='emergencytry',
                    trigger=pgtrigger.compiler.Trigger(name='emergency_try_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='225ae4661fcfd589187c8e0d9d6f1fe4eda5c7f5', operation='UPDATE OR DELETE', pgid='pgtrigger_emergency_try_is_append_only_11aea', table='privacy_emergencytry', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='look',
                    trigger=pgtrigger.compiler.Trigger(name='look_is_numbered_and_sealed', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE last RECORD;', func="\nPERFORM pg_advisory_xact_lock(hashtextextended('privacy_look', 0));\nSELECT number, seal INTO last FROM privacy_look ORDER BY number DESC LIMIT 1;\nNEW.number := coalesce(last.number, 0) + 1;\nNEW.seal := privacy_look_seal(coalesce(last.seal, ''), NEW);\nRETURN NEW;\n", hash='4ef7b7d568c21055f966271ffd663044b097149f', operation='INSERT', pgid='pgtrigger_look_is_numbered_and_sealed_17edb', table='privacy_look', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='look',
                    trigger=pgtrigger.compiler.Trigger(name='look_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='797be449bfc8fd3644910f5984770ed2414056fc', operation='UPDATE OR DELETE', pgid='pgtrigger_look_is_append_only_45a6d', table='privacy_look', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='notice',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1ebef3cdb338af383111cd88efe24037ac0f06f5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4dd02', table='privacy_notice', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='noticedelivery',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8ec3031c9629125eeff3ace74c0e7884cf5266da', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_89d89', table='privacy_noticedelivery', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recipient',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_recipientevent" ("address", "created_at", "id", "name", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "supporter_id", "whom") VALUES (NEW."address", NEW."created_at", NEW."id", NEW."name", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."relation", NEW."supporter_id", NEW."whom"); RETURN NULL;', hash='8413780e2e9d89fd721195c09177e1f9ea558e1e', operation='INSERT', pgid='pgtrigger_insert_insert_49698', table='privacy_recipient', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recipient',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_recipientevent" ("address", "created_at", "id", "name", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "supporter_id", "whom") VALUES (NEW."address", NEW."created_at", NEW."id", NEW."name", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."relation", NEW."supporter_id", NEW."whom"); RETURN NULL;', hash='71f3841fc7326066a8adbaa049680441607811e1', operation='UPDATE', pgid='pgtrigger_update_update_e9818', table='privacy_recipient', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recipient',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_recipientevent" ("address", "created_at", "id", "name", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "supporter_id", "whom") VALUES (OLD."address", OLD."created_at", OLD."id", OLD."name", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."relation", OLD."supporter_id", OLD."whom"); RETURN NULL;', hash='c70721380c1b655da2357eeeef5456fac7a4d206', operation='DELETE', pgid='pgtrigger_delete_delete_ede81', table='privacy_recipient', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recipientevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b0cb1c99c5774ffa7f918fa2eaf75e9d3c17bd88', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3d73c', table='privacy_recipientevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='refuseddisclosure',
                    trigger=pgtrigger.compiler.Trigger(name='refused_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='99f90cfbc72d5690cb36a4b7b0f812d6277b969f', operation='UPDATE OR DELETE', pgid='pgtrigger_refused_is_append_only_933bf', table='privacy_refuseddisclosure', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='restriction',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_restrictionevent" ("id", "lifted_at", "lifted_by_id", "lifted_why", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id", "why", "words") VALUES (NEW."id", NEW."lifted_at", NEW."lifted_by_id", NEW."lifted_why", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."set_at", NEW."set_by_id", NEW."why", NEW."words"); RETURN NULL;', hash='229e6edbf069d548e76f0fec370315db250eafcc', operation='INSERT', pgid='pgtrigger_insert_insert_e0aa2', table='privacy_restriction', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='restriction',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_restrictionevent" ("id", "lifted_at", "lifted_by_id", "lifted_why", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id", "why", "words") VALUES (NEW."id", NEW."lifted_at", NEW."lifted_by_id", NEW."lifted_why", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."set_at", NEW."set_by_id", NEW."why", NEW."words"); RETURN NULL;', hash='2e5ddb1d89e02a368c4e0e139bddbf22edcc5df5', operation='UPDATE', pgid='pgtrigger_update_update_a39c0', table='privacy_restriction', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='restriction',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_restrictionevent" ("id", "lifted_at", "lifted_by_id", "lifted_why", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id", "why", "words") VALUES (OLD."id", OLD."lifted_at", OLD."lifted_by_id", OLD."lifted_why", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."set_at", OLD."set_by_id", OLD."why", OLD."words"); RETURN NULL;', hash='119ec53a7229312255909b944133111a87def1df', operation='DELETE', pgid='pgtrigger_delete_delete_1a7a9', table='privacy_restriction', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='namedforevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='993b26c955cb59508fe2d84a96917c663ceb0267', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_160ed', table='privacy_namedforevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='namedfor',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_namedforevent" ("ended_at", "ended_by_id", "id", "named_at", "named_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restriction_id", "staff_id") VALUES (NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."named_at", NEW."named_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."restriction_id", NEW."staff_id"); RETURN NULL;', hash='09001a937f5116793f1fb232e0b1fc7128c3f4ec', operation='INSERT', pgid='pgtrigger_insert_insert_14b27', table='privacy_namedfor', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='namedfor',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_namedforevent" ("ended_at", "ended_by_id", "id", "named_at", "named_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restriction_id", "staff_id") VALUES (NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."named_at", NEW."named_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."restriction_id", NEW."staff_id"); RETURN NULL;', hash='6cc3d888b335938ff3b3a174fe50ae614e9eb651', operation='UPDATE', pgid='pgtrigger_update_update_04dff', table='privacy_namedfor', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='namedfor',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_namedforevent" ("ended_at", "ended_by_id", "id", "named_at", "named_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restriction_id", "staff_id") VALUES (OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."named_at", OLD."named_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."restriction_id", OLD."staff_id"); RETURN NULL;', hash='086c1408d349fc05afbc5f0f2be8f6c75f5db44e', operation='DELETE', pgid='pgtrigger_delete_delete_d4bb1', table='privacy_namedfor', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='restrictionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='092375230b44a74a23cd221d11df2932d524b09c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c3c01', table='privacy_restrictionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='rightsrequest',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_rightsrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_on", "due_on", "id", "kind", "longer_by_id", "longer_why", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_on", NEW."due_on", NEW."id", NEW."kind", NEW."longer_by_id", NEW."longer_why", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."words"); RETURN NULL;', hash='69eb82c26a6cefa2e9d7fecd425e7200425c2e89', operation='INSERT', pgid='pgtrigger_insert_insert_02f78', table='privacy_rightsrequest', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='rightsrequest',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_rightsrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_on", "due_on", "id", "kind", "longer_by_id", "longer_why", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_on", NEW."due_on", NEW."id", NEW."kind", NEW."longer_by_id", NEW."longer_why", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."words"); RETURN NULL;', hash='4a5823e711dd7d7ec45a298de9f4a8fcdfcfcb5c', operation='UPDATE', pgid='pgtrigger_update_update_7ac12', table='privacy_rightsrequest', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='rightsrequest',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_rightsrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_on", "due_on", "id", "kind", "longer_by_id", "longer_why", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "words") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."asked_on", OLD."due_on", OLD."id", OLD."kind", OLD."longer_by_id", OLD."longer_why", OLD."outcome", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."words"); RETURN NULL;', hash='b6e241f66fcda44812620c60da78f80c30a54acc', operation='DELETE', pgid='pgtrigger_delete_delete_d2012', table='privacy_rightsrequest', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='rightsrequestevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='47964dd4c6e258f5c34c86a7fea56a0d768f4bc0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8e030', table='privacy_rightsrequestevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sharingconsent',
                    trigger=pgtrigger.compiler.Trigger(name='signed_sharing_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."signed_at" IS NOT NULL)', func="RAISE EXCEPTION 'This consent is signed and cannot be changed. Prepare a new one.';", hash='3683f6a3889b4783af015e9783f05d19bdc96b6e', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_sharing_is_final_19da5', table='privacy_sharingconsent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sharingconsent',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_sharingconsentevent" ("case_reference", "digest", "disclosing_parties", "duration", "expires_event", "expires_on", "fundraising_notice", "id", "information_scope", "intermediary_participants", "kind", "language", "method", "monitors", "patient_id", "patient_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prepared_at", "prepared_by_id", "purposes", "recipient_id", "recipients", "redisclosure_statement", "refusal_consequences", "revocable_event", "revocable_on", "revocation_method", "revocation_text", "signature", "signed_at", "signer_role", "text") VALUES (NEW."case_reference", NEW."digest", NEW."disclosing_parties", NEW."duration", NEW."expires_event", NEW."expires_on", NEW."fundraising_notice", NEW."id", NEW."information_scope", NEW."intermediary_participants", NEW."kind", NEW."language", NEW."method", NEW."monitors", NEW."patient_id", NEW."patient_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."prepared_at", NEW."prepared_by_id", NEW."purposes", NEW."recipient_id", NEW."recipients", NEW."redisclosure_statement", NEW."refusal_consequences", NEW."revocable_event", NEW."revocable_on", NEW."revocation_method", NEW."revocation_text", NEW."signature", NEW."signed_at", NEW."signer_role", NEW."text"); RETURN NULL;', hash='a75adad89d6b2b7e59f0f2013d4f948fc2475369', operation='INSERT', pgid='pgtrigger_insert_insert_df7b8', table='privacy_sharingconsent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sharingconsent',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_sharingconsentevent" ("case_reference", "digest", "disclosing_parties", "duration", "expires_event", "expires_on", "fundraising_notice", "id", "information_scope", "intermediary_participants", "kind", "language", "method", "monitors", "patient_id", "patient_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prepared_at", "prepared_by_id", "purposes", "recipient_id", "recipients", "redisclosure_statement", "refusal_consequences", "revocable_event", "revocable_on", "revocation_method", "revocation_text", "signature", "signed_at", "signer_role", "text") VALUES (NEW."case_reference", NEW."digest", NEW."disclosing_parties", NEW."duration", NEW."expires_event", NEW."expires_on", NEW."fundraising_notice", NEW."id", NEW."information_scope", NEW."intermediary_participants", NEW."kind", NEW."language", NEW."method", NEW."monitors", NEW."patient_id", NEW."patient_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."prepared_at", NEW."prepared_by_id", NEW."purposes", NEW."recipient_id", NEW."recipients", NEW."redisclosure_statement", NEW."refusal_consequences", NEW."revocable_event", NEW."revocable_on", NEW."revocation_method", NEW."revocation_text", NEW."signature", NEW."signed_at", NEW."signer_role", NEW."text"); RETURN NULL;', hash='8898f8a25d1fafc44e933ab38e9614d1f08f035e', operation='UPDATE', pgid='pgtrigger_update_update_126b9', table='privacy_sharingconsent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sharingconsent',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_sharingconsentevent" ("case_reference", "digest", "disclosing_parties", "duration", "expires_event", "expires_on", "fundraising_notice", "id", "information_scope", "intermediary_participants", "kind", "language", "method", "monitors", "patient_id", "patient_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prepared_at", "prepared_by_id", "purposes", "recipient_id", "recipients", "redisclosure_statement", "refusal_consequences", "revocable_event", "revocable_on", "revocation_method", "revocation_text", "signature", "signed_at", "signer_role", "text") VALUES (OLD."case_reference", OLD."digest", OLD."disclosing_parties", OLD."duration", OLD."expires_event", OLD."expires_on", OLD."fundraising_notice", OLD."id", OLD."information_scope", OLD."intermediary_participants", OLD."kind", OLD."language", OLD."method", OLD."monitors", OLD."patient_id", OLD."patient_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."prepared_at", OLD."prepared_by_id", OLD."purposes", OLD."recipient_id", OLD."recipients", OLD."redisclosure_statement", OLD."refusal_consequences", OLD."revocable_event", OLD."revocable_on", OLD."revocation_method", OLD."revocation_text", OLD."signature", OLD."signed_at", OLD."signer_role", OLD."text"); RETURN NULL;', hash='1bb9b313c98e91c56e1e94f4e63918e9fbc8f868', operation='DELETE', pgid='pgtrigger_delete_delete_949dd', table='privacy_sharingconsent', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='privacytaskevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='419742fb5903d7041f1360ea6ce73bbc73e3ae55', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6c09', table='privacy_privacytaskevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='privacytask',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_privacytaskevent" ("consent_id", "done_at", "done_by_id", "id", "kind", "opened_at", "opened_by_id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."consent_id", NEW."done_at", NEW."done_by_id", NEW."id", NEW."kind", NEW."opened_at", NEW."opened_by_id", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."words"); RETURN NULL;', hash='20e55101252ee0a07647f393b14bcbaa74c238c5', operation='INSERT', pgid='pgtrigger_insert_insert_aa5e8', table='privacy_privacytask', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='privacytask',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_privacytaskevent" ("consent_id", "done_at", "done_by_id", "id", "kind", "opened_at", "opened_by_id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."consent_id", NEW."done_at", NEW."done_by_id", NEW."id", NEW."kind", NEW."opened_at", NEW."opened_by_id", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."words"); RETURN NULL;', hash='a2a934fcf2a785b4b3aea32fe268844bd8b0395c', operation='UPDATE', pgid='pgtrigger_update_update_d5a49', table='privacy_privacytask', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='privacytask',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_privacytaskevent" ("consent_id", "done_at", "done_by_id", "id", "kind", "opened_at", "opened_by_id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (OLD."consent_id", OLD."done_at", OLD."done_by_id", OLD."id", OLD."kind", OLD."opened_at", OLD."opened_by_id", OLD."outcome", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."words"); RETURN NULL;', hash='bebecb3b331d002204de39a6f06d4c09678a5c0f', operation='DELETE', pgid='pgtrigger_delete_delete_eecd8', table='privacy_privacytask', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='packetevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9322cb0f439c9f56c80de026bb45e84411e0145a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_08aea', table='privacy_packetevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='packet',
                    trigger=pgtrigger.compiler.Trigger(name='packet_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sent_at" IS NOT NULL OR OLD."cancelled_at" IS NOT NULL)', func="RAISE EXCEPTION 'This is sent or cancelled, and stays as it is.';", hash='1bea7b7fcbffacfb21f5413288f99085826991bc', operation='UPDATE OR DELETE', pgid='pgtrigger_packet_is_final_af37c', table='privacy_packet', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='packet',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_packetevent" ("cancelled_at", "cancelled_why", "classes", "consent_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "purpose", "recipient_id", "sent_at", "stopped_by_id", "way") VALUES (NEW."cancelled_at", NEW."cancelled_why", NEW."classes", NEW."consent_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."purpose", NEW."recipient_id", NEW."sent_at", NEW."stopped_by_id", NEW."way"); RETURN NULL;', hash='5a28464998e4ed28f76bfec7053aa8e686740856', operation='INSERT', pgid='pgtrigger_insert_insert_4ed7d', table='privacy_packet', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='packet',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_why" IS DISTINCT FROM (NEW."cancelled_why") OR OLD."classes" IS DISTINCT FROM (NEW."classes") OR OLD."consent_id" IS DISTINCT FROM (NEW."consent_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."prepared_at" IS DISTINCT FROM (NEW."prepared_at") OR OLD."prepared_by_id" IS DISTINCT FROM (NEW."prepared_by_id") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."recipient_id" IS DISTINCT FROM (NEW."recipient_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."stopped_by_id" IS DISTINCT FROM (NEW."stopped_by_id") OR OLD."way" IS DISTINCT FROM (NEW."way"))', func='INSERT INTO "privacy_packetevent" ("cancelled_at", "cancelled_why", "classes", "consent_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "purpose", "recipient_id", "sent_at", "stopped_by_id", "way") VALUES (NEW."cancelled_at", NEW."cancelled_why", NEW."classes", NEW."consent_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."purpose", NEW."recipient_id", NEW."sent_at", NEW."stopped_by_id", NEW."way"); RETURN NULL;', hash='b2d042c8c6c011f302f7322e89dd2d53c9ad91fd', operation='UPDATE', pgid='pgtrigger_update_update_5586e', table='privacy_packet', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='packet',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_packetevent" ("cancelled_at", "cancelled_why", "classes", "consent_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "purpose", "recipient_id", "sent_at", "stopped_by_id", "way") VALUES (OLD."cancelled_at", OLD."cancelled_why", OLD."classes", OLD."consent_id", OLD."id", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prepared_at", OLD."prepared_by_id", OLD."purpose", OLD."recipient_id", OLD."sent_at", OLD."stopped_by_id", OLD."way"); RETURN NULL;', hash='5675251b48feb623bcf1a30519369e8e7bae0f6f', operation='DELETE', pgid='pgtrigger_delete_delete_3dbcb', table='privacy_packet', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='disclosure',
                    trigger=pgtrigger.compiler.Trigger(name='disclosure_by_a_consent_that_holds', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.basis = 'consent' AND NOT EXISTS (\n    SELECT 1 FROM privacy_sharingconsent held\n    WHERE held.id = NEW.consent_id AND held.patient_id = NEW.patient_id AND held.signed_at <= NEW.at\n      AND NEW.classes <@ held.information_scope\n      AND NOT EXISTS (\n          SELECT 1 FROM privacy_consentevent event\n          WHERE event.consent_id = held.id AND (event.what = 'false'\n             OR (event.what IN ('revoked', 'stopped') AND event.at <= NEW.at)\n             OR (event.what = 'ended' AND event.at < NEW.at))\n      )\n) THEN\n    RAISE EXCEPTION 'No consent that holds covers this. It is not sent.';\nEND IF;\nRETURN NEW;\n", hash='80c93e24cee6e8bc892bf16837f0264dd3708fec', operation='INSERT', pgid='pgtrigger_disclosure_by_a_consent_that_holds_50ef8', table='privacy_disclosure', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='disclosure',
                    trigger=pgtrigger.compiler.Trigger(name='disclosure_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='065a8181808220b4577bd0171d7c15797364d184', operation='UPDATE OR DELETE', pgid='pgtrigger_disclosure_is_append_only_62523', table='privacy_disclosure', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consentevent',
                    trigger=pgtrigger.compiler.Trigger(name='consent_event_is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0b9cc52f0cd0a94563a0f1beeffbdf36bff3b92f', operation='UPDATE OR DELETE', pgid='pgtrigger_consent_event_is_append_only_562d6', table='privacy_consentevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='askedaboutevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a8be9d0296601d4ca9f9d6021ad8fcfeca9c6f0b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e8c2b', table='privacy_askedaboutevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='askedabout',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_askedaboutevent" ("about", "asker", "at", "by_id", "classes", "consent_id", "done_at", "done_by_id", "for_officer", "id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reached_at", "way", "whom") VALUES (NEW."about", NEW."asker", NEW."at", NEW."by_id", NEW."classes", NEW."consent_id", NEW."done_at", NEW."done_by_id", NEW."for_officer", NEW."id", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."reached_at", NEW."way", NEW."whom"); RETURN NULL;', hash='ae6c71f18d36452bf3770e86c1a05abf6bd26839', operation='INSERT', pgid='pgtrigger_insert_insert_3740d', table='privacy_askedabout', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='askedabout',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_askedaboutevent" ("about", "asker", "at", "by_id", "classes", "consent_id", "done_at", "done_by_id", "for_officer", "id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reached_at", "way", "whom") VALUES (NEW."about", NEW."asker", NEW."at", NEW."by_id", NEW."classes", NEW."consent_id", NEW."done_at", NEW."done_by_id", NEW."for_officer", NEW."id", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."reached_at", NEW."way", NEW."whom"); RETURN NULL;', hash='1b6b84a4cd54dee5e9ed62c51b7c9d04c552565c', operation='UPDATE', pgid='pgtrigger_update_update_a4ce5', table='privacy_askedabout', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='askedabout',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_askedaboutevent" ("about", "asker", "at", "by_id", "classes", "consent_id", "done_at", "done_by_id", "for_officer", "id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "reached_at", "way", "whom") VALUES (OLD."about", OLD."asker", OLD."at", OLD."by_id", OLD."classes", OLD."consent_id", OLD."done_at", OLD."done_by_id", OLD."for_officer", OLD."id", OLD."outcome", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."reached_at", OLD."way", OLD."whom"); RETURN NULL;', hash='397530f57ae0a45b480591515a578e9b1e15583f', operation='DELETE', pgid='pgtrigger_delete_delete_d0710', table='privacy_askedabout', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sharingconsentevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='121f0511a128b03758a86ab524d05b587d6952db', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e5c1e', table='privacy_sharingconsentevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='suspectedbreach',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_suspectedbreachevent" ("concluded_at", "concluded_by_id", "conclusion", "discovered_on", "hhs_told_on", "id", "individuals_told_on", "information", "media_told_on", "mitigation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "recorded_at", "recorded_by_id", "viewed", "what") VALUES (NEW."concluded_at", NEW."concluded_by_id", NEW."conclusion", NEW."discovered_on", NEW."hhs_told_on", NEW."id", NEW."individuals_told_on", NEW."information", NEW."media_told_on", NEW."mitigation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recipient", NEW."recorded_at", NEW."recorded_by_id", NEW."viewed", NEW."what"); RETURN NULL;', hash='1f82d21d0835d38052d5622a6a746a35404a3bec', operation='INSERT', pgid='pgtrigger_insert_insert_17454', table='privacy_suspectedbreach', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='suspectedbreach',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_suspectedbreachevent" ("concluded_at", "concluded_by_id", "conclusion", "discovered_on", "hhs_told_on", "id", "individuals_told_on", "information", "media_told_on", "mitigation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "recorded_at", "recorded_by_id", "viewed", "what") VALUES (NEW."concluded_at", NEW."concluded_by_id", NEW."conclusion", NEW."discovered_on", NEW."hhs_told_on", NEW."id", NEW."individuals_told_on", NEW."information", NEW."media_told_on", NEW."mitigation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient", NEW."recorded_at", NEW."recorded_by_id", NEW."viewed", NEW."what"); RETURN NULL;', hash='e2824124281fe7767d009e02a617ae200a852921', operation='UPDATE', pgid='pgtrigger_update_update_41d5e', table='privacy_suspectedbreach', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='suspectedbreach',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_suspectedbreachevent" ("concluded_at", "concluded_by_id", "conclusion", "discovered_on", "hhs_told_on", "id", "individuals_told_on", "information", "media_told_on", "mitigation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient", "recorded_at", "recorded_by_id", "viewed", "what") VALUES (OLD."concluded_at", OLD."concluded_by_id", OLD."conclusion", OLD."discovered_on", OLD."hhs_told_on", OLD."id", OLD."individuals_told_on", OLD."information", OLD."media_told_on", OLD."mitigation", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recipient", OLD."recorded_at", OLD."recorded_by_id", OLD."viewed", OLD."what"); RETURN NULL;', hash='585af86b1250111136c3502834862d8248e13433', operation='DELETE', pgid='pgtrigger_delete_delete_46037', table='privacy_suspectedbreach', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='affectedevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='74df1102d427570cf5ece9f06177fe695aa37fcc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b8888', table='privacy_affectedevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='affected',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_affectedevent" ("added_by_id", "breach_id", "from_looks", "id", "left_out_why", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."added_by_id", NEW."breach_id", NEW."from_looks", NEW."id", NEW."left_out_why", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='a4db9909330dcadedf846682dfabef98fedded13', operation='INSERT', pgid='pgtrigger_insert_insert_35f39', table='privacy_affected', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='affected',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "privacy_affectedevent" ("added_by_id", "breach_id", "from_looks", "id", "left_out_why", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."added_by_id", NEW."breach_id", NEW."from_looks", NEW."id", NEW."left_out_why", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='dd0282f25d36f62a0de2940cf87ccfcc986eb37e', operation='UPDATE', pgid='pgtrigger_update_update_ba71f', table='privacy_affected', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='affected',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "privacy_affectedevent" ("added_by_id", "breach_id", "from_looks", "id", "left_out_why", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."added_by_id", OLD."breach_id", OLD."from_looks", OLD."id", OLD."left_out_why", OLD."patient_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='a78e6206e66581eed3c1632757588d3503484507', operation='DELETE', pgid='pgtrigger_delete_delete_bedbe', table='privacy_affected', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='suspectedbreachevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='83666a0943771d5ae2b4831dd3f4adc7f40e598e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5d5a5', table='privacy_suspectedbreachevent', when='BEFORE')),
                ),
            ],
        ),
    ]
