"""Twenty people at the same moment, in real transactions on real connections."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import AT_ONCE, RuleBroken
from stepdown.kernel.tests.at_once import all_at_once
from stepdown.outreach.models import Message
from stepdown.placement import services
from stepdown.placement.errors import GroupFull
from stepdown.placement.models import Seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20


def full_but_for_one():
    group = GroupFactory()
    SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=1))
    for _ in range(9):
        SeatFactory(group=group, accepted=True)
    return group


def test_of_twenty_offers_of_the_last_seat_one_wins_and_nineteen_get_the_sentence():
    group = full_but_for_one()
    episodes = [EpisodeFactory() for _ in range(PEOPLE)]
    acts = [lambda e=e: services.offer_seat(episode=e, group=group, by=group.leader) for e in episodes]
    results = all_at_once(acts)
    assert sum(isinstance(r, Seat) for r in results) == 1
    refusals = [r for r in results if not isinstance(r, Seat)]
    assert {type(r) for r in refusals} == {GroupFull}
    assert {str(r) for r in refusals} == {
        f"{group.name} has no free chair for the whole time. Choose another group or a later start."
    }
    assert group.seats.standing().count() == 10


def test_of_twenty_that_take_the_last_chair_past_the_services_lock_the_database_lets_one_in():
    group = full_but_for_one()
    start = group.sessions.get().starts_at
    episodes = [EpisodeFactory() for _ in range(PEOPLE)]

    def take(episode):
        now = timezone.now()
        fields = {"offered_at": now, "offered_by": group.leader, "held_until": now, "accepted_at": now}
        return services._take_chair(group, start, None, episode=episode, **fields)

    results = all_at_once([lambda e=e: take(e) for e in episodes])
    assert sum(isinstance(r, Seat) for r in results) == 1
    refusals = [r for r in results if not isinstance(r, Seat)]
    # Two that wait for each other, as nobody does behind the services' lock, are parted by the database.
    assert all(isinstance(r, GroupFull) or str(r) == AT_ONCE for r in refusals)
    assert any(isinstance(r, GroupFull) for r in refusals)


def test_of_twenty_offers_of_different_groups_to_one_person_one_wins():
    groups = [GroupFactory() for _ in range(PEOPLE)]
    for group in groups:
        SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=1))
    episode = EpisodeFactory()
    acts = [lambda g=g: services.offer_seat(episode=episode, group=g, by=g.leader) for g in groups]
    results = all_at_once(acts)
    assert sum(isinstance(r, Seat) for r in results) == 1
    refusals = [r for r in results if not isinstance(r, Seat)]
    assert {type(r) for r in refusals} == {RuleBroken}
    assert {r.rule for r in refusals} == {"patient_sits_once"}


def test_twenty_taps_on_accept_accept_once():
    group = full_but_for_one()
    seat = services.offer_seat(episode=EpisodeFactory(), group=group, by=group.leader)
    results = all_at_once([lambda: services.accept_seat(seat=seat, by=seat.patient)] * PEOPLE)
    assert all(isinstance(r, Seat) for r in results)
    assert len({r.accepted_at for r in results}) == 1
    assert seat.episode.level_stays.count() == 1


def test_accepting_and_declining_at_once_leaves_one_answer():
    group = full_but_for_one()
    seat = services.offer_seat(episode=EpisodeFactory(), group=group, by=group.leader)
    acts = [
        lambda: services.accept_seat(seat=seat, by=seat.patient),
        lambda: services.decline_seat(seat=seat, by=seat.patient),
    ]
    results = all_at_once(acts)
    seat.refresh_from_db()
    assert sum(isinstance(r, Seat) for r in results) == 1
    assert (seat.accepted_at is None) != (seat.released_at is None)


def test_two_clicks_on_offer_hold_one_chair_and_send_one_message():
    group, episode = full_but_for_one(), EpisodeFactory()
    results = all_at_once([lambda: services.offer_seat(episode=episode, group=group, by=group.leader)] * 2)
    assert results[0] == results[1]
    assert Message.objects.filter(patient=episode.patient).count() == 1
