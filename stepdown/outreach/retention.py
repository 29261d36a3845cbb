"""What outreach keeps of a person, by class of records."""

from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide


def register() -> None:
    provide(RecordClass.PERSON, "outreach", {"Message": ("patient", "supporter__patient")})
    provide(RecordClass.CLINICAL, "outreach", {"Concern": ("patient", "supporter__patient")})
