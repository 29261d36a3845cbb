"""What the rooms keep of a person, by class of records."""

from collections.abc import Iterable
from uuid import UUID

from stepdown.live.models import VisitAnswer
from stepdown.privacy import strangers
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide, provide_blocks

ANSWERED = "What patients said to this guest is in their own records, and goes before it."


def register() -> None:
    provide_blocks(blocks)
    provide(
        RecordClass.CARE,
        "live",
        {
            "DoorCheck": "patient",
            "Admittance": "patient",
            "Knock": "patient",
            "Join": "patient",
            "InboxEvent": "join__patient",
            "SideMember": "patient",
            "VisitAnswer": "patient",
            "PrivateWord": "patient",
            "CalledBack": "word__patient",
            "Attempt": "patient",
            "Incident": "patient",
            "IncidentEntry": "incident__patient",
            "LicenseOverride": "patient",
        },
    )
    provide(
        RecordClass.GUESTS,
        "live",
        {"Visit": "", "Join": "visit", "InboxEvent": "join__visit"},
        {"Visit": ("at", "let_in_at", "out_at")},
    )
    strangers.provide(RecordClass.GUESTS, "live.Visit", at="at", waits={}, names=("name",), known="staff")


def blocks(ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Of guests: a patient's answer tells which guest it was to, so it keeps the guest. One query."""
    answered = VisitAnswer.objects.filter(visit__in=list(ids)).values_list("visit", flat=True).distinct()
    return {visit: [ANSWERED] for visit in answered}
