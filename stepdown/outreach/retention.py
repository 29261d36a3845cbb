"""What outreach keeps of a person, by class of records."""

from stepdown.privacy import strangers
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide


def register() -> None:
    provide(RecordClass.PERSON, "outreach", {"Message": ("patient", "supporter__patient")})
    provide(RecordClass.CLINICAL, "outreach", {"Concern": ("patient", "supporter__patient")})
    provide(RecordClass.CONCERNS, "outreach", {"Concern": ""}, {"Concern": ("told_at", "closed_at")})
    strangers.provide(
        RecordClass.CONCERNS, "outreach.Concern", at="told_at", waits={"closed_at": None}, names=("about", "teller")
    )
