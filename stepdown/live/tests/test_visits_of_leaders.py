"""Who observes or supervises a session and comes to lead it: their visit is over."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from stepdown.live import queries, services_visits, tickets, visits
from stepdown.live.light_crowd import Crowd
from stepdown.live.server import store
from stepdown.live.tests.conftest import LiveGroup
from stepdown.live.tests.factories import RoomFactory
from stepdown.live.tests.test_visits import colleague
from stepdown.people.models import Role
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory
from stepdown.timetable import services_absences
from stepdown.timetable.models import Place
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.timetable.tests.test_services_group import change


@pytest.fixture
def session(db):
    CenterFactory()
    return RoomFactory().session


@pytest.mark.parametrize("place", Place.values)
def test_who_observes_a_session_and_is_given_it_observes_it_no_more(session, place):
    ahead = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(days=3), co_leader=StaffFactory())
    given, stays = colleague(ahead, role="observer"), colleague(ahead)
    services_absences.assign(session=ahead, place=place, staff=given.staff, by=StaffFactory(roles=[Role.DIRECTOR]))
    assert visits.expected(ahead) == {stays.pk}


def test_who_was_given_a_session_back_observes_it_no_more(session):
    ahead = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(days=3))
    had, director = ahead.leader, StaffFactory(roles=[Role.DIRECTOR])
    absence = services_absences.mark_absence(staff=had, starts_at=ahead.starts_at, ends_at=ahead.ends_at, by=director)
    services_absences.assign(session=ahead, place=Place.LEADER, staff=StaffFactory(), by=director)
    ahead.refresh_from_db()
    services_visits.name_colleague(session=ahead, staff=had, role="observer", by=director)
    services_absences.take_back_absence(absence=absence, by=director)
    assert visits.expected(ahead) == frozenset()


def test_who_observes_a_session_and_is_given_its_group_observes_it_no_more(db):
    extend_timetable(group=(group := GroupFactory()))
    ahead = group.sessions.latest("starts_at")
    given, stays = colleague(ahead, role="observer"), colleague(ahead)
    change(group, group.leader, from_on=ahead.service_date, leader=given.staff)
    assert visits.expected(ahead) == {stays.pk}


def test_a_director_who_opens_the_room_to_lead_it_supervises_it_no_more(session):
    visit = colleague(session, roles=[Role.DIRECTOR])
    other = colleague(session)
    assert store.read_entry(tickets.read(tickets.issue(session=session, staff=visit.staff))).decision
    assert visits.expected(session) == {other.pk}
    assert not store.read_entry(tickets.read(tickets.issue(session=session, staff=other.staff))).decision
    assert visits.expected(session) == {other.pk}


@pytest.mark.browser
def test_who_comes_to_lead_on_another_device_is_in_the_room_once(crowd: Crowd, group: LiveGroup):
    group.leader()
    visit = colleague(group.session, roles=[Role.DIRECTOR])
    observes = crowd.comes(partial(tickets.issue_for_visit, session=group.session, visit=visit.pk))
    crowd.until(lambda: observes.join, "the supervisor is in")
    leads = crowd.comes(partial(tickets.issue, session=group.session, staff=visit.staff))
    crowd.until(lambda: leads.join and observes.close_code == 1000, "they lead, and their visit is over")
    assert observes.heard("sent_out")
    crowd.until(
        lambda: sorted(one.role for one in queries.people_in(group.session)) == ["leader", "leader"],
        "both who lead are in, and nobody else",
    )
