"""A password that was stolen somewhere is not taken, and nobody outside is asked whether it was."""

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from stepdown.people.breached import easily_guessed, is_listed
from stepdown.people.models import Account
from stepdown.people.tests.factories import PASSWORD, CenterFactory


def digest(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


@pytest.mark.parametrize("password", ["password1234", "qwertyuiop123", "aaaaaaaaaaaa", "iloveyou12345", "123456789012"])
def test_what_was_stolen_often_is_not_taken(password):
    assert easily_guessed(password)


@pytest.mark.parametrize("password", [PASSWORD, "four words nobody joins", "step-down-together", "x" * 40 + PASSWORD])
def test_words_in_a_row_are_taken(password):
    assert not easily_guessed(password)


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["examplerecovery", "stepdownstepdown"])
def test_what_everybody_here_knows_is_not_taken(password):
    CenterFactory()
    with pytest.raises(ValidationError, match="lists of stolen ones"):
        validate_password(password, Account(email="ines.sample@example.com"))


@pytest.mark.django_db
def test_a_list_of_ones_own_is_asked(settings, tmp_path):
    file = tmp_path / "stolen.txt"
    file.write_text("\r\n".join(sorted(f"{digest(each)}:3" for each in ("once", PASSWORD, "twice"))))
    validate_password(PASSWORD)
    settings.BREACHED_PASSWORDS = str(file)
    with pytest.raises(ValidationError):
        validate_password(PASSWORD)


@pytest.mark.django_db
def test_a_list_that_is_not_there_is_said_aloud(settings):
    settings.BREACHED_PASSWORDS = "/nowhere/stolen.txt"
    with pytest.raises(OSError, match="nowhere"):
        validate_password(PASSWORD)


WORDS = st.text(alphabet=st.characters(codec="utf-8"), max_size=5)


@given(listed=st.sets(WORDS, max_size=30), asked=WORDS)
def test_a_list_finds_what_is_in_it_and_nothing_else(listed, asked, tmp_path_factory):
    file = tmp_path_factory.getbasetemp() / "stolen.txt"
    file.write_text("\n".join(sorted(f"{digest(each)}:{len(each)}" for each in listed)))
    assert all(is_listed(each, file) for each in listed)
    assert is_listed(asked, file) == (asked in listed)
