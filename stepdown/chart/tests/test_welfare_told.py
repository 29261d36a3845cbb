"""Nobody searches for who told us that they cannot come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.attendance.services import correct, draw_up
from stepdown.attendance.services_cannot_come import take_back
from stepdown.chart import services_welfare
from stepdown.chart.models import Missed, MissedSession
from stepdown.chart.queries_welfare import last_contact
from stepdown.chart.tests.plans import in_group
from stepdown.live.models import Attempt
from stepdown.live.tests.factories import RoomFactory
from stepdown.people.services import issue_link
from stepdown.people.tests.factories import CenterFactory
from stepdown.timetable.tests.factories import CannotComeFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    CenterFactory()
    seat = in_group()
    issue_link(patient=seat.patient)
    return seat


@pytest.fixture
def session(seat):
    """On for eleven minutes, with an open room."""
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(minutes=11))
    RoomFactory(session=session, opened_at=session.starts_at)
    return session


def keep(at=None):
    services_welfare.keep(now=at or timezone.now())


def test_who_told_us_is_neither_texted_nor_searched_for(seat, session):
    CannotComeFactory(session=session, patient=seat.patient)
    keep()
    assert not Missed.objects.exists()
    assert not Attempt.objects.exists()


def test_a_search_that_is_on_ends_when_they_tell_us(seat, session):
    keep()
    CannotComeFactory(session=session, patient=seat.patient, told_at=timezone.now())
    keep()
    case = Missed.objects.get()
    assert (case.over_why, MissedSession.objects.get().over_why) == ("excused", "excused")


def test_who_is_expected_again_is_searched_for_again(seat, session):
    keep()
    row = CannotComeFactory(session=session, patient=seat.patient, told_at=timezone.now())
    keep()
    take_back(cannot_come=row, by=session.leader)
    keep()
    assert [case.over_why for case in Missed.objects.order_by("noticed_at")] == ["excused", ""]


def test_who_is_recorded_as_missing_it_all_the_same_is_searched_for(seat, session):
    CannotComeFactory(session=session, patient=seat.patient, excused=True)
    over = session.ends_at + timedelta(minutes=5)
    [row] = draw_up(session=session, now=over)
    keep(over)
    assert not Missed.objects.exists()
    correct(attendance=row, minutes=0, reason="No court date.", absence="no_show", by=session.leader, now=over)
    keep(over)
    assert Missed.objects.get().over_at is None


def test_what_they_told_us_themselves_is_a_contact(seat, session):
    for said_by, days in (("patient", 3), ("family", 1)):
        at = timezone.now() - timedelta(days=days)
        other = SessionFactory(group=seat.group, starts_at=at, leader=in_group().group.leader)
        CannotComeFactory(session=other, patient=seat.patient, said_by=said_by, told_at=at)
    assert timezone.now() - last_contact(seat.patient, session.starts_at) > timedelta(days=2)
