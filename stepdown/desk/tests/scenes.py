"""A group of this evening, its people, and the page of its counselor."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import PatientFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

EVENING = datetime(2026, 3, 11, 17, 48, tzinfo=ZoneInfo("America/Chicago"))


def group_tonight(leader, people=2, minutes=12):
    """A group of that leader that meets in so many minutes, with people who sit there since four weeks."""
    group = GroupFactory(name="Cedar", leader=leader)
    now = timezone.now()
    session = SessionFactory(group=group, starts_at=now + timedelta(minutes=minutes))
    patients = [PatientFactory(first_name=name, last_name="Specimen") for name in ("Walt", "Noor", "Gus")[:people]]
    seats = [
        SeatFactory(
            accepted=True,
            group=group,
            patient=patient,
            episode=EpisodeFactory(patient=patient, active=True),
            starts_at=now - timedelta(weeks=4),
        )
        for patient in patients
    ]
    return session, seats


def day_page(client, staff):
    return sign_in(client, staff).get(reverse("desk:day")).content.decode()
