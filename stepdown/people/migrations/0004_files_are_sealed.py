import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_cache_table'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='licensedocument',
            name='document_has_its_size',
        ),
        migrations.AlterField(
            model_name='licensedocument',
            name='content',
            field=stepdown.kernel.sealed_fields.SealedBytes('people.licensedocument.content'),
        ),
        stepdown.kernel.operations.SealRows('licensedocument', 'content'),
        migrations.AddConstraint(
            model_name='licensedocument',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', 5242880)), name='document_has_its_size', violation_error_message='A document has at most 5 MB.'),
        ),
    ]
