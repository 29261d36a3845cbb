from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import queries
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 5, 0, 0, tzinfo=UTC)  # Wednesday, March 4, 6 pm Central


def test_the_roster_is_who_accepted_a_seat_that_covers_the_start():
    group = GroupFactory()
    session = SessionFactory(group=group, starts_at=START)
    here = SeatFactory(group=group, accepted=True, starts_at=START)
    SeatFactory(group=group, starts_at=START)  # held
    SeatFactory(group=group, accepted=True, starts_at=START + timedelta(days=1))
    SeatFactory(group=group, accepted=True, starts_at=START - timedelta(days=9), ends_at=START)
    SeatFactory(accepted=True, starts_at=START)  # another group
    assert queries.roster(session) == [here]


def test_the_roster_takes_one_query_however_many_sit(django_assert_num_queries):
    group = GroupFactory()
    session = SessionFactory(group=group, starts_at=START)
    for _ in range(8):
        SeatFactory(group=group, accepted=True)
    with django_assert_num_queries(1):
        names = [(seat.patient.called, seat.chair.number) for seat in queries.roster(session)]
    assert [number for _, number in names] == list(range(1, 9))


def test_a_day_is_the_readers_day():
    session = SessionFactory(starts_at=START)
    central, utc = ZoneInfo("America/Chicago"), ZoneInfo("UTC")
    assert list(queries.sessions_of_day(session.leader, date(2026, 3, 4), central)) == [session]
    assert list(queries.sessions_of_day(session.leader, date(2026, 3, 4), utc)) == []
    assert list(queries.sessions_of_day(None, date(2026, 3, 5), utc)) == [session]


def test_a_co_leader_has_the_session_on_their_day_too():
    session = SessionFactory(starts_at=START, co_leader=StaffFactory())
    assert list(queries.sessions_of_day(session.co_leader, date(2026, 3, 5), ZoneInfo("UTC"))) == [session]
    assert list(queries.sessions_of_day(StaffFactory(), date(2026, 3, 5), ZoneInfo("UTC"))) == []


def test_the_next_session_is_the_one_that_is_on_or_the_first_to_come_within_the_seat():
    group = GroupFactory()
    on, cancelled, later = (SessionFactory(group=group, starts_at=START + timedelta(days=n)) for n in (0, 1, 2))
    cancelled.cancelled_at = START
    cancelled.save()
    seat = SeatFactory(group=group, accepted=True, ends_at=later.ends_at)
    assert queries.next_session_of(seat.patient, START + timedelta(hours=2)) == on
    assert queries.next_session_of(seat.patient, START + timedelta(hours=3)) == later
    assert queries.next_session_of(seat.patient, later.ends_at) is None


def test_a_held_seat_has_no_session_yet():
    group = GroupFactory()
    SessionFactory(group=group, starts_at=START)
    assert queries.next_session_of(SeatFactory(group=group).patient, START) is None


def test_counselors_see_sessions_of_their_groups_and_those_they_stand_in_for():
    own, stands_in = SessionFactory(), SessionFactory(leader=StaffFactory())
    assert set(queries.sessions_visible_to(own.leader)) == {own}
    assert set(queries.sessions_visible_to(stands_in.leader)) == {stands_in}
    assert set(queries.sessions_visible_to(StaffFactory(roles=[Role.DIRECTOR]))) == {own, stands_in}
    assert not queries.sessions_visible_to(StaffFactory(roles=[Role.BILLER])).exists()


def test_the_record_of_a_session_is_for_who_led_it_who_leads_the_group_and_the_director():
    session = SessionFactory(leader=StaffFactory())
    for staff in (session.leader, session.group.leader, StaffFactory(roles=[Role.DIRECTOR])):
        assert session in queries.records_visible_to(staff)
    for staff in (StaffFactory(), StaffFactory(roles=[Role.BILLER, Role.ADMISSIONS])):
        assert session not in queries.records_visible_to(staff)


def test_past_sessions_of_a_patient_are_those_within_their_seats():
    group = GroupFactory()
    before, within = (
        SessionFactory(group=group, starts_at=START - timedelta(days=7)),
        SessionFactory(group=group, starts_at=START),
    )
    seat = SeatFactory(group=group, episode=EpisodeFactory(active=True), accepted=True, starts_at=START)
    assert list(queries.sessions_of_patient(seat.patient)) == [within]
    assert before not in queries.sessions_of_patient(seat.patient)
