import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('live', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='doorcheck',
            name='address',
            field=stepdown.kernel.sealed_fields.SealedText('live.doorcheck.address', max_length=200),
        ),
        migrations.AlterField(
            model_name='doorcheck',
            name='callback_phone',
            field=stepdown.kernel.sealed_fields.SealedText('live.doorcheck.callback_phone', max_length=16),
        ),
        migrations.AlterField(
            model_name='incident',
            name='place',
            field=stepdown.kernel.sealed_fields.SealedText('live.incident.place', max_length=200),
        ),
        stepdown.kernel.operations.SealRows('doorcheck', 'address', 'callback_phone'),
        stepdown.kernel.operations.SealRows('incident', 'place'),
    ]
