"""What transitions keep of a person, by class of records."""

from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide


def register() -> None:
    provide(RecordClass.CARE, "transitions", {"Transition": "episode__patient", "Rating": "episode__patient"})
