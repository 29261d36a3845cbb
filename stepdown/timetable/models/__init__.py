"""Every meeting of every group as a row, the topics they work on, who leads when somebody cannot, and who told us that
they cannot come."""

from stepdown.timetable.models.absences import Absence, Ask, Place, StandIn
from stepdown.timetable.models.cannot_come import CannotCome
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
    "CannotCome",
    "Closure",
    "GroupChange",
    "Handout",
    "Place",
    "Session",
    "SessionQuerySet",
    "StandIn",
    "Topic",
]
