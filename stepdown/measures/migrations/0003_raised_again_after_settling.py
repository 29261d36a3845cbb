from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0002_history'),
        ('outreach', '0002_history'),
        ('people', '0004_home_address'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='workitem',
            name='raised_once',
        ),
        migrations.AddConstraint(
            model_name='workitem',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('administration', 'flag'), name='raised_once_while_open'),
        ),
    ]
