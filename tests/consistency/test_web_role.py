"""The role that the processes serve people with is refused what would alter what was written down."""

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from stepdown.config.supervisor import roles

APPEND_ONLY = [
    "privacy_look",
    "privacy_disclosure",
    "live_inboxevent",
    "chart_addendum",
    "chart_safetyplan",
    "measures_scoring",
]
HISTORY = ["people_patientevent", "privacy_consenthistory", "placement_seatevent", "people_licenseevent"]
ALTERS = ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"]


def altering(words: str, table: str, column: str) -> sql.Composed:
    names = [sql.Identifier(table), sql.Identifier(column), sql.Identifier(column)]
    return sql.SQL(words).format(*names[: words.count("{}")])


def test_it_is_no_owner_of_anything(web):
    assert web.execute("SELECT current_user").fetchone() == (roles.WEB,)
    assert web.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole").fetchone() == (0,)


@pytest.mark.parametrize("words", ALTERS)
@pytest.mark.parametrize("table", [*APPEND_ONLY, *HISTORY])
def test_what_was_written_down_cannot_be_altered(web, table, words):
    with pytest.raises(InsufficientPrivilege):
        web.execute(altering(words, table, {"privacy_look": "number"}.get(table, "id")))


@pytest.mark.parametrize("table", HISTORY)
def test_history_is_read_and_never_made_up(web, table):
    web.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    with pytest.raises(InsufficientPrivilege):
        web.execute(sql.SQL("INSERT INTO {} DEFAULT VALUES").format(sql.Identifier(table)))


def test_history_is_written_for_it_by_the_triggers(web):
    center = """
        INSERT INTO people_center (id, name, phone, time_zone, calls_from, calls_until, call_within_minutes, "only")
        VALUES (gen_random_uuid(), 'Alder Creek', '+15125550100', 'America/Chicago', '08:00', '18:00', 30, true)
    """
    web.execute(center)
    web.execute("UPDATE people_center SET name = 'Alder Brook'")
    web.execute("DELETE FROM people_center")
    found = web.execute("SELECT pgh_label, name FROM people_centerevent ORDER BY pgh_id").fetchall()
    assert found == [("insert", "Alder Creek"), ("update", "Alder Brook"), ("delete", "Alder Brook")]


@pytest.mark.parametrize(
    "words",
    [
        "ALTER TABLE privacy_look DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP TRIGGER {} ON privacy_look",
        "ALTER TABLE people_patient OWNER TO stepdown_web",
        "CREATE TABLE of_mine (id int)",
        "UPDATE django_migrations SET name = name",
        "INSERT INTO pghistory_context DEFAULT VALUES",
    ],
)
def test_triggers_and_tables_are_the_owners(web, words):
    name = web.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE '%look_is_append_only%'").fetchone()[0]
    with pytest.raises(InsufficientPrivilege):
        web.execute(sql.SQL(words).format(sql.Identifier(name)))


def test_no_trigger_that_writes_history_is_hung_on_a_table_of_its_own(web):
    function = web.execute(
        "SELECT tgfoid::regproc FROM pg_trigger WHERE tgrelid = 'people_patient'::regclass AND tgname ~ 'insert_insert'"
    ).fetchone()[0]
    web.execute("CREATE TEMPORARY TABLE made_up (LIKE people_patient)")
    with pytest.raises(InsufficientPrivilege):
        web.execute(
            sql.SQL("CREATE TRIGGER fakes AFTER INSERT ON made_up FOR EACH ROW EXECUTE FUNCTION {}()").format(
                sql.Identifier(function)
            )
        )


def test_a_setting_of_the_session_switches_no_trigger_off(web):
    """django-pgtrigger would heed it."""
    web.execute("SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) FROM pg_trigger")
    assert web.execute("SELECT _pgtrigger_should_ignore(tgname) FROM pg_trigger LIMIT 1").fetchone() == (False,)
    test_history_is_written_for_it_by_the_triggers(web)


def test_grants_are_made_again_without_a_change(owner_address):
    acl = "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname"
    with psycopg.connect(owner_address) as owner:
        before = owner.execute(acl).fetchall()
        roles.grant(owner_address)
        assert owner.execute(acl).fetchall() == before


def test_a_role_that_may_too_much_is_not_taken(owner_address):
    with pytest.raises(roles.RolesFailed, match="may do too much"):
        roles.grant(owner_address, roles.name_in(owner_address))
