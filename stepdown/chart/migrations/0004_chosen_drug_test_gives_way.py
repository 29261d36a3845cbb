import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('chart', '0003_counseling_notes_by_author'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='drugtest',
            name='drug_test_stays',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drugtest',
            trigger=pgtrigger.compiler.Trigger(name='drug_test_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."on" IS DISTINCT FROM (NEW."on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='32f57c2fe3a559bfc2a2519902be987fed95c698', operation='UPDATE', pgid='pgtrigger_drug_test_stays_1df1a', table='chart_drugtest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drugtest',
            trigger=pgtrigger.compiler.Trigger(name='drug_test_told_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.notified_at IS NOT NULL AND (OLD.asked_by_id, OLD.panels, OLD.way, OLD.notice_at) IS DISTINCT FROM (NEW.asked_by_id, NEW.panels, NEW.way, NEW.notice_at))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ca61505df3f5575a88ceab574ca890386bd4e6c5', operation='UPDATE', pgid='pgtrigger_drug_test_told_stays_57352', table='chart_drugtest', when='BEFORE')),
        ),
    ]
