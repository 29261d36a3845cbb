"""A backup holds all of one moment, opens with its key alone, comes back into an empty database, and is proven."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pyrage
import pytest
from django.core.management import CommandError, call_command
from psycopg import sql

from stepdown.config import backups
from tests import tables
from tests.database import TEMPLATE, url_of_this_run

SEEN = """
    INSERT INTO privacy_look (number, at, own_id, roles, act, page, about, purpose, status, patients, seal)
    VALUES (0, now(), {0}, '', 'read', 'desk:home', '{{}}', 'own', 200, ARRAY[{0}]::uuid[], '')
"""
PATIENT = """
    INSERT INTO people_patient (id, first_name, last_name, chosen_name, date_of_birth, phone, email, language,
        time_zone, address_line, city, state, postal_code, emergency_contact_name, emergency_contact_phone,
        safe_contact_note, created_at)
    VALUES ({0}, 'June', {1}, '', '1975-12-28', '', '', 'en', 'America/Chicago', '', '', 'OK', '', '', '',
        '', now())
"""


def url_of(database: str) -> str:
    return urlunsplit(urlsplit(url_of_this_run())._replace(path=f"/{database}"))


@pytest.fixture
def database() -> Iterator:
    """database(like) makes one, empty or like a template, and returns its address; all of them go in the end."""
    made: list[str] = []
    with psycopg.connect(url_of_this_run(), autocommit=True) as server:

        def make(like: str = "template0") -> str:
            made.append(f"backup_{uuid4().hex[:12]}")
            words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            server.execute(words.format(sql.Identifier(made[-1]), sql.Identifier(like)))
            return url_of(made[-1])

        yield make
        for name in made:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def center(database) -> str:
    """A database with people in it, one of whom looked at their own record three times."""
    url = database(os.environ.get(TEMPLATE) or tables.TEMPLATE)
    with psycopg.connect(url) as connection:
        for number in range(5):
            who = sql.Literal(str(uuid4()))
            connection.execute(sql.SQL(PATIENT).format(who, sql.Literal(f"Núñez {number}\n\t\\N")))
        for _ in range(3):
            connection.execute(sql.SQL(SEEN).format(who))
    return url


@pytest.fixture
def key(tmp_path) -> Path:
    """The private key, in a file; its public one is its first line."""
    identity = pyrage.x25519.Identity.generate()
    file = tmp_path / "private"
    file.write_text(f"# {identity.to_public()}\n{identity}\n")
    return file


def public(key: Path) -> str:
    return key.read_text().split()[1]


@pytest.fixture
def file(center, key, tmp_path) -> Path:
    backups.make(center, tmp_path / "backup.age", public(key))
    return tmp_path / "backup.age"


def test_everything_comes_back_into_an_empty_database(file, key, database):
    url = database()
    told = backups.restore(file, key, url)
    assert (told.rows["people_patient"], told.rows["people_patientevent"], told.rows["privacy_look"]) == (5, 5, 3)
    assert told.rows["django_migrations"] > 20
    assert backups.differences(url, told) == []


def test_nothing_of_it_can_be_read_without_the_key(file, key, tmp_path):
    assert file.stat().st_mode & 0o077 == 0
    content = file.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert b"people_patient" not in content
    other = tmp_path / "another"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(backups.BackupFailed, match="cannot be opened"):
        backups.read_told(file, other)


@pytest.mark.parametrize("where", [-1, -2000, 400])
def test_a_file_that_was_changed_is_not_brought_back(file, key, database, where):
    content = bytearray(file.read_bytes())
    content[where] ^= 1
    file.write_bytes(content)
    url = database()
    with pytest.raises(backups.BackupFailed):
        backups.restore(file, key, url)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_a_file_that_was_cut_off_is_not_brought_back(file, key, database):
    file.write_bytes(file.read_bytes()[: -(file.stat().st_size // 3)])
    with pytest.raises(backups.BackupFailed):
        backups.restore(file, key, database())


def test_a_file_of_something_else_is_refused(key, tmp_path, database):
    file = tmp_path / "letter.age"
    file.write_bytes(pyrage.encrypt(b"Dear reader", [pyrage.x25519.Recipient.from_str(public(key))]))
    with pytest.raises(backups.BackupFailed, match="no backup of Stepdown"):
        backups.restore(file, key, database())


def test_a_database_with_tables_is_never_written_over(file, key, center):
    with pytest.raises(backups.BackupFailed, match="an empty one"):
        backups.restore(file, key, center)


def test_it_is_of_one_moment_while_others_write(center, key, tmp_path, database):
    """A row and its look are always written together; the backup never has one without the other."""
    stop, begun = threading.Event(), threading.Event()

    def work() -> None:
        with psycopg.connect(center) as connection:
            while not stop.is_set():
                who = sql.Literal(str(uuid4()))
                connection.execute(sql.SQL(PATIENT).format(who, sql.Literal("Later")))
                connection.execute(sql.SQL(SEEN).format(who))
                connection.commit()
                begun.set()

    writer = threading.Thread(target=work)
    writer.start()
    begun.wait()
    try:
        told = backups.make(center, tmp_path / "backup.age", public(key))
    finally:
        stop.set()
        writer.join()

    url = database()
    backups.restore(tmp_path / "backup.age", key, url)
    assert backups.differences(url, told) == []
    assert told.rows["people_patient"] - 5 == told.rows["privacy_look"] - 3 > 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM people_patient WHERE id NOT IN (SELECT own_id FROM privacy_look)", "people_patient has 1 rows"),
        ("UPDATE people_patient SET city = 'Tulsa'", "Of 5 rows of people_patient"),
        ("UPDATE privacy_look SET page = 'other' WHERE number = 2", "from number 2 on"),
        ("DELETE FROM privacy_look WHERE number = 3", "ends elsewhere"),
        ("DROP TABLE cache", "The table cache is missing"),
    ],
)
def test_what_is_not_as_it_was_is_said(file, key, database, change, said):
    url = database()
    told = backups.restore(file, key, url)
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")  # as somebody who may do anything
        connection.execute(change)
    assert any(said in each for each in backups.differences(url, told)), backups.differences(url, told)


def test_no_file_is_left_of_a_backup_that_failed(key, tmp_path):
    with pytest.raises(backups.BackupFailed, match="No backup was made"):
        backups.make(url_of("not_there"), tmp_path / "backup.age", public(key))
    with pytest.raises(backups.BackupFailed, match="no public key"):
        backups.make(url_of("not_there"), tmp_path / "backup.age", "age1nonsense")
    assert [path.name for path in tmp_path.iterdir()] == ["private"]


@pytest.fixture
def home(settings, tmp_path, monkeypatch, center):
    """A copy whose commands work as the owner of that database."""
    settings.BACKUP_TO, settings.BACKUP_TO_FILE = "", tmp_path / "backup-to"
    monkeypatch.setenv("DATABASE_URL", center)
    return tmp_path


def made_in(home: Path) -> Path:
    (home / "backups").mkdir()
    call_command("backup", home / "backups")
    (file,) = (home / "backups").iterdir()
    return file


@pytest.mark.django_db
def test_the_commands_make_and_prove_it(home, capsys):
    call_command("backup", new_key=home / "private")
    file = made_in(home)
    call_command("verify_backup", file, key=home / "private")
    said = capsys.readouterr().out
    assert "Only" in said
    assert "3 looks in an unbroken chain" in said
    assert (home / "private").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_without_a_key_and_with_a_ring_that_lacks_one_the_commands_say_what_to_do(home, settings, tmp_path):
    with pytest.raises(CommandError, match="--new-key"):
        call_command("backup", home)
    call_command("backup", new_key=home / "private")
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", new_key=home / "private")
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("backup", home / "nowhere")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("verify_backup", home / "nowhere.age", key=home / "private")


@pytest.mark.django_db
def test_restore_asks_for_an_empty_database_of_this_copy(home, monkeypatch):
    call_command("backup", new_key=home / "private")
    file = made_in(home)
    monkeypatch.setenv("STEPDOWN_HOME", str(home / "copy"))
    with pytest.raises(CommandError, match="an empty one"):
        call_command("restore", file, key=home / "private")
