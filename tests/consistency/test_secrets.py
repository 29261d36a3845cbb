"""A secret is read from a file where one is named."""

import pytest

from stepdown.config import secrets


def test_a_file_comes_before_the_variable(monkeypatch, tmp_path):
    (tmp_path / "mail").write_text("from a file\n")
    monkeypatch.setenv("STEPDOWN_MAIL_PASSWORD", "from the environment")
    assert secrets.read("STEPDOWN_MAIL_PASSWORD") == "from the environment"
    monkeypatch.setenv("STEPDOWN_MAIL_PASSWORD_FILE", str(tmp_path / "mail"))
    assert secrets.read("STEPDOWN_MAIL_PASSWORD") == "from a file"


def test_a_file_that_is_not_there_is_said_aloud(monkeypatch):
    monkeypatch.setenv("STEPDOWN_MAIL_PASSWORD_FILE", "/nowhere/mail")
    with pytest.raises(OSError, match="nowhere"):
        secrets.read("STEPDOWN_MAIL_PASSWORD")
