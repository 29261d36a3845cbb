"""Directors who change the same thing at the same moment, in real transactions on real connections."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.tests.at_once import all_at_once, while_open
from stepdown.outreach.models import Message
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.models import Group
from stepdown.placement.services_pairs import pair_up
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import queries, services_session
from stepdown.timetable.models import Closure, GroupChange, Session
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.services_closures import close_center
from stepdown.timetable.services_group import FIELDS, change_group
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group():
    group = GroupFactory(opened_on=timezone.localdate())
    extend_timetable(group=group)
    SeatFactory(group=group, accepted=True)
    return group


def refusals(results):
    return [str(one) for one in results if isinstance(one, RuleBroken)]


def test_of_those_who_change_one_session_at_once_one_is_heard_and_the_others_look_again(group):
    director = StaffFactory()
    session = queries.sessions_of_group(group, timezone.now() + timedelta(days=7)).first()
    on = session.starts_at + timedelta(hours=2)
    acts = [
        lambda n=n: services_session.move_session(
            session=Session.objects.get(pk=session.pk), starts_at=on + timedelta(minutes=n), seen=0, by=director
        )
        for n in range(4)
    ]
    acts += [lambda: services_session.cancel_session(session=session, why="Snow", seen=0, by=director)] * 2
    results = all_at_once(acts)
    assert len(refusals(results)) == len(acts) - 1
    assert {said.split(".")[0] for said in refusals(results)} <= {
        "This session was changed meanwhile, by someone else or in another window",
        "This session is called off",
        "This session is called off already",
    }
    session.refresh_from_db()
    assert session.revision == 1
    assert Message.objects.exclude(patient=None).count() == 1


def test_of_those_who_change_one_group_at_once_one_is_heard(group):
    director, seen = StaffFactory(), queries.seen_as(group)
    on = timezone.localdate() + timedelta(days=7)

    def act(hour):
        fields = {name: getattr(group, name) for name in FIELDS} | {"starts_at": time(hour)}
        return change_group(group=group, from_on=on, seen=seen, by=director, **fields)

    results = all_at_once([lambda h=h: act(h) for h in (13, 14, 15, 16)])
    assert len(refusals(results)) == 3
    change = GroupChange.objects.get()
    hours = {s.starts_at.astimezone(group.zone).time() for s in group.sessions.filter(service_date__gte=on)}
    assert hours == {change.starts_at}


def test_of_closures_that_overlap_at_once_one_is_stored_and_calls_off_each_session_once(group):
    director, on = StaffFactory(), timezone.localdate() + timedelta(days=7)
    acts = [
        lambda n=n: close_center(
            name=f"Days {n}", first_on=on + timedelta(days=n), last_on=on + timedelta(days=7), by=director
        )
        for n in range(4)
    ]
    results = all_at_once(acts)
    assert len(refusals(results)) == 3
    closure = Closure.objects.get()
    assert set(Session.objects.exclude(cancelled_at=None).values_list("closure", "revision")) == {(closure.pk, 1)}


def test_of_two_sessions_at_once_that_book_one_counselor_in_two_places_one_is_kept():
    counselor, groups, at = StaffFactory(), [GroupFactory(), GroupFactory()], timezone.now() + timedelta(days=3)
    acts = [
        lambda: _booked(group=groups[0], starts_at=at, leader=counselor),
        lambda: _booked(group=groups[1], starts_at=at + timedelta(hours=1), co_leader=counselor),
    ]
    results = all_at_once(acts)
    said = "This counselor already leads a group at that time. Choose another time or another counselor."
    assert refusals(results) == [said]
    assert Session.objects.count() == 1


def _booked(**fields):
    with rules_speak():
        return SessionFactory(**fields)


def test_a_leader_given_a_group_waits_for_the_seat_of_whom_they_are_kept_apart_from():
    group, counselor, episode = GroupFactory(), StaffFactory(), EpisodeFactory()
    pair_up(patient=episode.patient, staff=counselor, kind="relatives", by=counselor)

    def give():
        with rules_speak():
            Group.objects.filter(pk=group.pk).update(co_leader=counselor)

    with pytest.raises(RuleBroken) as refusal:
        while_open(lambda: SeatFactory(group=group, episode=episode, accepted=True), give)
    assert refusal.value.rule == "kept_apart"
