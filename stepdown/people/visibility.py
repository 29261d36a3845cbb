"""Which patients a staff member sees. Who sits where decides that, which a later stage knows: it provides the answer
once, in its AppConfig.ready(), and every earlier stage asks here. Source: RULE PRIV-33 (minimum necessary).
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from stepdown.people.models import Patient, Staff

Patients = Callable[[Staff], QuerySet[Patient]]
Ids = Callable[[Staff], QuerySet[Any, Any] | RawSQL]
_patients: list[Patients] = []
_hidden: list[Ids] = []


def provide(*, patients: Patients, hidden: Ids) -> None:
    """Sets who answers; the last one wins. hidden: ids of the patients whose record is restricted, and not for them."""
    _patients[:] = [patients]
    _hidden[:] = [hidden]


def patients_visible_to(staff: Staff) -> QuerySet[Patient]:
    """The patients this person may see; nobody while no stage answers."""
    return _patients[0](staff) if _patients else Patient.objects.none()


def not_hidden(staff: Staff, patient: str = "patient") -> Q:
    """Rows of whoever's record is not restricted, or is for this person to see. patient: the way from the row to the
    patient, "pk" for patients themselves. Stands in every query that asks for more than `patients_visible_to`."""
    return ~Q((f"{patient}__in", _hidden[0](staff))) if _hidden else Q()
