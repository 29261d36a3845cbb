"""Which browser somebody is signed in with, and telling later stages at once when they were signed out of it.

A browser is told by a mark: the id of a patient's device or the number of a staff member's session, never its key.
"""

from collections.abc import Callable, Iterable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from stepdown.people.models import Device

Listener = Callable[[str], None]
_listeners: list[Listener] = []


def mark_of_device(device: Device) -> str:
    return f"device:{device.pk}"


def mark_of_session(number: int) -> str:
    return f"session:{number}"


def staff_browser(request: HttpRequest) -> str:
    """The mark of the session that a request of staff belongs to; "" while there is no row of it."""
    number = UserSession.objects.filter(session_key=request.session.session_key).values_list("pk", flat=True).first()
    return mark_of_session(number) if number else ""


def is_signed_in(mark: str) -> bool:
    """Whether nobody ended it since; yes without a mark."""
    kind, _, number = mark.partition(":")
    if kind == "device":
        return Device.objects.filter(pk=number, ended_at=None).exists()
    return kind != "session" or UserSession.objects.filter(pk=number).exists()


def hear_of_endings(listener: Listener) -> None:
    """Registers who is told the mark of each browser that is signed out, within the transaction that does it."""
    _listeners.append(listener)


def tell(marks: Iterable[str]) -> None:
    for mark in filter(None, marks):
        for listener in _listeners:
            listener(mark)
