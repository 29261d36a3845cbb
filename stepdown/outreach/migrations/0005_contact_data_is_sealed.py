import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0004_message_to_another_number'),
    ]

    operations = [
        migrations.AlterField(
            model_name='concern',
            name='teller_phone',
            field=stepdown.kernel.sealed_fields.SealedText('outreach.concern.teller_phone', blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='concernevent',
            name='teller_phone',
            field=stepdown.kernel.sealed_fields.SealedText('outreach.concern.teller_phone', blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='message',
            name='phone',
            field=stepdown.kernel.sealed_fields.SealedText('outreach.message.phone', blank=True, help_text="Where it goes, if not to the reader's number of now.", max_length=16),
        ),
        stepdown.kernel.operations.SealRows('concern', 'teller_phone'),
        stepdown.kernel.operations.SealRows('concernevent', 'teller_phone'),
        stepdown.kernel.operations.SealRows('message', 'phone'),
    ]
