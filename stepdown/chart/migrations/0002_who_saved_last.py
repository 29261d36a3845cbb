import django.db.models.deletion
from django.db import migrations, models


def saved_by():
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"
    )


class Migration(migrations.Migration):

    dependencies = [
        ("chart", "0001_initial"),
        ("people", "0004_first_passwords"),
    ]

    operations = [
        migrations.AddField(model_name="groupnote", name="saved_by", field=saved_by()),
        migrations.AddField(model_name="notepart", name="saved_by", field=saved_by()),
    ]
