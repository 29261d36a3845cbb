"""The database from asyncio, also while it is away."""

from uuid import uuid4

import pytest
from django.db import OperationalError

from stepdown.live.server import store


async def test_what_has_to_be_done_is_done_when_the_database_is_back(monkeypatch):
    monkeypatch.setattr(store, "RECONNECT_SECONDS", 0)
    is_away = [True, True, False]

    def work(what: str) -> str:
        if is_away.pop(0):
            raise OperationalError
        return what

    assert await store.until_done(work, "done") == "done"
    assert is_away == []


@pytest.mark.django_db
def test_the_room_of_a_room_check_is_at_no_other_time_when_it_is_read_again():
    session = uuid4()
    assert store.read_session(session) == store.read_session(session)
