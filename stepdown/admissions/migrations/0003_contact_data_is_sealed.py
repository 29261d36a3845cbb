import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0002_history'),
    ]

    operations = [
        migrations.AlterField(
            model_name='assessment',
            name='about',
            field=stepdown.kernel.sealed_fields.SealedJSON('admissions.assessment.about', blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='assessmentevent',
            name='about',
            field=stepdown.kernel.sealed_fields.SealedJSON('admissions.assessment.about', blank=True, default=dict),
        ),
        stepdown.kernel.operations.SealRows('assessment', 'about'),
        stepdown.kernel.operations.SealRows('assessmentevent', 'about'),
    ]
