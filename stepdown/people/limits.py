"""Tells whoever asks too much in a minute to wait. Counted in each process by itself: it holds off a flood, not a
guess, and costs a request nothing."""

import time
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stepdown.people.sign_in import address_of
from stepdown.ui import pdf

MINUTE = 60
FILES = "files"


class Minute:
    """What was asked within this minute; with the next one everything is forgotten."""

    def __init__(self) -> None:
        self.number = 0
        self.counts = Counter[tuple[str, ...]]()
        self.lock = Lock()

    def count(self, *key: str) -> int:
        """How often this was asked in the minute, this time included."""
        with self.lock:
            if (now := int(time.time()) // MINUTE) != self.number:
                self.number = now
                self.counts.clear()
            self.counts[key] += 1
            return self.counts[key]


class LimitsMiddleware:
    """Answers 429 with the page that says so. Reads settings.LIMITS ({name of a view: kernel.limit.Limit}) and
    FILES_A_MINUTE; what stands in neither has no limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.minute = Minute()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match, who = request.resolver_match, asker(request)
        name = match.view_name if match else ""
        limit = settings.LIMITS.get(name)
        if limit and self.minute.count(name, request.method or "", who) > limit.of(request.method):
            return too_many(request)
        if pdf.wanted(request) and self.minute.count(FILES, who) > settings.FILES_A_MINUTE:
            return too_many(request)
        return None


def asker(request: HttpRequest) -> str:
    """The person, or for a stranger the network address; of IPv6 the part that one customer has, 64 bits."""
    known = (getattr(request, kind, None) for kind in ("supporter", "account_staff", "patient"))
    person = next((one for one in known if one), None)
    if person:
        return str(person.pk)
    address = ip_address(address_of(request) or "::")
    return str(ip_network(f"{address}/64", strict=False)) if isinstance(address, IPv6Address) else str(address)


def too_many(request: HttpRequest) -> HttpResponse:
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = str(MINUTE)
    return answer
