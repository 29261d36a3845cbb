"""Who told us beforehand that they cannot come, in a known number of queries."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from stepdown.people.models import Patient
from stepdown.timetable.models import CannotCome, Session
from stepdown.timetable.queries import sessions_of_patient

AHEAD = timedelta(weeks=2)  # how long before a session it can be said


def told_of(session: Session) -> dict[UUID, CannotCome]:
    """patient id -> what was said of them for this session, as it is planned now. One query."""
    rows = CannotCome.objects.standing().filter(session=session).select_related("recorded_by")
    return {row.patient_id: row for row in rows}


def of_patient(patient: Patient, now: datetime) -> QuerySet[CannotCome]:
    """What stands for this patient's sessions that are on or ahead, the first first."""
    rows = CannotCome.objects.standing().filter(patient=patient, session__ends_at__gt=now, session__cancelled_at=None)
    return rows.select_related("session__group", "recorded_by").order_by("starts_at")


def sessions_to_miss(patient: Patient, now: datetime) -> QuerySet[Session]:
    """This patient's sessions of which it can be said now that they cannot come, the first first."""
    coming = sessions_of_patient(patient).filter(cancelled_at=None, ends_at__gt=now, starts_at__lt=now + AHEAD)
    return coming.exclude(pk__in=of_patient(patient, now).values("session")).order_by("starts_at")
