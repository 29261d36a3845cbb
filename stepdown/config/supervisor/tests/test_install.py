from pathlib import Path

import pytest

from stepdown.config.supervisor import install
from stepdown.config.supervisor.install import Package

MISSING = Package("stepdown-has-no-such-package", "stepdown-has-no-such-program", "Nothing is off without it.")


def test_what_may_not_be_installed_is_named_with_the_command_to_type(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))  # neither apt-get nor sudo

    install._install_debian([MISSING])

    said = "Nothing is off without it. To install it: sudo apt-get install stepdown-has-no-such-package\n"
    assert capsys.readouterr().out == said


def test_what_is_there_is_not_spoken_of(capsys):
    install._install_debian([Package("coreutils", "true", "Nothing works without it.")])

    assert capsys.readouterr().out == ""


def test_a_library_is_looked_for_where_a_package_brings_no_program():
    assert install.PANGO.is_there
    assert not Package("x", "true", "x", library="stepdown-has-no-such-library").is_there


@pytest.fixture
def asked_of_apt(tmp_path, monkeypatch):
    """What apt-get was asked for, none of which can be had."""
    asked = []

    def apt_install(*names):
        asked.append(names)
        return False

    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install, "_may_install", lambda: True)
    monkeypatch.setattr(install, "_as_root", lambda *command: True)
    monkeypatch.setattr(install, "_apt_install", apt_install)
    return asked


def test_an_installation_is_tried_once(asked_of_apt):
    install._install_debian([MISSING])
    install._install_debian([MISSING])

    assert asked_of_apt == [(MISSING.name,), (MISSING.name,)]  # the second when all at once were not to be had


def test_one_package_that_is_not_to_be_had_keeps_no_other_away(asked_of_apt):
    other = Package("stepdown-has-no-other-package", "stepdown-has-no-other-program", "Nothing is off.")

    install._install_debian([MISSING, other])

    assert asked_of_apt == [(MISSING.name, other.name), (MISSING.name,), (other.name,)]


def test_locked_packages_carry_hashes_and_no_addresses():
    names = {install.INSTALLER.name, *(name for name, _ in install.PURPOSES.values())}
    for name in names:
        lock = (install.ROOT / name).read_text()
        assert "://" not in lock
        blocks = lock.split("\n")
        pinned = [line for line in blocks if "==" in line and not line.startswith(" ")]
        assert pinned
        assert all(line.endswith("\\") for line in pinned)


@pytest.mark.parametrize(
    ("refused", "tried"),
    [
        ((), ["pip requirements-install.lock", "uv requirements.lock"]),
        (("uv",), ["pip requirements-install.lock", "uv requirements.lock", "pip requirements.lock"]),
        (("pip requirements-install",), ["pip requirements-install.lock", "pip requirements.lock"]),
    ],
)
def test_where_uv_cannot_install_pip_does(refused, tried, tmp_path, monkeypatch):
    """It reads the settings of pip, which may name the only index a center lets through."""
    asked = []

    def runs(program, *rest):
        asked.append(f"{'uv' if Path(program).name == 'uv' else 'pip'} {Path(rest[-1]).name}")
        return not asked[-1].startswith(refused)

    monkeypatch.setattr(install, "_runs", runs)
    monkeypatch.setattr(install, "VENV", tmp_path)

    install._install_locked(install.ROOT / "requirements.lock")

    assert asked == tried


def test_packages_that_cannot_be_installed_are_asked_for_again_the_next_time(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "_runs", lambda *command: False)
    monkeypatch.setattr(install, "VENV", tmp_path)

    for _ in range(2):
        with pytest.raises(install.CannotInstall, match=r"requirements\.lock could not be installed"):
            install._install_locked(install.ROOT / "requirements.lock")
