"""What ends the search for somebody who did not come, and what begins it anew.

Source: RULE PROG-06; program manual, section 6.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.attendance.tests.factories import saw, seated
from stepdown.chart import services_welfare
from stepdown.chart.models import Missed
from stepdown.chart.tests.plans import in_group
from stepdown.live.tests.factories import JoinFactory, RoomFactory
from stepdown.people.models import Patient
from stepdown.people.tests.factories import CenterFactory
from stepdown.placement.models import Seat
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
DAY = 24 * 60


@pytest.fixture
def seat() -> Seat:
    CenterFactory()
    return in_group()


@pytest.fixture
def session(seat) -> Session:
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(minutes=10))
    RoomFactory(session=session, opened_at=session.starts_at - timedelta(minutes=30))
    return session


def at(session, minute):
    """In minutes from the start."""
    return session.starts_at + timedelta(minutes=minute)


def was_in(session, patient, came, gone=None):
    join = JoinFactory(session=session, patient=patient, at=at(session, came))
    saw(join, "arrived", at(session, came))
    if gone is not None:
        saw(join, "left", at(session, gone))


def look(session, *minutes):
    for minute in minutes:
        services_welfare.keep(now=at(session, minute))


def why_over(patient: Patient) -> list[str]:
    """Of each search for them, the oldest first; empty while it is on."""
    return list(Missed.objects.filter(patient=patient).order_by("noticed_at").values_list("over_why", flat=True))


def test_who_was_lost_before_the_start_is_searched_for_whoever_else_is(seat, session):
    yesterday = SessionFactory(group=seat.group, starts_at=at(session, -DAY))
    other = seated(session)
    services_welfare.notice(session=yesterday, patient=other, now=at(yesterday, 10), is_on=False)
    was_in(session, seat.patient, -15, -8)
    look(session, 10, 11)
    assert why_over(seat.patient) == why_over(other) == [""]
