"""What the chart keeps of a person, by class of records."""

from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide

NOTE = ("part__patient", "contact__patient")


def register() -> None:
    provide(RecordClass.COUNSELING_NOTES, "chart", {"CounselingNote": "patient"})
    provide(
        RecordClass.CLINICAL,
        "chart",
        {
            "ReturnToUse": "patient",
            "ReturnResponse": "event__patient",
            "ReturnAddendum": "event__patient",
            "CoSignature": NOTE,
            "SentBack": NOTE,
            "NoteVoid": NOTE,
            "LateNote": NOTE,
            "PlanVersion": "episode__patient",
            "PlanAnswer": "patient",
            "Objective": "episode__patient",
            "Progress": "objective__episode__patient",
            "NotePart": "patient",
            "SavedText": "part__patient",
            "Addendum": "patient",
            "Missed": "patient",
            "MissedSession": "patient",
            "WelfareStep": "missed__patient",
            "ContactNote": "patient",
            "ContactAddendum": "note__patient",
            "Deadline": "episode__patient",
            "DeadlineMove": "deadline__episode__patient",
            "Diagnosis": "patient",
            "DrugTestSchedule": "patient",
            "DrugTest": "patient",
            "DrugTestResult": "test__patient",
            "DrugTestTalk": "test__patient",
            "HomeworkOf": "patient",
            "SafetyPlan": "patient",
        },
        {"CoSignature": ("at",), "LateNote": ("at",), "DrugTest": ("notice_at",)},
    )
