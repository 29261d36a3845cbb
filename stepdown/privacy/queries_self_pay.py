"""Which days patients pay for themself, and what of their record a health plan may hear all the same."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Staff
from stepdown.privacy.days import today
from stepdown.privacy.domain import self_pay as domain
from stepdown.privacy.domain.sharing import Data
from stepdown.privacy.models import SelfPayRestriction
from stepdown.privacy.sources import Item
from stepdown.ui.navigation import MANY, Waiting

SHOWN = 100


def applying(patient: Patient, *, whom: str, name: str, purpose: str, at: datetime) -> list[domain.SelfPaid]:
    """What the patient asked that this recipient is not told, as it stands at that moment. One query, and none for who
    tells no health plan anything."""
    if not domain.reaches_a_plan(whom, purpose):
        return []
    found = (row.as_domain() for row in _of(patient.pk))
    return [one for one in found if domain.applies(one, whom=whom, name=name, purpose=purpose, at=at)]


@prepared
def _of(patient: UUID) -> QuerySet[SelfPayRestriction]:
    return SelfPayRestriction.objects.filter(patient=patient)


def without_self_paid(items: Mapping[Data, list[Item]], restricted: list[domain.SelfPaid]) -> dict[Data, list[Item]]:
    """Less what tells of a restricted day."""
    return {
        data: [item for item in found if not any(one.days.touches(item.days) for one in restricted)]
        for data, found in items.items()
    }


def who_pays(patients: Iterable[Patient]) -> set[UUID]:
    """Ids of those who pay for some days themself. One query."""
    rows = SelfPayRestriction.objects.filter(patient__in=list(patients), ended_at=None)
    return set(rows.values_list("patient", flat=True))


# -- pages


def restrictions() -> QuerySet[SelfPayRestriction]:
    return SelfPayRestriction.objects.select_related("patient", "written_by", "paid_by", "ended_by", "request")


def standing() -> QuerySet[SelfPayRestriction]:
    """What holds, what nobody has said is paid first."""
    return restrictions().filter(ended_at=None).order_by(F("paid_through").asc(nulls_first=True), "first_on")


def ended() -> QuerySet[SelfPayRestriction]:
    return restrictions().exclude(ended_at=None).order_by("-ended_at")


def of_patient(patient: Patient) -> list[SelfPayRestriction]:
    """All that ever were, those that hold first. One query."""
    return list(restrictions().filter(patient=patient).order_by(F("ended_at").desc(nulls_first=True), "-first_on"))


def standing_of(patient: Patient) -> list[SelfPayRestriction]:
    """One query."""
    return list(restrictions().filter(patient=patient, ended_at=None))


def waits_for(_staff: Staff) -> Waiting:
    """For the menu: of how many nobody has said that it is paid, though its time is over or nothing was said yet. One
    query."""
    return Waiting(len(standing().filter(to_confirm(today())).values_list("pk")[:MANY]))


def to_confirm(on: date) -> Q:
    return Q(paid_through=None) | Q(last_on__lt=on, paid_through__lt=F("last_on"))
