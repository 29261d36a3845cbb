"""The waitlist and the chain of offers that empties it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import all_at_once
from stepdown.outreach.models import Message
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.placement import services, services_chain, services_waitlist
from stepdown.placement.errors import ChainMoved
from stepdown.placement.models import Seat, Waiting
from stepdown.placement.queries import waitlist
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.transitions.services import discharge

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return StaffFactory()


def full_group(free=0, *, hours=24):
    """A group of three chairs, of which so many are free, that meets next in so many hours."""
    group = GroupFactory(chairs=3)
    SessionFactory(group=group, starts_at=timezone.now() + timedelta(hours=hours))
    for _ in range(3 - free):
        SeatFactory(group=group, accepted=True)
    return group


def waiting(staff, *, days=0, urgency=None, **fields):
    """Somebody on the waitlist who waits for so many days."""
    episode = EpisodeFactory(planned_at=timezone.now() - timedelta(days=days), **fields)
    services_waitlist.put_on_waitlist(episode=episode, by=staff)
    if urgency:
        services_waitlist.set_urgency(episode=episode, urgency=urgency, why="Said so.", by=staff)
    episode.refresh_from_db()
    return episode


def run():
    return services_chain.offer_free_chairs(timezone.now())


def offered(group):
    return [seat.episode for seat in group.seats.filter(offered_by=None).order_by("offered_at")]


def test_whoever_is_put_on_the_waitlist_waits_since_they_were_decided_for(staff):
    episode = waiting(staff, days=5)
    assert episode.status == Episode.Status.WAITLIST
    assert episode.waiting.since == episode.planned_at


def test_how_urgent_it_is_follows_from_the_assessment(staff):
    assessment = AssessmentFactory(finished=True)
    assessment.answers["withdrawal"]["pregnant"] = True
    assessment.save()
    episode = waiting(staff, assessment=assessment)
    assert (episode.waiting.urgency, episode.waiting.reasons[0]) == (1, "Pregnant.")


def test_who_has_an_offer_is_not_put_on_the_waitlist(staff):
    episode = SeatFactory().episode
    with pytest.raises(RuleBroken, match="have a seat or an offer already"):
        services_waitlist.put_on_waitlist(episode=episode, by=staff)


def test_whoever_is_put_on_twice_keeps_what_staff_said_of_the_urgency(staff):
    episode = waiting(staff, urgency=1)
    services_waitlist.put_on_waitlist(episode=episode, by=staff)
    assert Waiting.objects.get(episode=episode).urgency == 1


def test_urgency_is_set_with_a_reason_only(staff):
    episode = waiting(staff)
    with pytest.raises(RuleBroken, match="Say why it is more or less urgent"):
        services_waitlist.set_urgency(episode=episode, urgency=1, why=" ", by=staff)


def test_the_most_urgent_is_offered_the_chair_and_of_these_who_waits_longest(staff):
    group = full_group(free=1)
    waiting(staff, days=30)
    first = waiting(staff, days=9, urgency=1)
    waiting(staff, days=2, urgency=1)
    assert run() == 1
    assert offered(group) == [first]


def test_groups_that_suit_nobody_who_waits_keep_no_group_from_being_looked_at(staff, monkeypatch):
    """However many they are, and however soon they meet."""
    monkeypatch.setattr(waitlist, "GROUPS_AT_ONCE", 1)
    full_group(free=1, hours=2).leader.licenses.update(state="WY")
    group = full_group(free=1, hours=48)
    episode = waiting(staff)
    assert run() == 1
    assert offered(group) == [episode]


def test_a_chair_that_is_offered_by_itself_is_held_for_24_hours_and_the_person_told(staff):
    now = datetime(2026, 3, 3, 12, tzinfo=ZoneInfo("America/Chicago"))
    with time_machine.travel(now, tick=False):
        group, episode = full_group(free=1), waiting(staff, patient__time_zone="America/Chicago")
        run()
        seat = group.seats.get(episode=episode)
    assert (seat.held_until, seat.offered_by) == (now + timedelta(hours=24), None)
    assert Message.objects.filter(patient=episode.patient, kind=Message.Kind.SEAT_OFFER).count() == 1


def test_an_offer_made_at_night_counts_from_the_morning_in_which_it_is_told(staff):
    night = datetime(2026, 3, 3, 23, 15, tzinfo=ZoneInfo("America/Chicago"))
    with time_machine.travel(night, tick=False):
        group, episode = full_group(free=1), waiting(staff, patient__time_zone="America/Chicago")
        run()
        seat = group.seats.get(episode=episode)
    assert seat.held_until == datetime(2026, 3, 5, 8, tzinfo=ZoneInfo("America/Chicago"))


def test_no_chair_is_offered_while_none_is_free(staff):
    full_group()
    waiting(staff)
    assert run() == 0


def test_who_is_admitted_and_not_on_the_waitlist_is_offered_nothing_by_itself():
    full_group(free=1)
    EpisodeFactory()
    assert run() == 0


def ends_by_discharge(group, staff):
    seat = group.seats.accepted().first()
    Episode.objects.filter(pk=seat.episode_id).update(planned_at=timezone.now() - timedelta(days=60))
    discharge(episode=seat.episode, status=Episode.Status.COMPLETED, note="Done.", by=staff)


def ends_by_a_move(group, staff):
    other = full_group(free=1, hours=12)
    services.move_seat(seat=group.seats.accepted().first(), group=other, reason="Closer to work.", by=staff)


@pytest.mark.parametrize("frees", [ends_by_discharge, ends_by_a_move])
def test_a_chair_that_frees_is_offered_at_the_next_minute(staff, frees):
    group = full_group()
    episode = waiting(staff)
    frees(group, staff)
    run()
    assert offered(group) == [episode]


@pytest.mark.parametrize("give_back", ["decline", "lapse", "withdraw"])
def test_after_a_no_the_next_is_asked_and_the_first_never_again_by_itself(staff, give_back):
    group = full_group(free=1)
    first, second = waiting(staff, days=3), waiting(staff, days=2)
    run()
    seat = group.seats.get(episode=first)
    if give_back == "decline":
        services.decline_seat(seat=seat, by=first.patient)
    elif give_back == "withdraw":
        services.withdraw_seat(seat=seat, by=staff)
    later = seat.held_until + timedelta(minutes=1) if give_back == "lapse" else timezone.now()
    SessionFactory(group=group, starts_at=later + timedelta(days=2))
    with time_machine.travel(later):
        run()
        assert offered(group) == [first, second]
        services.decline_seat(seat=group.seats.get(episode=second), by=second.patient)
        assert run() == 0


def test_who_said_no_to_one_group_is_still_offered_another(staff):
    group, episode = full_group(free=1), waiting(staff)
    run()
    services.decline_seat(seat=group.seats.get(episode=episode), by=episode.patient)
    other = full_group(free=1)
    run()
    assert offered(other) == [episode]


def test_a_yes_takes_them_off_the_waitlist(staff):
    group, episode = full_group(free=1), waiting(staff)
    run()
    services.accept_seat(seat=group.seats.get(episode=episode), by=episode.patient)
    episode.refresh_from_db()
    assert episode.status == Episode.Status.ACTIVE


@pytest.mark.parametrize(
    "person",
    [
        {"bands": ["morning"]},
        {"days_away": [2]},
        {"patient": "in Texas"},
    ],
    ids=lambda person: next(iter(person)),
)
def test_what_does_not_fit_is_never_offered(staff, person):
    group = full_group(free=1)
    if "patient" in person:
        person = {"patient": PatientFactory(state="TX")}
    waiting(staff, urgency=1, **person)
    second = waiting(staff, days=1)
    run()
    assert offered(group) == [second]


def test_two_free_chairs_are_offered_to_two_people_and_no_one_is_offered_two(staff):
    group, other = full_group(free=1), full_group(free=1)
    people = {waiting(staff), waiting(staff)}
    assert run() == 2
    assert {*offered(group), *offered(other)} == people


def test_a_stopped_chain_offers_nothing_until_it_is_started(staff):
    group, episode = full_group(free=1), waiting(staff)
    services_chain.stop_chain(group=group, reason="The leader is ill.", by=staff)
    assert run() == 0
    with pytest.raises(ChainMoved):
        services_chain.offer_next(episode=episode, group=group)
    services_chain.start_chain(group=group, by=staff)
    assert run() == 1


def test_a_chain_is_stopped_with_a_reason_and_once(staff):
    group = full_group()
    with pytest.raises(RuleBroken, match="Say why the offers stop"):
        services_chain.stop_chain(group=group, reason=" ", by=staff)
    services_chain.stop_chain(group=group, reason="Ill.", by=staff)
    with pytest.raises(RuleBroken, match="stopped already"):
        services_chain.stop_chain(group=group, reason="Ill.", by=staff)


def test_who_is_passed_over_comes_again_when_that_is_taken_back(staff):
    group = full_group(free=1)
    first, second = waiting(staff, days=2), waiting(staff, days=1)
    skip = services_chain.skip_person(group=group, episode=first, reason="Knows the leader.", by=staff)
    run()
    assert offered(group) == [second]
    services.decline_seat(seat=group.seats.get(episode=second), by=second.patient)
    services_chain.end_skip(skip=skip, by=staff)
    run()
    assert offered(group) == [second, first]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_offer_each_chair_once_and_nobody_two():
    staff = StaffFactory()
    groups = [full_group(free=1), full_group(free=2)]
    people = [waiting(staff, days=n) for n in range(5)]
    all_at_once([run] * 4)
    seats = Seat.objects.filter(offered_by=None)
    assert seats.count() == 3
    assert {seat.episode for seat in seats} <= set(people)
    assert len({seat.episode_id for seat in seats}) == 3
    assert Message.objects.filter(kind=Message.Kind.SEAT_OFFER).count() == 3
    assert [group.seats.standing().count() for group in groups] == [3, 3]
