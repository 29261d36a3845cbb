import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0003_contact_data_is_sealed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='inquiry',
            name='phone',
            field=stepdown.kernel.sealed_fields.FoundText('admissions.inquiry.phone', max_length=16),
        ),
        migrations.AlterField(
            model_name='inquiryevent',
            name='phone',
            field=stepdown.kernel.sealed_fields.FoundText('admissions.inquiry.phone', max_length=16),
        ),
        stepdown.kernel.operations.SealRows('inquiry', 'phone'),
        stepdown.kernel.operations.SealRows('inquiryevent', 'phone'),
    ]
