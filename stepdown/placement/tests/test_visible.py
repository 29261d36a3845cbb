"""Whom a counselor sees: who sits with them now or later, and for a while whose seat with them ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.people.models import Role
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.placement.queries import patients_visible_to, visible
from stepdown.placement.queries.visible import HANDOVER
from stepdown.placement.tests.factories import SeatFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def counselor():
    return StaffFactory()


@pytest.fixture
def episode():
    return EpisodeFactory(active=True)


def sits(episode, leader, begins, ends=None, **fields):
    """A seat with that leader, from and until so many days from now."""
    now = timezone.now()
    fields = {"accepted": True, "starts_at": now + begins * DAY, "ends_at": now + ends * DAY if ends else None} | fields
    return SeatFactory(episode=episode, group__leader=leader, **fields)


def sees(staff, episode):
    return patients_visible_to(staff).filter(pk=episode.patient_id).exists()


@pytest.mark.parametrize(("begins", "ends"), [(-9, None), (-9, 9), (9, None), (-9, -1)])
def test_a_counselor_sees_who_sits_with_them_now_or_later_or_sat_lately(counselor, episode, begins, ends):
    sits(episode, counselor, begins, ends)
    assert sees(counselor, episode)


def test_thirty_days_after_the_last_seat_they_see_them_no_more(counselor, episode):
    seat = sits(episode, counselor, -90, -HANDOVER.days + 0.01)
    assert sees(counselor, episode)
    seat.ends_at -= 0.02 * DAY
    seat.save()
    assert not sees(counselor, episode)


def test_who_begins_in_another_group_is_seen_by_its_leader_and_no_longer_by_the_one_before(counselor, episode):
    sits(episode, counselor, -90, -1)
    after = sits(episode, StaffFactory(), -1)
    assert not sees(counselor, episode)
    assert sees(after.group.leader, episode)
    assert sees(StaffFactory(roles=[Role.DIRECTOR]), episode)


def test_a_seat_that_is_to_come_or_was_only_held_takes_nobody_out_of_sight(counselor, episode):
    sits(episode, counselor, -90, -1)
    after = sits(episode, StaffFactory(), 2)
    assert sees(counselor, episode)
    assert sees(after.group.leader, episode)
    after.starts_at, after.accepted_at = timezone.now() - 0.5 * DAY, None
    after.save()
    assert sees(counselor, episode)


def test_the_co_leader_sees_the_same(episode):
    seat = sits(episode, StaffFactory(), -90, -1, group__co_leader=StaffFactory())
    assert sees(seat.group.co_leader, episode)
    sits(episode, StaffFactory(), -1)
    assert not sees(seat.group.co_leader, episode)


def test_who_has_them_on_their_caseload_sees_them_wherever_they_sit(counselor):
    episode = EpisodeFactory(active=True, patient=PatientFactory(counselor=counselor))
    sits(episode, StaffFactory(), -1)
    assert sees(counselor, episode)


def test_who_comes_back_to_a_group_of_theirs_is_seen_again(counselor, episode):
    sits(episode, counselor, -90, -20)
    sits(episode, StaffFactory(), -20, -3)
    assert not sees(counselor, episode)
    sits(episode, counselor, -3)
    assert sees(counselor, episode)


def test_the_sql_of_whom_a_counselor_sees_is_put_together_once(counselor, episode, monkeypatch):
    assert not sees(counselor, episode)
    monkeypatch.setattr(visible, "_ids", None)
    sits(episode, counselor, -9)
    assert sees(counselor, episode)
    assert not sees(StaffFactory(), episode)
