"""Whom somebody is still to call, of which a later stage knows: it provides this once, in its AppConfig.ready()."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

ToCall = Callable[[UUID], QuerySet[Any, Any]]

_to_call: list[ToCall] = []


def provide(to_call: ToCall) -> None:
    """to_call: ids of the patients that this person is to call, for the inside of a query; the last one wins."""
    _to_call[:] = [to_call]


def to_call(staff: UUID) -> list[QuerySet[Any, Any]]:
    return [provided(staff) for provided in _to_call]
