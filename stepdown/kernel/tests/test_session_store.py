from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from stepdown.kernel.session_store import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    session = SessionStore()
    session["what"] = "kept"
    session.save()
    return session


def test_a_session_is_open_to_who_has_its_key(kept):
    assert SessionStore(kept.session_key)["what"] == "kept"


@pytest.mark.parametrize("key", ["nobodyhasthiskey0123456789abcdef", None])
def test_any_other_key_opens_nothing_and_is_not_taken_on(kept, key):
    found = SessionStore(key)
    assert (found.get("what"), found.session_key) == (None, None)


def test_a_session_that_is_over_opens_nothing(kept):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    found = SessionStore(kept.session_key)
    assert (found.get("what"), found.session_key) == (None, None)
