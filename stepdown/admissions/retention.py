"""What admissions keep of a person, by class of records."""

from stepdown.admissions.queries import with_last_service
from stepdown.privacy import strangers
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide, provide_service


def register() -> None:
    provide_service(with_last_service)
    provide(
        RecordClass.CARE,
        "admissions",
        {
            "Inquiry": "patient",
            "Call": "inquiry__patient",
            "Assessment": "inquiry__patient",
            "Danger": "assessment__inquiry__patient",
            "Episode": "patient",
            "LevelStay": "episode__patient",
        },
        {"Episode": ("planned_at", "ended_at")},
    )
    provide(
        RecordClass.INQUIRIES,
        "admissions",
        {"Inquiry": "", "Call": "inquiry", "Assessment": "inquiry", "Danger": "assessment__inquiry"},
        {
            "Inquiry": ("asked_at", "closed_at"),
            "Assessment": ("started_at", "saved_at", "decided_at"),
            "Danger": ("noted_at", "done_at"),
        },
    )
    strangers.provide(
        RecordClass.INQUIRIES, "admissions.Inquiry", at="asked_at", waits={"closed_at": None}, names=("name",)
    )
