"""Where a patient was going when a page of ours came in between, and what that page says of it. A later stage says it
of its own pages, by name."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from stepdown.people.models import Patient

Say = Callable[[Patient, dict[str, Any]], str]
_says: dict[str, Say] = {}


def speak_of(page: str, say: Say) -> None:
    """`say` gets the patient and the parts of the page's address, and gives a sentence or nothing."""
    _says[page] = say


def asked_for(request: HttpRequest) -> str:
    """Where `next` leads, when it is a page of ours; else empty."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else ""


def sentence(onward: str, patient: Patient) -> str:
    """Empty when nothing is said of that address."""
    try:
        match = resolve(urlsplit(onward).path)
    except Resolver404:
        return ""
    say = _says.get(match.view_name)
    return say(patient, match.kwargs) if say else ""
