import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import stepdown.kernel.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('admissions', '0002_history'),
        ('people', '0002_history'),
        ('placement', '0002_history'),
    ]

    operations = [
        stepdown.kernel.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Transition',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='admissions.episode')),
                        ('kind', models.CharField(choices=[('step_down', 'Step down'), ('return', 'Return')], max_length=10)),
                        ('from_seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placement.seat')),
                        ('from_seat_ended_at', models.DateTimeField(blank=True, help_text='When the old seat was to end before this decision, for taking it back.', null=True)),
                        ('to_level', models.CharField(choices=[('OUTPATIENT', 'Outpatient'), ('IOP', 'Intensive outpatient'), ('PHP', 'Partial hospitalization'), ('RESIDENTIAL', 'Residential care'), ('WITHDRAWAL_MANAGEMENT', 'Withdrawal management'), ('EMERGENCY_NOW', 'Emergency care now')], max_length=30)),
                        ('to_seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placement.seat')),
                        ('effective_at', models.DateTimeField(help_text='When the old seat ends and the new one begins.')),
                        ('met', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('not_met', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('reason', models.TextField(blank=True)),
                        ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-decided_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('done_at', None)), fields=('episode',), name='one_open_transition', violation_error_message='A move is already planned for this patient. Change or cancel that one.')],
                    },
                ),
                migrations.CreateModel(
                    name='Rating',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('d1', models.PositiveSmallIntegerField()),
                        ('d2', models.PositiveSmallIntegerField()),
                        ('d3', models.PositiveSmallIntegerField()),
                        ('d4', models.PositiveSmallIntegerField()),
                        ('d5', models.PositiveSmallIntegerField()),
                        ('d6', models.PositiveSmallIntegerField()),
                        ('words', models.CharField(blank=True, max_length=1000)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                        ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='admissions.episode')),
                    ],
                    options={
                        'ordering': ['-at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('d1__lte', 4), ('d2__lte', 4), ('d3__lte', 4), ('d4__lte', 4), ('d5__lte', 4), ('d6__lte', 4)), name='rated_from_0_to_4', violation_error_message='Choose a number from 0 to 4.')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='rating',
                    trigger=pgtrigger.compiler.Trigger(name='rating_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='36ca8b74d203a265f6e7c488c0dbe493c411790d', operation='UPDATE OR DELETE', pgid='pgtrigger_rating_is_final_f0306', table='transitions_rating', when='BEFORE')),
                ),
            ],
        ),
    ]
