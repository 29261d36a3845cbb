from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0003_patients_by_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="password_is_first",
            field=models.BooleanField(
                default=False,
                help_text="Chosen by whoever made the account; the owner replaces it before anything else.",
            ),
        ),
    ]
