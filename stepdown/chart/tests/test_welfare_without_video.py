"""Who was lost with the video is not searched for while nobody can see them, and is when it is back without them.

Source: RULE PROG-06.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.attendance.services import confirm, draw_up
from stepdown.attendance.tests.factories import saw, seated
from stepdown.chart import services_welfare
from stepdown.chart.models import Missed
from stepdown.chart.tests.plans import in_group
from stepdown.live.models import Admittance, Attempt, Room, VideoAway
from stepdown.live.tests.factories import DoorCheckFactory, JoinFactory, RoomFactory
from stepdown.people.tests.factories import CenterFactory
from stepdown.placement.models import Seat
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat() -> Seat:
    CenterFactory()
    return in_group()


@pytest.fixture
def session(seat) -> Session:
    """It began eleven minutes ago; three minutes before that its media server died, and none has answered since."""
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(minutes=11))
    RoomFactory(session=session, opened_at=session.starts_at - timedelta(minutes=20))
    VideoAway.objects.create(session=session, since=at(session, -3))
    return session


def at(session, minute):
    """In minutes from the start."""
    return session.starts_at + timedelta(minutes=minute)


def was_in(session, patient, came, gone, how="server_died"):
    join = JoinFactory(session=session, patient=patient, at=at(session, came))
    saw(join, "arrived", at(session, came))
    saw(join, how, at(session, gone))


def let_in(session, patient, minute):
    Admittance.objects.create(session=session, patient=patient, at=at(session, minute), by=session.leader)


def back(session, minute):
    VideoAway.objects.filter(session=session).update(ended_at=at(session, minute))


def searched_for(session, minute=11):
    services_welfare.keep(now=at(session, minute))
    return set(Missed.objects.values_list("patient", flat=True))


def test_whose_media_server_died_is_not_searched_for_while_there_is_no_video(session, seat):
    was_in(session, seat.patient, -10, -3)
    assert searched_for(session) == searched_for(session, 100) == set()
    assert not Attempt.objects.exists()


def test_who_never_came_or_left_before_is_searched_for_also_then(session, seat):
    left, left_anew = seated(session), seated(session)
    was_in(session, left, -10, -6, how="left")
    was_in(session, left_anew, -10, -8)
    was_in(session, left_anew, -8, -6, how="left")
    assert searched_for(session) == {seat.patient.pk, left.pk, left_anew.pk}


def test_who_is_not_back_ten_minutes_after_the_video_is_searched_for(session, seat):
    here_again = seated(session)
    for patient in (seat.patient, here_again):
        was_in(session, patient, -10, -3)
    back(session, 30)
    saw(JoinFactory(session=session, patient=here_again, at=at(session, 31)), "arrived", at(session, 31))
    assert searched_for(session, 39) == set()
    assert searched_for(session, 40) == {seat.patient.pk}


def test_who_was_let_in_without_video_came(session, seat):
    """Nobody who is let in waits at the door, and nobody comes in without a media server."""
    expected = seated(session)
    let_in(session, seat.patient, 0)
    let_in(session, expected, -10)
    DoorCheckFactory(session=session, patient=expected, at=at(session, 0))
    never_came = seated(session)
    let_in(session, never_came, -10)
    assert searched_for(session) == {never_came.pk}


@pytest.mark.parametrize(("until", "missed"), [(180, False), (60, False), (30, True)])
def test_after_a_group_without_video_somebody_says_first_who_missed_it(session, seat, until, missed):
    """In minutes from the start; the room was ended after an hour, unless video was away to the planned end."""
    never_came = seated(session)
    was_in(session, seat.patient, -10, -3)
    back(session, until)
    over = at(session, 180 if until == 180 else 60)
    Room.objects.update(ended_at=over)
    draw_up(session=session, now=at(session, 181))
    assert searched_for(session, 182) == {never_came.pk, *([seat.patient.pk] if missed else [])}
    confirm(session=session, by=session.leader, now=at(session, 183))
    assert searched_for(session, 184) == {never_came.pk, seat.patient.pk}


def test_who_was_let_in_without_video_to_the_end_is_searched_for_once_somebody_confirms_it(session, seat):
    expected, sent_out = seated(session), seated(session)
    let_in(session, seat.patient, 0)
    let_in(session, expected, -10)
    DoorCheckFactory(session=session, patient=expected, at=at(session, 0))
    let_in(session, sent_out, 0)
    Admittance.objects.filter(patient=sent_out).update(sent_out_at=at(session, 1))
    back(session, 180)
    Room.objects.update(ended_at=at(session, 180))
    draw_up(session=session, now=at(session, 181))
    assert searched_for(session, 182) == {sent_out.pk}
    confirm(session=session, by=session.leader, now=at(session, 183))
    assert searched_for(session, 184) == {sent_out.pk, seat.patient.pk, expected.pk}


def test_who_missed_it_is_searched_for_also_when_that_is_confirmed_days_later(session, seat):
    was_in(session, seat.patient, -10, -3)
    back(session, 180)
    Room.objects.update(ended_at=at(session, 180))
    draw_up(session=session, now=at(session, 181))
    days = 5 * 24 * 60
    assert searched_for(session, days) == set()
    confirm(session=session, by=session.leader, now=at(session, days + 1))
    assert searched_for(session, days + 2) == {seat.patient.pk}


@pytest.mark.parametrize(("gap", "missed"), [(0.5, False), (9, False), (11, True)])
def test_a_short_return_of_the_video_has_nobody_in_the_standby_room_searched_for(session, seat, gap, missed):
    let_in(session, seat.patient, 0)
    back(session, 20)
    VideoAway.objects.create(session=session, since=at(session, 20 + gap))
    assert (searched_for(session, 40) == {seat.patient.pk}) is missed
