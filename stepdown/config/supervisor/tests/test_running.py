"""The supervisor with everything it starts, as whoever types `make run` meets it."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stepdown.config.supervisor import roles
from stepdown.config.supervisor.variables import FILE, OWNER, read_variables
from tests.copies import SUPERVISOR, Copy, wait_until

CHILDREN = ["postgres", "web", "live", "worker", "janus"]


@pytest.fixture(scope="module")
def started() -> Iterator[Copy]:
    """One copy for all tests here; a start takes seconds."""
    copy = Copy()
    copy.start()
    yield copy
    copy.remove()


@pytest.fixture
def copy(started: Copy) -> Copy:
    """The running copy; a test may stop it."""
    if started.has_ended:
        started.start()
    return started


@pytest.fixture(scope="module")
def resting() -> Iterator[Copy]:
    """A copy that nobody started."""
    copy = Copy()
    yield copy
    copy.remove()


def query(copy: Copy, statement: str) -> list[tuple]:
    with psycopg.connect(read_variables(copy.home / FILE)[OWNER], autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_is_clean_leaves_no_process_behind_and_the_next_start_keeps_the_data(copy, ending):
    query(copy, f"create table kept as select {ending:d} as n")

    assert copy.stop(ending) == 0

    assert copy.processes() == []
    copy.start()
    assert query(copy, "select n from kept") == [(ending,)]
    query(copy, "drop table kept")


def test_killed_children_are_started_again_and_leave_nothing_behind(copy):
    for name in CHILDREN:
        copy.kill(name)

    assert copy.stop() == 0
    assert copy.processes() == []


def test_no_child_outlives_a_killed_supervisor_and_the_next_start_works(copy):
    query(copy, "create table before_the_kill as select 7 as n")

    copy.stop(signal.SIGKILL)

    wait_until(lambda: copy.processes() == [], "every process has ended")
    copy.start()
    assert query(copy, "select n from before_the_kill") == [(7,)]


def test_two_copies_run_side_by_side(copy):
    other = Copy()
    try:
        other.start()
        query(other, "create table only_here as select 1 as n")
        assert query(copy, "select to_regclass('only_here')") == [(None,)]
        other.stop()
        assert {name for name in CHILDREN if copy.pid(name)} == set(CHILDREN)
    finally:
        other.remove()


def test_a_second_copy_on_the_same_folder_is_refused_with_a_sentence(copy):
    refused = copy.command([*SUPERVISOR, "run"], check=False)

    assert refused.returncode == 1
    assert refused.stdout.startswith("Another copy of Stepdown (process ")


def test_a_demo_reset_empties_the_running_copy_and_brings_it_back(copy):
    query(copy, "create table gone_after_reset (n int)")

    done = copy.command([*SUPERVISOR, "demo-reset"])

    assert "The demo is fresh." in done.stdout
    assert query(copy, "select to_regclass('gone_after_reset')") == [(None,)]


def test_a_taken_port_is_named(resting):
    with socket.create_server(("127.0.0.1", resting.port)):
        refused = resting.command([*SUPERVISOR, "run"], check=False)

    assert refused.returncode == 1
    assert f"Port {resting.port} is taken by another program." in refused.stdout


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_no_port_is_refused_with_a_sentence(resting, monkeypatch, port):
    monkeypatch.setitem(resting.env, "PORT", port)

    refused = resting.command([*SUPERVISOR, "run"], check=False)

    assert refused.returncode == 1
    assert refused.stdout == f"PORT is {port!r}. Give a number between 1 and 65534.\n"


def test_a_folder_that_cannot_be_written_is_named(resting, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setitem(resting.env, "STEPDOWN_HOME", f"{tmp_path}/file/home")

    refused = resting.command([*SUPERVISOR, "run"], check=False)

    assert refused.returncode == 1
    assert refused.stdout == (
        f"Stepdown keeps its data in {tmp_path}/file/home and cannot write there (Not a directory). "
        "Choose another folder: make run STEPDOWN_HOME=…\n"
    )


NO_CONNECTION = "The database that DATABASE_URL names takes no connection:\n"
NO_ADDRESS = "DATABASE_URL is no address of a PostgreSQL database."


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://us:hush@127.0.0.1:1/stepdown", NO_CONNECTION),
        ("mysql://us:hush@127.0.0.1/stepdown", NO_ADDRESS),
        ("nonsense", NO_ADDRESS),
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(resting, monkeypatch, url, sentence):
    monkeypatch.setitem(resting.env, "DATABASE_URL", url)

    refused = resting.command([*SUPERVISOR, "run"], check=False)

    assert refused.returncode == 1
    assert refused.stdout.startswith(sentence)
    assert "Traceback" not in refused.stdout + refused.stderr
    assert "hush" not in refused.stdout + refused.stderr


@pytest.mark.parametrize("name", ["web", "live", "worker"])
def test_what_serves_people_enters_the_database_as_a_role_that_owns_nothing(copy, name):
    words = Path(f"/proc/{copy.pid(name)}/environ").read_bytes().decode().split("\0")
    given = dict(word.split("=", 1) for word in words if "=" in word)
    owner = read_variables(copy.home / FILE)[OWNER]

    assert roles.name_in(given["DATABASE_URL"]) == roles.WEB
    assert [variable for variable, value in given.items() if value == owner] == []
    assert "STEPDOWN_DATABASE_PASSWORD" not in given
    assert query(copy, f"select count(*) > 0 from pg_stat_activity where usename = '{roles.WEB}'") == [(True,)]


def test_secrets_and_logs_are_for_our_eyes_only(copy):
    for kept in [copy.home / "secrets", copy.home / FILE, *(copy.home / "logs").iterdir()]:
        assert kept.stat().st_mode & 0o077 == 0, kept


@pytest.mark.parametrize("name", ["postgres", "janus"])
def test_the_database_and_the_media_server_never_run_as_root(copy, name):
    status = Path(f"/proc/{copy.pid(name)}/status").read_text()
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)

    assert facts["Uid"].split()[0] != "0"
    assert int(facts["CapEff"], 16) == 0
