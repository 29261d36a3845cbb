"""What measures keep of a person, by class of records."""

from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide


def register() -> None:
    provide(
        RecordClass.CLINICAL,
        "measures",
        {
            "Administration": "patient",
            "Scoring": "administration__patient",
            "WorkItem": "patient",
            "CheckIn": "patient",
        },
    )
