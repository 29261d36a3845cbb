"""What the database keeps of who leads what, past every service."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.models import Group, Seat
from stepdown.placement.services_pairs import pair_up
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.models import Booking, GroupChange, Session
from stepdown.timetable.services_group import FIELDS
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
IN_AN_HOUR = timedelta(hours=1)


@pytest.fixture
def session():
    """Tomorrow, led by two."""
    return SessionFactory(starts_at=timezone.now() + timedelta(days=1), co_leader=StaffFactory())


def broken_rule(act):
    with pytest.raises(RuleBroken) as refusal, rules_speak():
        act()
    return refusal.value.rule


@pytest.mark.parametrize("has", ["leader", "co_leader"])
@pytest.mark.parametrize("gets", ["leader", "co_leader"])
def test_nobody_leads_or_co_leads_two_sessions_at_once(session, has, gets):
    fields = {"starts_at": session.starts_at + IN_AN_HOUR, gets: getattr(session, has)}
    assert broken_rule(lambda: SessionFactory(**fields)) == "leads_one"


def test_a_session_that_comes_to_meet_another_one_is_refused(session):
    after = SessionFactory(starts_at=session.ends_at, leader=session.co_leader)
    earlier = {"starts_at": F("starts_at") - IN_AN_HOUR}
    assert broken_rule(lambda: Session.objects.filter(pk=after.pk).update(**earlier)) == "leads_one"


def test_a_session_called_off_books_nobody_until_it_is_back(session):
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())
    SessionFactory(starts_at=session.starts_at, leader=session.co_leader)
    assert broken_rule(lambda: Session.objects.filter(pk=session.pk).update(cancelled_at=None)) == "leads_one"


def test_who_stands_in_is_booked_and_who_is_away_is_free(session):
    was, stands_in = session.leader, StaffFactory()
    Session.objects.filter(pk=session.pk).update(leader=stands_in)
    assert set(Booking.objects.values_list("staff", flat=True)) == {stands_in.pk, session.co_leader_id}
    assert SessionFactory(starts_at=session.starts_at, leader=was)


def test_nobody_leads_and_co_leads_one_session(session):
    assert broken_rule(lambda: Session.objects.filter(pk=session.pk).update(co_leader=F("leader"))) == "two_lead"


@pytest.fixture
def apart():
    """(seat, counselor): kept apart from each other."""
    seat, counselor = SeatFactory(accepted=True), StaffFactory()
    pair_up(patient=seat.patient, staff=counselor, kind="relatives", by=counselor)
    return seat, counselor


def planned(group, leader, on):
    fields = {name: getattr(group, name) for name in FIELDS} | {"leader": leader}
    with rules_speak():
        return GroupChange.objects.create(group=group, from_on=on, made_by=leader, **fields)


@pytest.mark.parametrize("place", ["leader", "co_leader"])
def test_nobody_is_given_a_group_of_whom_they_are_kept_apart_from(apart, place):
    seat, counselor = apart
    group = Group.objects.filter(pk=seat.group_id)
    assert broken_rule(lambda: group.update(**{place: counselor})) == "kept_apart"


def test_nor_one_from_a_day_on_while_they_still_sit_there_then(apart):
    seat, counselor = apart
    on = timezone.localdate() + timedelta(days=7)
    assert broken_rule(lambda: planned(seat.group, counselor, on)) == "kept_apart"
    Seat.objects.filter(pk=seat.pk).update(ends_at=timezone.now() + timedelta(days=2))
    assert planned(seat.group, counselor, on)


def test_who_is_kept_apart_from_the_leader_to_be_does_not_sit_down_there(apart):
    seat, counselor = apart
    group, on = GroupFactory(), timezone.localdate() + timedelta(days=7)
    planned(group, counselor, on)
    Seat.objects.filter(pk=seat.pk).update(ends_at=timezone.now())
    after = {"group": group, "episode": seat.episode, "starts_at": timezone.now() + IN_AN_HOUR}
    assert broken_rule(lambda: SeatFactory(**after)) == "kept_apart"
    assert SeatFactory(**after, ends_at=timezone.now() + timedelta(days=2))


def test_a_change_that_was_planned_before_comes_all_the_same():
    seat, counselor = SeatFactory(accepted=True), StaffFactory()
    planned(seat.group, counselor, timezone.localdate())
    pair_up(patient=seat.patient, staff=counselor, kind="relatives", by=counselor)
    assert Group.objects.filter(pk=seat.group_id).update(leader=counselor) == 1
