"""Which patients a staff member sees. Who sits where decides that, which a later stage knows: it provides the answer
once, in its AppConfig.ready(), and every earlier stage asks here. Source: RULE PRIV-33 (minimum necessary).
"""

from collections.abc import Callable

from django.db.models import QuerySet

from stepdown.people.models import Patient, Staff

Provider = Callable[[Staff], QuerySet[Patient]]
_provider: list[Provider] = []


def provide(provider: Provider) -> None:
    """Sets who answers; the last one wins."""
    _provider[:] = [provider]


def patients_visible_to(staff: Staff) -> QuerySet[Patient]:
    """The patients this person may see; nobody while no stage answers."""
    return _provider[0](staff) if _provider else Patient.objects.none()
