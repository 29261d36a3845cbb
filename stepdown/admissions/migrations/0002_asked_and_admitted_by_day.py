from django.db import migrations, models


class Migration(migrations.Migration):
    """What the board counts of today and of this month is found without reading every inquiry and every episode."""

    dependencies = [("admissions", "0001_initial")]

    operations = [
        migrations.AddIndex("inquiry", models.Index(fields=["asked_at"], name="inquiry_asked_at")),
        migrations.AddIndex("episode", models.Index(fields=["admitted_on"], name="episode_admitted_on")),
    ]
