"""What the rooms keep of a person, by class of records."""

from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide


def register() -> None:
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
