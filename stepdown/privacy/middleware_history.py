"""Says in the history of rows who changed them: the triggers that write it put this beside each state."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class HistoryMiddleware:
    """Stands behind PeopleMiddleware, which tells who asks. What is kept are ids and the name of the page; a change
    without them was made by a job, a command or a room. Source: 45 CFR 164.312(b)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        staff, own = request.account_staff, request.patient
        if staff:
            who = {"staff": str(staff.pk)}
        elif own:
            who = {"own": str(own.pk)}
        else:
            who = {}
        with pghistory.context(**who):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        pghistory.context(page=request.resolver_match.view_name if request.resolver_match else "")
