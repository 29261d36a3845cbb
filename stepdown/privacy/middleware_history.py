"""Says in the history of rows who changed them: the triggers that write it put this beside each state."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from stepdown.people.devices import user_agent_in
from stepdown.privacy.middleware import place_of

# What django-pghistory's triggers read. Its own `context` puts this before each statement, which cannot be where values
# go apart from the SQL.
SET = "SELECT set_config('pghistory.context_id', %s, false), set_config('pghistory.context_metadata', %s, false)"
READS = {"GET", "HEAD", "OPTIONS"}


class HistoryMiddleware:
    """Stands behind PeopleMiddleware, which tells who asks. A change that names nobody was
    made by a job, a command, a room, or by the program when a page was read.
    Source: 45 CFR 164.312(b)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in READS:
            return self.get_response(request)
        with told(who(request)):
            return self.get_response(request)


def who(request: HttpRequest) -> dict[str, str]:
    """The ids of whoever asks and of a patient's device, the network address, and what the browser calls itself; on
    which page they did it stands in the look of that moment. Source: RULE PRIV-43."""
    found: dict[str, Any] = {"staff": request.account_staff, "own": request.patient, "device": request.device}
    ids = {kind: str(row.pk) for kind, row in found.items() if row}
    from_where = {"place": place_of(request), "browser": user_agent_in(request)[:200]}
    return ids | {kind: said for kind, said in from_where.items() if said}


@contextmanager
def told(facts: dict[str, str]) -> Iterator[None]:
    """Meanwhile this stands beside every change that this connection makes."""
    with connection.cursor() as cursor:
        cursor.execute(SET, [str(uuid4()), json.dumps(facts)])
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:  # a connection that is lost says nothing any more
            cursor.execute(SET, ["", ""])
