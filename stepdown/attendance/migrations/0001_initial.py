import django.db.models.deletion
import django.utils.timezone
import stepdown.kernel.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_history'),
        ('placement', '0002_history'),
        ('timetable', '0002_history'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='timetable.session')),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='people.patient')),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='placement.seat')),
                        ('status', models.CharField(choices=[('scheduled', 'To come'), ('present', 'There'), ('late', 'Came late'), ('partial', 'In part'), ('left_early', 'Left early'), ('no_show', 'Missed'), ('cancelled_patient', 'Cancelled by the patient'), ('cancelled_late', 'Cancelled late'), ('excused', 'Excused'), ('cancelled_site', 'Cancelled by us'), ('made_up', 'Made up')], default='scheduled', max_length=18)),
                        ('stays', models.JSONField(blank=True, default=list)),
                        ('minutes', models.PositiveSmallIntegerField(default=0)),
                        ('computed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('confirmed_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('correction_reason', models.CharField(blank=True, max_length=300)),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('sealed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['patient', 'session'], name='attendance__patient_c7158d_idx'), models.Index(condition=models.Q(('sealed_at', None)), fields=['session'], name='attendance_not_sealed')],
                        'constraints': [models.UniqueConstraint(fields=('session', 'patient'), name='attendance_once'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None), ('confirmed_minutes', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('confirmed_minutes__isnull', False)), _connector='OR'), name='confirmation_is_whole'), models.CheckConstraint(condition=models.Q(('sealed_at', None), ('confirmed_at__isnull', False), _connector='OR'), name='only_confirmed_is_sealed', violation_error_message='Confirm the attendance first.')],
                    },
                ),
            ],
        ),
    ]
