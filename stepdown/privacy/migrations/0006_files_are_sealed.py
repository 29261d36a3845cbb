import stepdown.kernel.operations
import stepdown.kernel.sealed_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_files_are_sealed'),
        ('privacy', '0005_service_agreements'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='serviceagreement',
            name='service_agreement_has_its_document',
        ),
        migrations.AlterField(
            model_name='packet',
            name='content',
            field=stepdown.kernel.sealed_fields.SealedBytes('privacy.packet.content', blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='serviceagreement',
            name='document',
            field=stepdown.kernel.sealed_fields.SealedBytes('privacy.serviceagreement.document'),
        ),
        stepdown.kernel.operations.SealRows('packet', 'content'),
        stepdown.kernel.operations.SealRows('serviceagreement', 'document'),
        migrations.AddConstraint(
            model_name='serviceagreement',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='service_agreement_has_its_document', violation_error_message='Choose the file of the signed agreement.'),
        ),
    ]
