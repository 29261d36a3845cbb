"""Exclusion constraints compare a UUID with = inside a GiST index; btree_gist teaches it that."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    run_before = [("people", "0001_initial")]
    operations = [BtreeGistExtension()]
