import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stepdown.config.supervisor import postgres, roles
from stepdown.config.supervisor.accounts import Account, unprivileged


@pytest.fixture
def cluster() -> Iterator[postgres.Cluster]:
    """A data folder of its own, made and not started; short path, because sockets lie in it."""
    folder = Path(tempfile.mkdtemp(prefix="stepdown-cluster-"))
    account = unprivileged()
    account.owns(folder, 0o700)
    cluster = postgres.Cluster(
        data=folder / "data",
        sockets=folder,
        password=postgres.new_password(),
        log=folder / "log",
        account=account,
        binaries=postgres.reachable_binaries(account),
    )
    cluster.make()
    yield cluster
    cluster.clear_leftovers()
    shutil.rmtree(folder)


def test_committed_rows_survive_a_hard_kill(cluster):
    process = cluster.start()
    with psycopg.connect(cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (7)")
    process.send_signal(signal.SIGKILL)
    process.wait()

    process = cluster.start()

    with psycopg.connect(cluster.url_of("postgres")) as connection:
        assert connection.execute("select n from kept").fetchall() == [(7,)]
    postgres.stop(process)


def test_a_server_left_behind_is_stopped_before_a_new_one_starts(cluster):
    left_behind = cluster.start()

    started = cluster.start()

    assert left_behind.wait(10) == 0
    postgres.stop(started)


def test_a_lock_file_that_names_another_program_is_no_obstacle(cluster):
    (cluster.data / "postmaster.pid").write_text(f"1\n{cluster.data}\n")
    cluster.account.owns(cluster.data / "postmaster.pid", 0o600)

    process = cluster.start()

    assert cluster.is_ready()
    postgres.stop(process)


def test_nobody_gets_in_without_the_password(cluster):
    process = cluster.start()
    stranger = cluster.url_of("postgres").replace(cluster.password, "guess")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stranger)

    postgres.stop(process)


def test_the_server_listens_on_no_network_port(cluster):
    process = cluster.start()

    with psycopg.connect(cluster.url_of("postgres")) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert connection.execute("select inet_server_addr()").fetchone() == (None,)

    postgres.stop(process)


def test_the_log_holds_no_statements_and_no_row_contents(cluster):
    process = cluster.start()
    with psycopg.connect(cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("create table people (name text unique)")
        connection.execute("insert into people values ('Walt Specimen')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into people values ('Walt Specimen')")
    postgres.stop(process)

    log = cluster.log.read_text()

    assert "people_name_key" in log
    assert "Specimen" not in log


class FarAway(Account):
    """May enter no folder of the one who started us."""

    def can(self, test: str, path: Path) -> bool:
        return False


def test_programs_out_of_reach_are_copied_once_to_a_folder_of_our_own(tmp_path):
    place = tmp_path / "programs"
    copied = postgres.reachable_binaries(FarAway(), place)
    assert copied.is_relative_to(place)
    assert (copied / "postgres").exists()
    assert postgres.reachable_binaries(FarAway(), place) == copied
    assert len(list(place.iterdir())) == 1


def test_no_program_is_started_from_a_folder_others_may_write_in(tmp_path):
    place = tmp_path / "programs"
    place.mkdir()
    place.chmod(0o777)
    with pytest.raises(postgres.PostgresFailed, match="Others may write"):
        postgres.reachable_binaries(FarAway(), place)
    place.chmod(0o755)
    (tmp_path / "link").symlink_to(place)
    with pytest.raises(postgres.PostgresFailed, match="Others may write"):
        postgres.reachable_binaries(FarAway(), tmp_path / "link")


def test_who_may_make_no_roles_reads_how_one_is_made(cluster):
    server = cluster.start()
    with psycopg.connect(cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("create role plain login password 'pw'")
    plain = cluster.url_of("postgres").replace(f"{postgres.SUPERUSER}:{cluster.password}", "plain:pw", 1)

    with pytest.raises(roles.RolesFailed, match="CREATE ROLE stepdown_web LOGIN"):
        roles.make_web(plain, "of the processes")
    postgres.stop(server)


def test_the_role_of_the_processes_gets_the_password_of_the_day(cluster):
    server = cluster.start()
    url = cluster.url_of("postgres")

    for password in ("one", "an'other"):
        roles.make_web(url, password)
        psycopg.connect(roles.web_url(url, password)).close()

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(roles.web_url(url, "one"))
    postgres.stop(server)
