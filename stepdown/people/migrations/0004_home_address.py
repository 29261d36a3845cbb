
import django.db.models.deletion
import stepdown.kernel.sealed_fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_cache_table'),
    ]

    operations = [
        migrations.CreateModel(
            name='HomeAddress',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address_line', stepdown.kernel.sealed_fields.SealedText('people.homeaddress.address_line', max_length=120)),
                ('postal_code', stepdown.kernel.sealed_fields.SealedText('people.homeaddress.postal_code', max_length=10)),
                ('staff', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='home', to='people.staff')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address_line', ''), _negated=True), models.Q(('postal_code', ''), _negated=True)), name='home_address_is_street_and_zip')],
            },
        ),
    ]
