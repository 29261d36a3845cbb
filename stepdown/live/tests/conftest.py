"""What the room's browser tests share: a crowd of light people, and a group whose session is on."""

from collections.abc import Iterator
from typing import Any

import pytest

from stepdown.live import services, tickets
from stepdown.live.light_client import Crowd, LightPerson
from stepdown.live.tests.factories import patient_at_door
from stepdown.people.models import Patient, Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory
from tests.copies import Copy


@pytest.fixture
def crowd(product: Copy) -> Iterator[Crowd]:
    crowd = Crowd(url=f"ws://127.0.0.1:{product.live_port}/live/", origin=product.url)
    yield crowd
    crowd.close()


class LiveGroup:
    """A session that is on, and how its people come to the door."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.session: Session = SessionFactory()

    def leader(self, **options: Any) -> LightPerson:
        """The session's leader, in the room."""
        person = self.crowd.comes(lambda: tickets.issue(session=self.session, staff=self.session.leader), **options)
        self.crowd.until(lambda: person.join, "the leader is in")
        return person

    def director(self, **options: Any) -> LightPerson:
        """A clinical director, in the room."""
        director = StaffFactory(roles=[Role.DIRECTOR])
        person = self.crowd.comes(lambda: tickets.issue(session=self.session, staff=director), **options)
        self.crowd.until(lambda: person.join, "the director is in")
        return person

    def patient(self, *, let_in: bool = True, **options: Any) -> tuple[Patient, LightPerson]:
        """A patient at the door; in the room, when let in and a leader is there or comes."""
        patient = patient_at_door(self.session)
        if let_in:
            services.let_in(session=self.session, patient=patient, by=self.session.leader)
        return patient, self.comes(patient, **options)

    def comes(self, patient: Patient, **options: Any) -> LightPerson:
        """The patient opens the room, on one more device."""
        return self.crowd.comes(lambda: tickets.issue(session=self.session, patient=patient), **options)


@pytest.fixture
def group(crowd: Crowd) -> LiveGroup:
    return LiveGroup(crowd)
