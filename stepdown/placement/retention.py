"""What placement keeps of a person, by class of records."""

from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide


def register() -> None:
    provide(
        RecordClass.CARE,
        "placement",
        {
            "Seat": "patient",
            "Pair": ("one", "other"),
            "Wishes": "episode__patient",
            "Waiting": "episode__patient",
            "Skip": "episode__patient",
        },
    )
