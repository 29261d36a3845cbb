"""Whose chair is empty, since when, and what was done to reach them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from stepdown.live import queries
from stepdown.live.models import Admittance, Attempt
from stepdown.people.models import Patient
from stepdown.timetable.cannot_come import told_of
from stepdown.timetable.models import CannotCome, Session

TEXT_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True)
class MissingRow:
    """A patient whose chair is empty. `phone` is where they said to call back today, else their own number.
    `left_at`: when they were last in the room, None when they have not been. `sent_out_at`: when a leader sent them
    out, while they are not let in again. `attempts`: oldest first. `told`: that they cannot come, while they
    have not come all the same."""

    patient: Patient
    phone: str
    minutes_late: int
    left_at: datetime | None
    sent_out_at: datetime | None
    checked_in: bool
    attempts: list[Attempt]
    told: CannotCome | None = None

    @property
    def open_call(self) -> Attempt | None:
        """The last call, while nobody has said what came of it."""
        calls = [one for one in self.attempts if one.how == Attempt.How.CALL]
        return calls[-1] if calls and not calls[-1].outcome else None

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        return outcomes()

    @property
    def texted_lately(self) -> bool:
        return any(one.how == Attempt.How.TEXT and is_lately(one, timezone.now()) for one in self.attempts)


def outcomes() -> list[tuple[str, str]]:
    """What can have come of a call."""
    return [(outcome.value, str(outcome.label)) for outcome in Attempt.Outcome]


def number_of(session: Session, patient: Patient) -> str:
    """Where they said to be called back at the door of this session, else their own number. One query."""
    check = queries.door_checks(session).get(patient.pk)
    return check.callback_phone if check else patient.phone


def is_lately(text: Attempt, now: datetime) -> bool:
    """Whether another text would come too soon after this one."""
    return now - text.at < TEXT_AGAIN


def sent_out_at(session: Session) -> dict[UUID, datetime]:
    """patient id -> when a leader last sent them out, of those who were not let in again since. One query."""
    rows = Admittance.objects.filter(queries.SINCE_DOOR_OPENED, session=session).order_by(
        F("sent_out_at").asc(nulls_last=True)
    )
    last = dict(rows.values_list("patient", "sent_out_at"))  # of several the latest
    return {patient: out_at for patient, out_at in last.items() if out_at}


def missing_rows(
    session: Session,
    now: datetime,
    presence: queries.Presence | None = None,
    told: dict[UUID, CannotCome] | None = None,
) -> list[MissingRow]:
    """Everyone missing, by chair; in four queries, and more when nobody has read yet who is there (four) and who told
    us that they cannot come (one)."""
    presence = presence or queries.presence(session)
    checks = queries.door_checks(session)
    attempts = queries.attempts(session)
    left = queries.left_at(session)
    told = told_of(session) if told is None else told
    sent_out = sent_out_at(session)
    late = max(0, int((now - session.starts_at).total_seconds() // 60))
    return [
        MissingRow(
            patient=seat.patient,
            phone=checks[seat.patient_id].callback_phone if seat.patient_id in checks else seat.patient.phone,
            minutes_late=late,
            left_at=left.get(seat.patient_id),
            sent_out_at=sent_out.get(seat.patient_id),
            checked_in=seat.patient_id in checks,
            attempts=attempts.get(seat.patient_id, []),
            told=None if seat.patient_id in left else told.get(seat.patient_id),
        )
        for seat in presence.missing
    ]
