"""What ends the search for somebody who did not come, and what begins it anew.

Source: RULE PROG-06; program manual, section 6.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.attendance.services import correct, draw_up, draw_up_ended
from stepdown.attendance.tests.factories import saw, seated
from stepdown.chart import queries_welfare, services_welfare
from stepdown.chart.models import Missed
from stepdown.chart.tests.plans import in_group
from stepdown.live.models import Break, Room
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
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(hours=4))
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


def test_who_was_in_for_less_than_a_minute_is_searched_for(seat, session):
    """Less is no clinical minute, and no minute at all where the media server refused them."""
    refused = seated(session)
    was_in(session, seat.patient, 2, 2.4)
    JoinFactory(session=session, patient=refused, at=at(session, 2))
    look(session, 10, 11)
    assert why_over(seat.patient) == why_over(refused) == [""]
    JoinFactory(session=session, patient=refused, at=at(session, 60))
    was_in(session, seat.patient, 60)
    look(session, 61)
    assert why_over(seat.patient) == ["came_late"]
    assert why_over(refused) == [""]
    draw_up(session=session, now=at(session, 181))
    look(session, 181)
    assert why_over(refused) == [""]


def test_who_is_just_coming_in_is_not_missed(seat, session):
    JoinFactory(session=session, patient=seat.patient, at=at(session, 9.5))
    look(session, 10)
    assert why_over(seat.patient) == []
    look(session, 11)
    assert why_over(seat.patient) == [""]


def test_after_the_end_the_attendance_says_whether_they_came(seat, session):
    """Who was there in a break alone has no clinical minute."""
    corrected = seated(session)
    Break.objects.create(session=session, starts_at=at(session, 60), ends_at=at(session, 70), started_by=session.leader)
    was_in(session, seat.patient, 62, 68)
    was_in(session, corrected, 0, 180)
    draw_up(session=session, now=at(session, 181))
    look(session, 181, 182)
    assert (why_over(seat.patient), why_over(corrected)) == ([""], [])
    row = Attendance.objects.get(patient=corrected)
    correct(attendance=row, minutes=0, reason="A device alone.", by=session.leader, now=at(session, 190))
    look(session, 191, 192)
    assert why_over(corrected) == [""]


def test_what_is_recorded_does_not_keep_on_the_search_for_who_comes_after_it(seat, session):
    """The room was ended by mistake; or it goes on past its planned end."""
    late = seated(session)
    Room.objects.update(ended_at=at(session, 20))
    draw_up(session=session, now=at(session, 21))
    look(session, 22)
    assert why_over(seat.patient) == why_over(late) == [""]
    Room.objects.update(ended_at=None)
    was_in(session, seat.patient, 30)
    look(session, 31)
    assert why_over(seat.patient) == ["came_late"]
    draw_up_ended(now=at(session, 181), since=at(session, -1))
    was_in(session, late, 190)
    look(session, 191)
    assert why_over(late) == ["came_back"]


def test_who_was_excused_by_mistake_is_searched_for_once_that_is_put_right(seat, session):
    draw_up(session=session, now=at(session, 181))
    look(session, 181)
    row = Attendance.objects.get()
    excuse = {"attendance": row, "minutes": 0, "by": session.leader}
    correct(**excuse, absence="excused", reason="In court.", now=at(session, 190))
    look(session, 191, 192)
    assert why_over(seat.patient) == ["excused"]
    correct(**excuse, absence="no_show", reason="It was somebody else.", now=at(session, 200))
    look(session, 201, 202)
    assert why_over(seat.patient) == ["excused", ""]
    assert len(queries_welfare.missed_starts([seat.patient_id], at(session, -1))[seat.patient_id]) == 1


def test_who_came_and_was_lost_at_once_is_searched_for_anew_after_the_group(seat, session):
    look(session, 10)
    join = JoinFactory(session=session, patient=seat.patient, at=at(session, 19.8))
    saw(join, "arrived", at(session, 19.8))
    look(session, 20)
    saw(join, "left", at(session, 20.2))
    look(session, 21)
    assert why_over(seat.patient) == ["came_late"]
    draw_up(session=session, now=at(session, 181))
    look(session, 181, 182)
    assert why_over(seat.patient) == ["came_late", ""]


def test_who_came_after_a_room_was_ended_by_mistake_is_searched_for_once(seat, session):
    Room.objects.update(ended_at=at(session, 20))
    draw_up(session=session, now=at(session, 21))
    look(session, 22)
    Room.objects.update(ended_at=None)
    was_in(session, seat.patient, 30)
    look(session, 31, 32, 180)
    assert why_over(seat.patient) == ["came_late"]
