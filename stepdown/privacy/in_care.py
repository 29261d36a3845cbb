"""Who is in care. A later stage knows it, and provides the answer once, in its AppConfig.ready()."""

from collections.abc import Callable

from django.db.models import QuerySet

from stepdown.people.models import Patient

Provider = Callable[[], QuerySet[Patient]]
_provider: list[Provider] = []


def provide(provider: Provider) -> None:
    """Sets who answers; the last one wins."""
    _provider[:] = [provider]


def patients_in_care() -> QuerySet[Patient]:
    """Those admitted and not discharged; nobody while no stage answers."""
    return _provider[0]() if _provider else Patient.objects.none()
