"""Results of drug tests are stored in the words of the glossary (`udt_result`); those that are there become so as well."""

from django.db import migrations, models

# Results are final by trigger; of these rows nothing but the word changes.
RENAME = """
ALTER TABLE chart_drugtestresult DISABLE TRIGGER USER;
UPDATE chart_drugtestresult SET result = 'positive_' || result WHERE result IN ('expected', 'unexpected');
ALTER TABLE chart_drugtestresult ENABLE TRIGGER USER;
"""
RENAME_BACK = """
ALTER TABLE chart_drugtestresult DISABLE TRIGGER USER;
UPDATE chart_drugtestresult SET result = replace(result, 'positive_', '');
ALTER TABLE chart_drugtestresult ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('chart', '0004_chosen_drug_test_gives_way'),
    ]

    operations = [
        migrations.AlterField(
            model_name='drugtestresult',
            name='result',
            field=models.CharField(choices=[('negative', 'negative'), ('positive_expected', 'positive (expected/prescribed)'), ('positive_unexpected', 'positive (unexpected)'), ('invalid', 'invalid'), ('missed', 'missed')], max_length=20),
        ),
        migrations.RunSQL(RENAME, RENAME_BACK),
    ]
