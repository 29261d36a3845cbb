import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_codes_for_contact_data'),
    ]

    operations = [
        migrations.AlterField(
            model_name='patient',
            name='address_line',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.address_line', blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='patient',
            name='email',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.email', blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name='patient',
            name='emergency_contact_name',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.emergency_contact_name', blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name='patient',
            name='emergency_contact_phone',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.emergency_contact_phone', blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='patient',
            name='safe_contact_note',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.safe_contact_note', blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='patientevent',
            name='address_line',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.address_line', blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='patientevent',
            name='email',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.email', blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name='patientevent',
            name='emergency_contact_name',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.emergency_contact_name', blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name='patientevent',
            name='emergency_contact_phone',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.emergency_contact_phone', blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='patientevent',
            name='safe_contact_note',
            field=stepdown.kernel.sealed_fields.SealedText('people.patient.safe_contact_note', blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='staff',
            name='phone',
            field=stepdown.kernel.sealed_fields.SealedText('people.staff.phone', blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='staffevent',
            name='phone',
            field=stepdown.kernel.sealed_fields.SealedText('people.staff.phone', blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='supporter',
            name='email',
            field=stepdown.kernel.sealed_fields.SealedText('people.supporter.email', blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name='supporter',
            name='phone',
            field=stepdown.kernel.sealed_fields.SealedText('people.supporter.phone', blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='supporterevent',
            name='email',
            field=stepdown.kernel.sealed_fields.SealedText('people.supporter.email', blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name='supporterevent',
            name='phone',
            field=stepdown.kernel.sealed_fields.SealedText('people.supporter.phone', blank=True, max_length=16),
        ),
        stepdown.kernel.operations.SealRows('patient', 'address_line', 'email', 'emergency_contact_name', 'emergency_contact_phone', 'safe_contact_note'),
        stepdown.kernel.operations.SealRows('patientevent', 'address_line', 'email', 'emergency_contact_name', 'emergency_contact_phone', 'safe_contact_note'),
        stepdown.kernel.operations.SealRows('staff', 'phone'),
        stepdown.kernel.operations.SealRows('staffevent', 'phone'),
        stepdown.kernel.operations.SealRows('supporter', 'email', 'phone'),
        stepdown.kernel.operations.SealRows('supporterevent', 'email', 'phone'),
    ]
