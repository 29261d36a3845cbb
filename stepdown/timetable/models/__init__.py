"""Every meeting of every group as a row, the topics they work on, and who leads when somebody cannot."""

from stepdown.timetable.models.absences import Absence, Ask, Place, StandIn
from stepdown.timetable.models.sessions import (
    Booking,
    CalendarLink,
    Closure,
    GroupChange,
    Handout,
    Session,
    SessionQuerySet,
    Topic,
)

__all__ = [
    "Absence",
    "Ask",
    "Booking",
    "CalendarLink",
    "Closure",
    "GroupChange",
    "Handout",
    "Place",
    "Session",
    "SessionQuerySet",
    "StandIn",
    "Topic",
]
