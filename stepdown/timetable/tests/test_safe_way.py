"""Whoever is away reaches nobody: a message that a note holds back is told to somebody who is there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.outreach import tasks
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.models import Absence
from stepdown.timetable.services_session import cancel_session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
NOTE = "Never text. My husband reads my phone."


@pytest.fixture
def director():
    return StaffFactory(roles=[Role.DIRECTOR])


@pytest.fixture
def session():
    return SessionFactory(starts_at=timezone.now() + timedelta(days=1))


def away(staff, *, until):
    now = timezone.now()
    Absence.objects.create(staff=staff, starts_at=now - timedelta(days=7), ends_at=now + until, made_by=staff)


def looks(session, by):
    """Whom a session called off is told to in place of the one patient who sits in it."""
    cancel_session(session=session, why="The building is closed.", seen=session.revision, by=by)
    off = Message.objects.get(kind="meeting_off", patient__isnull=False)
    tasks.deliver(message_id=str(off.pk))
    return [look.staff for look in Message.objects.filter(kind="look").select_related("staff")]


@pytest.mark.parametrize("of_the_caseload", [True, False])
def test_a_held_back_message_passes_a_leader_who_is_away(session, director, of_the_caseload):
    counselor = StaffFactory() if of_the_caseload else None
    patient = PatientFactory(safe_contact_note=NOTE, counselor=counselor)
    SeatFactory(group=session.group, patient=patient, accepted=True)
    away(session.leader, until=timedelta(days=14))
    assert looks(session, director) == [counselor or director]


def test_a_leader_who_is_not_away_any_more_is_told(session, director):
    SeatFactory(group=session.group, patient=PatientFactory(safe_contact_note=NOTE), accepted=True)
    away(session.leader, until=timedelta(0))
    assert looks(session, director) == [session.leader]
