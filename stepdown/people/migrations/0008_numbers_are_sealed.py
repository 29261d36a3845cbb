import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_role_of_auditors'),
    ]

    operations = [
        migrations.AlterField(
            model_name='patient',
            name='phone',
            field=stepdown.kernel.sealed_fields.FoundText('people.patient.phone', max_length=16),
        ),
        migrations.AlterField(
            model_name='patientevent',
            name='phone',
            field=stepdown.kernel.sealed_fields.FoundText('people.patient.phone', max_length=16),
        ),
        stepdown.kernel.operations.SealRows('patient', 'phone'),
        stepdown.kernel.operations.SealRows('patientevent', 'phone'),
        migrations.AddIndex(
            model_name='patient',
            index=models.Index(stepdown.kernel.sealed_fields.MarkOf('phone'), name='patient_phone_found'),
        ),
    ]
