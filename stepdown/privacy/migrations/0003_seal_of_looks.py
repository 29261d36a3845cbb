"""How a look is sealed to the one before it; its trigger calls this."""

from django.db import migrations

SEAL = """
CREATE FUNCTION privacy_look_seal(before text, looked privacy_look) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws('|',
        before, looked.number, (extract(epoch from looked.at) * 1000000)::bigint, coalesce(looked.staff_id::text, ''),
        coalesce(looked.own_id::text, ''), looked.roles, looked.act, looked.page, looked.about, looked.purpose,
        coalesce(host(looked.place), ''), looked.status, array_to_string(looked.patients, ','),
        'supporter ' || looked.supporter_id
    ), 'UTF8')), 'hex')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_history")]

    operations = [migrations.RunSQL(SEAL, "DROP FUNCTION privacy_look_seal(text, privacy_look)")]
