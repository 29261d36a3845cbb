"""What the page to sign says of where its reader was going. A later stage says it of its own pages, by name."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from stepdown.people.models import Patient

Say = Callable[[Patient, dict[str, Any]], str]
_says: dict[str, Say] = {}


def speak_of(page: str, say: Say) -> None:
    """`say` gets the patient and the parts of the page's address, and gives a sentence or nothing."""
    _says[page] = say


def sentence(onward: str, patient: Patient) -> str:
    """Empty when nothing is said of that address."""
    try:
        match = resolve(urlsplit(onward).path)
    except Resolver404:
        return ""
    say = _says.get(match.view_name)
    return say(patient, match.kwargs) if say else ""
