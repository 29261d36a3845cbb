"""The kept tables serve the code that made them, and no other."""

from pathlib import Path

import pytest

from stepdown.config.supervisor.postgres import Cluster
from tests import tables
from tests.tables import Kept


@pytest.fixture
def stopped(tmp_path) -> Cluster:
    """A data folder whose server is stopped; what lies in it does not matter here."""
    data = tmp_path / "made" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18")
    return Cluster(data=data, sockets=tmp_path, password="made-up", log=tmp_path / "log", binaries=tmp_path)


def test_what_was_kept_is_lent_with_its_password(tmp_path, stopped):
    Kept(tmp_path / "kept").keep(stopped)

    kept = Kept(tmp_path / "kept")
    kept.lend(tmp_path / "lent")

    assert (kept.is_there, kept.password) == (True, "made-up")
    assert (tmp_path / "lent" / "PG_VERSION").read_text() == "18"
    assert [path.name for path in tmp_path.glob("kept*")] == ["kept"]


def test_what_other_code_made_is_not_lent_and_is_replaced(tmp_path, stopped, monkeypatch):
    Kept(tmp_path / "kept").keep(stopped)
    monkeypatch.setattr(tables, "_code", lambda: "of a later day")

    kept = Kept(tmp_path / "kept")
    assert (kept.is_there, kept.password == "made-up") == (False, False)

    kept.keep(stopped)
    assert Kept(tmp_path / "kept").is_there


def test_a_run_goes_on_where_nothing_can_be_kept(tmp_path, stopped):
    (tmp_path / "no folder").touch()
    kept = Kept(Path(tmp_path / "no folder" / "kept"))
    kept.keep(stopped)
    assert not kept.is_there


def test_the_code_is_another_when_a_file_of_the_product_is(tmp_path, monkeypatch):
    (tmp_path / "requirements-dev.lock").touch()
    for folder in ("stepdown/live", "stepdown/live/tests"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(tables, "ROOT", tmp_path)
    before = tables._code()

    (tmp_path / "stepdown/live/tests/test_it.py").write_text("a test")
    assert tables._code() == before
    (tmp_path / "stepdown/live/models.py").write_text("a table")
    assert tables._code() != before
