"""The database shows a counseling note to its author alone, whatever a query asks; see docs/adr/0013."""

from django.db import migrations

BY_AUTHOR = """
ALTER TABLE chart_counselingnote ENABLE ROW LEVEL SECURITY;
CREATE POLICY author_only ON chart_counselingnote
    USING (author_id = nullif(current_setting('stepdown.author', true), '')::uuid);
"""
FOR_ALL = """
DROP POLICY author_only ON chart_counselingnote;
ALTER TABLE chart_counselingnote DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("chart", "0002_history")]

    operations = [migrations.RunSQL(BY_AUTHOR, FOR_ALL)]
