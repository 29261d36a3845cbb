"""What the timetable keeps of a person, by class of records."""

from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import provide


def register() -> None:
    provide(RecordClass.PERSON, "timetable", {"CalendarLink": "patient"})
    provide(RecordClass.CARE, "timetable", {"CannotCome": "patient"})
