import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('type', models.CharField(choices=[('treatment', 'Treatment'), ('telehealth', 'Treatment by video'), ('group_agreement', 'Group agreement')], max_length=20)),
                ('version', models.CharField(max_length=20)),
                ('language', models.CharField(max_length=5)),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('signed_name', models.CharField(max_length=120)),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('method', models.CharField(max_length=40)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.patient')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('patient', 'type'), name='one_consent_of_a_type_at_a_time', violation_error_message='You have signed this already.')],
            },
        ),
    ]
