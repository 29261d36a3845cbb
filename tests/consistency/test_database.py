"""The run's database leaves nothing behind, and touches nothing that is not its own."""

import os
import subprocess
from pathlib import Path

import pytest

from stepdown.config.supervisor.accounts import Account
from tests.database import PREFIX, remove_leftovers

NOBODY = 65534


@pytest.fixture
def ended() -> int:
    """Process id of a program that has ended."""
    program = subprocess.Popen(["true"])
    program.wait()
    return program.pid


def left_by(pid: int, below: Path) -> Path:
    folder = below / f"{PREFIX}{pid}-abcd"
    (folder / "data").mkdir(parents=True)
    return folder


def test_the_folder_of_a_run_that_was_killed_is_removed(tmp_path, ended):
    folder = left_by(ended, tmp_path)
    remove_leftovers(tmp_path)
    assert not folder.exists()


def test_the_folder_of_a_run_that_goes_on_stays(tmp_path):
    folder = left_by(os.getpid(), tmp_path)
    remove_leftovers(tmp_path)
    assert (folder / "data").exists()


def test_a_link_under_such_a_name_is_not_followed(tmp_path, ended):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "data").mkdir(parents=True)
    (tmp_path / f"{PREFIX}{ended}-abcd").symlink_to(elsewhere)
    remove_leftovers(tmp_path)
    assert (elsewhere / "data").exists()


def test_a_folder_of_somebody_else_stays(tmp_path, ended, monkeypatch):
    folder = left_by(ended, tmp_path)
    monkeypatch.setattr("tests.database.os.geteuid", lambda: NOBODY)
    monkeypatch.setattr("tests.database.unprivileged", lambda: Account(NOBODY, NOBODY))
    remove_leftovers(tmp_path)
    assert (folder / "data").exists()
