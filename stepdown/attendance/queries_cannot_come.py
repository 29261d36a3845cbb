"""Who told us that they cannot come, for those who write it down."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from stepdown.attendance.models import Attendance
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.queries import patient_visible_to, patients_visible_to
from stepdown.timetable.cannot_come import sessions_to_miss
from stepdown.timetable.models import CannotCome, Session
from stepdown.timetable.queries import sessions_of_patient

SHOWN_FOR = timedelta(days=7)  # after the session, while its attendance is not confirmed


def patient_of(staff: Staff, patient_id: UUID, now: datetime) -> Patient | None:
    """The patient, when this person sees them, or leads or co-leads a session of theirs that is on or ahead, or one
    that is over and of which something is still to be judged."""
    if found := patient_visible_to(staff, patient_id):
        return found
    other = Patient.objects.filter(pk=patient_id).first()
    if other is None:
        return None
    leads = _led(sessions_of_patient(other).filter(ends_at__gt=now), staff).exists()
    return other if leads or open_of(staff, other, now).exists() else None


def sessions_for(staff: Staff, patient: Patient, now: datetime) -> QuerySet[Session]:
    """Sessions of which this person can write down now that the patient cannot come: all of theirs, or of whom they do
    not see, those they lead."""
    found = sessions_to_miss(patient, now)
    return found if patient_visible_to(staff, patient.pk) else _led(found, staff)


def visible_to(staff: Staff) -> QuerySet[CannotCome]:
    """What was said of whom this person sees, and of the sessions they lead, as these are planned now; also what was
    taken back."""
    theirs = Q(patient__in=patients_visible_to(staff))
    if staff.has_role(Role.COUNSELOR, Role.DIRECTOR):
        theirs |= Q(session__leader=staff) | Q(session__co_leader=staff)
    rows = CannotCome.objects.filter(theirs, session__cancelled_at=None, starts_at=F("session__starts_at"))
    return rows.select_related("session__group", "patient", "recorded_by")


def open_of(staff: Staff, patient: Patient, now: datetime) -> QuerySet[CannotCome]:
    """Of this patient what can still be judged or taken back, the first session first."""
    confirmed = Attendance.objects.filter(
        session=OuterRef("session"), patient=OuterRef("patient"), confirmed_at__isnull=False
    )
    rows = visible_to(staff).filter(~Exists(confirmed), patient=patient, taken_back_at=None)
    return rows.filter(session__ends_at__gt=now - SHOWN_FOR).order_by("starts_at")


def _led(sessions: QuerySet[Session], staff: Staff) -> QuerySet[Session]:
    if not staff.has_role(Role.COUNSELOR, Role.DIRECTOR):
        return sessions.none()
    return sessions.filter(Q(leader=staff) | Q(co_leader=staff))
