"""Rate limits and used one-time codes are counted once for all web processes, in the database."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS cache")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_history")]

    operations = [migrations.RunPython(make, drop, elidable=False)]
