"""Somebody with as long a history as wanted, written in bulk: for counting queries, and for measuring."""

from datetime import timedelta

from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.chart.models import GroupNote, NotePart, ReturnResponse, ReturnToUse
from stepdown.chart.tests.plans import in_group, signed_by_both
from stepdown.chart.tests.safety import safety_plan
from stepdown.live.models import DoorCheck
from stepdown.measures.models import Administration, CheckIn, Scoring
from stepdown.people.models import Staff
from stepdown.placement.models import Seat
from stepdown.timetable.models import Session

THREE_HOURS = timedelta(hours=3)
WORDS = "Spoke about an argument at home and found {n} ways to leave the room before it grows."
EVERY = 5  # a questionnaire and a return to use after so many sessions


def with_history(leader: Staff, *, notes: int, check_ins: int) -> Seat:
    """One session a day for so many days, each with its note, its door and its attendance, and check-ins between."""
    seat = in_group(leader, days=notes + 1)
    signed_by_both(seat)
    safety_plan(seat.patient)
    sessions = _sessions(seat, notes)
    rows = _attendances(seat, sessions)
    _notes(seat, sessions, rows)
    patient, places = seat.patient, {"address": "1200 Example Street, Norman, OK", "state": "OK"}
    DoorCheck.objects.bulk_create(
        DoorCheck(
            session=session, patient=patient, at=session.starts_at, callback_phone=patient.phone, alone=True,
            craving=n % 11, mood="ok", used_since=n % 40 == 0, **places,
        )
        for n, session in enumerate(sessions)
    )  # fmt: skip
    step = timedelta(days=notes) / max(1, check_ins)
    CheckIn.objects.bulk_create(
        CheckIn(patient=patient, at=timezone.now() - step * n, craving=n % 11, mood="low", words="A long day.")
        for n in range(check_ins)
    )
    _measures(seat, sessions[::EVERY])
    events = ReturnToUse.objects.bulk_create(
        ReturnToUse(patient=patient, on=session.service_date, learned="told", due_at=session.ends_at)
        for session in sessions[:: EVERY * 2]
    )
    *answered, _waits = events
    ReturnResponse.objects.bulk_create(
        ReturnResponse(event=event, steps=["plan"], words="Looked at the plan together.", safety_seen=True, by=leader)
        for event in answered
    )
    return seat


def _sessions(seat: Seat, count: int) -> list[Session]:
    group, now = seat.group, timezone.now()
    begun = [now - timedelta(days=days, hours=4) for days in range(count, 0, -1)]
    return Session.objects.bulk_create(
        Session(
            group=group, leader=group.leader, starts_at=at, ends_at=at + THREE_HOURS,
            service_date=at.astimezone(group.zone).date(),
        )
        for at in begun
    )  # fmt: skip


def _attendances(seat: Seat, sessions: list[Session]) -> list[Attendance]:
    leader = seat.group.leader
    return Attendance.objects.bulk_create(
        Attendance(
            session=session, patient=seat.patient, seat=seat, minutes=160, confirmed_minutes=160,
            status=("present", "partial", "no_show")[n % 3], confirmed_at=session.ends_at, confirmed_by=leader,
        )
        for n, session in enumerate(sessions)
    )  # fmt: skip


def _notes(seat: Seat, sessions: list[Session], rows: list[Attendance]) -> None:
    leader = seat.group.leader
    objective = seat.episode.objectives.first()
    notes = GroupNote.objects.bulk_create(
        GroupNote(session=session, author=leader, topic="Cravings", due_at=session.ends_at + timedelta(days=1))
        for session in sessions
    )
    NotePart.objects.bulk_create(
        NotePart(
            note=note, patient=seat.patient, attendance=row, words=WORDS.format(n=n), minutes=160, objective=objective
        )
        for n, (note, row) in enumerate(zip(notes, rows, strict=True))
    )
    GroupNote.objects.filter(pk__in=[note.pk for note in notes]).update(
        signed_at=timezone.now(), signed_as=leader.signature, digest="0" * 64
    )
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(sealed_at=timezone.now())


def _measures(seat: Seat, sessions: list[Session]) -> None:
    asked = [
        Administration(
            patient=seat.patient, instrument=instrument, why="weekly", occasion=f"{session.pk}",
            due_on=session.service_date, started_at=session.starts_at, finished_at=session.starts_at, version="1",
            text_hash="0" * 64, values={"phq9_9": 0} if instrument == "phq-9" else {},
        )
        for session in sessions
        for instrument in ("phq-9", "gad-7", "bam-iop")
    ]  # fmt: skip
    Administration.objects.bulk_create(asked)
    names = {"phq-9": "total", "gad-7": "total", "bam-iop": "risk"}
    Scoring.objects.bulk_create(
        Scoring(administration=each, engine="1", scores={names[each.instrument]: n % 20})
        for n, each in enumerate(asked)
    )
