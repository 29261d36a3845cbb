"""Many people and few chairs at the same moment, and random centers in which nothing may ever break a rule."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepdown.admissions.models import Band
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import all_at_once
from stepdown.people.tests.factories import LicenseFactory, StaffFactory
from stepdown.placement import services, services_chain, services_pairs, services_waitlist
from stepdown.placement.models import Pair, Seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

CHAIRS, PEOPLE = 10, 50


def group_of_ten():
    group = GroupFactory(chairs=CHAIRS)
    SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=1))
    return group


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_are_offered_and_say_yes_at_once_ten_are_seated():
    group, staff = group_of_ten(), StaffFactory()
    people = [EpisodeFactory() for _ in range(PEOPLE)]

    def sit(episode):
        seat = services.offer_seat(episode=episode, group=group, by=staff)
        return services.accept_seat(seat=seat, by=episode.patient)

    results = all_at_once([lambda e=e: sit(e) for e in people])
    assert sum(isinstance(each, Seat) for each in results) == CHAIRS
    assert {type(each).__name__ for each in results if not isinstance(each, Seat)} == {"GroupFull"}
    assert group.seats.accepted().count() == CHAIRS


@pytest.mark.django_db(transaction=True)
def test_of_fifty_yeses_to_offers_of_ten_chairs_ten_are_seated():
    """Forty of the offers have run out, and their chairs were offered anew, when all say yes."""
    group = group_of_ten()
    start, past = group.sessions.get().starts_at, timezone.now() - timedelta(days=3)
    run_out = {"offered_at": past, "starts_at": start, "released_at": past, "released_why": Seat.Release.LAPSED}
    chairs = list(group.chairs.all())
    seats = [SeatFactory(group=group, chair=chairs[n % CHAIRS], **run_out) for n in range(PEOPLE - CHAIRS)]
    seats += [SeatFactory(group=group, chair=chair, starts_at=start) for chair in chairs]
    results = all_at_once([lambda s=s: services.accept_seat(seat=s, by=s.patient) for s in seats])
    assert [each for each in results[-CHAIRS:] if not isinstance(each, Seat)] == []
    assert group.seats.accepted().count() == CHAIRS
    assert group.seats.exclude(accepted_at=None).count() == CHAIRS


STATES = ("MN", "TX")
acts = st.lists(st.sampled_from(["chain", "offer", "yes", "no", "move", "apart", "end"]), min_size=4, max_size=14)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), acts=acts)
def test_whatever_is_done_in_whatever_order_no_rule_is_broken(seed, acts):
    r, staff = Random(seed), StaffFactory()
    groups, people = [_some_group(r) for _ in range(3)], [_some_person(r, staff) for _ in range(8)]
    for act in acts:
        try:
            _do(act, r, groups, people, staff)
        except RuleBroken:
            continue  # a no is as good as a yes
    _nothing_is_broken()


def _some_group(r):
    group = GroupFactory(
        chairs=r.randint(1, 3), band=r.choice(Band.values), days=r.choice([[0, 2, 4], [1, 3]]), licensed=False
    )
    LicenseFactory(staff=group.leader, state=r.choice(STATES))
    for day in (1, 3):
        SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=day, minutes=r.randint(0, 600)))
    return group


def _some_person(r, staff):
    bands = r.choice([["morning"], ["evening"], ["morning", "evening"], []])
    episode = EpisodeFactory(patient__state=r.choice(STATES), bands=bands, days_away=r.choice([[], [0], [3]]))
    if r.random() < 0.7:
        services_waitlist.put_on_waitlist(episode=episode, by=staff)
    return episode


def _do(act, r, groups, people, staff):
    held, taken = list(Seat.objects.held().order_by("id")), list(Seat.objects.accepted().order_by("id"))
    if act == "chain":
        services_chain.offer_free_chairs(timezone.now())
    elif act == "offer":
        services.offer_seat(episode=r.choice(people), group=r.choice(groups), by=staff)
    elif act == "apart":
        one, other = r.sample(people, 2)
        if not _sit_together(one.patient_id, other.patient_id):
            services_pairs.pair_up(patient=one.patient, other=other.patient, kind="conflict", by=staff)
    elif act in ("yes", "no") and held:
        seat = r.choice(held)
        {"yes": services.accept_seat, "no": services.decline_seat}[act](seat=seat, by=seat.patient)
    elif act == "move" and taken:
        services.move_seat(seat=r.choice(taken), group=r.choice(groups), reason="Asked for it.", by=staff)
    elif act == "end" and taken:
        services.end_seat(seat=r.choice(taken), at=timezone.now(), reason=Seat.End.DISCHARGED, by=staff)


def _sit_together(one, other):
    groups = [set(Seat.objects.standing().filter(patient=who).values_list("group", flat=True)) for who in (one, other)]
    return bool(groups[0] & groups[1])


def _nothing_is_broken():
    """Looked at with nothing of the product but its rows."""
    seats = list(Seat.objects.standing().select_related("group__leader", "patient", "episode"))
    for seat in seats:
        group, episode = seat.group, seat.episode
        assert not episode.bands or group.band in episode.bands
        assert not set(group.days) & set(episode.days_away)
        assert group.leader.licenses.filter(state=seat.patient.state).exists()
        for other in seats:
            if other.pk != seat.pk and _overlap(seat, other):
                assert other.chair_id != seat.chair_id
                assert other.patient_id != seat.patient_id
                if other.group_id == seat.group_id:
                    pair = sorted((seat.patient_id, other.patient_id))
                    assert not Pair.objects.filter(one=pair[0], other=pair[1], apart=True, ended_at=None).exists()


def _overlap(a, b):
    return (b.ends_at is None or a.starts_at < b.ends_at) and (a.ends_at is None or b.starts_at < a.ends_at)
