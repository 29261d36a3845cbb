"""The smallest true attendance: a session that is over, with people who were in its room."""

from datetime import datetime, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stepdown.attendance.models import Attendance
from stepdown.live.models import InboxEvent, Join, Room, SideRoom
from stepdown.people.models import Patient
from stepdown.placement.models import Group, Seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory


class AttendanceFactory(DjangoModelFactory):
    """Someone who was there the whole time; AttendanceFactory(missed=True) was not."""

    class Meta:
        model = Attendance

    class Params:
        missed = factory.Trait(status=Attendance.Status.NO_SHOW, minutes=0)
        confirmed = factory.Trait(
            confirmed_minutes=factory.SelfAttribute("minutes"),
            confirmed_at=factory.LazyFunction(timezone.now),
            confirmed_by=factory.SelfAttribute("session.leader"),
        )

    seat = factory.SubFactory(SeatFactory, accepted=True)
    session = factory.SubFactory(SessionFactory, group=factory.SelfAttribute("..seat.group"))
    patient = factory.SelfAttribute("seat.patient")
    status = Attendance.Status.PRESENT
    minutes = 160


def session_over(ago: timedelta = timedelta(hours=1), group: Group | None = None, **fields: object) -> Session:
    """A three-hour session that ended that long ago; its room was open."""
    ends_at = timezone.now().replace(second=0, microsecond=0) - ago
    session = SessionFactory(group=group or GroupFactory(), starts_at=ends_at - timedelta(hours=3), **fields)
    Room.objects.create(session=session, server="media-1", opened_by=session.leader, opened_at=session.starts_at)
    return session


def seated(session: Session, **person: object) -> Patient:
    """A patient whose accepted seat covers the session."""
    fields = {f"episode__patient__{name}": value for name, value in person.items()}
    seat: Seat = SeatFactory(
        group=session.group, accepted=True, starts_at=session.starts_at - timedelta(days=30), **fields
    )
    return seat.patient


def was_in(
    session: Session, patient: Patient, start: int = 0, end: int = 180, side_room: SideRoom | None = None
) -> Join:
    """The patient was in the room, or that side room, from minute `start` to minute `end` of the session, as a witness
    saw it."""
    join = Join.objects.create(session=session, patient=patient, side_room=side_room)
    for kind, minute in ((InboxEvent.Kind.ARRIVED, start), (InboxEvent.Kind.LEFT, end)):
        saw(join, kind, session.starts_at + timedelta(minutes=minute))
    return join


def saw(join: Join, kind: str, at: datetime) -> None:
    InboxEvent.objects.create(
        source=InboxEvent.Source.SIGNALING, emitter="test", kind=kind, session=join.session, join=join, at=at
    )
