"""People who are kept apart never sit in one group, whoever offers the chair and however."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.tests.at_once import all_at_once, while_open
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement import queries, services, services_chain, services_pairs, services_waitlist
from stepdown.placement.errors import DoesNotFit
from stepdown.placement.models import Seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
APART = "Someone in this group is to be kept apart from them."


@pytest.fixture
def staff():
    return StaffFactory()


def group_soon(**fields):
    group = GroupFactory(**fields)
    SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=1))
    return group


def keep_apart(one, other, by, **fields):
    return services_pairs.pair_up(patient=one, other=other, kind="partners", reason="Told us.", by=by, **fields)


def offer(episode, group, by):
    return services.offer_seat(episode=episode, group=group, by=by)


def test_no_seat_is_offered_beside_somebody_to_be_kept_apart_from(staff):
    group, sitting = group_soon(), None
    sitting = SeatFactory(group=group, accepted=True)
    episode = EpisodeFactory()
    keep_apart(episode.patient, sitting.patient, staff)
    with pytest.raises(DoesNotFit, match=APART):
        offer(episode, group, staff)


def test_a_chair_that_is_held_counts_as_theirs(staff):
    group, one, other = group_soon(), EpisodeFactory(), EpisodeFactory()
    keep_apart(one.patient, other.patient, staff)
    offer(one, group, staff)
    with pytest.raises(DoesNotFit, match=APART):
        offer(other, group, staff)


def test_who_left_before_the_other_comes_is_no_hindrance(staff):
    group = group_soon()
    gone = SeatFactory(group=group, accepted=True, ends_at=timezone.now() + timedelta(hours=1))
    episode = EpisodeFactory()
    keep_apart(gone.patient, episode.patient, staff)
    assert offer(episode, group, staff)


def test_what_has_ended_forbids_nothing(staff):
    group, sitting, episode = group_soon(), None, EpisodeFactory()
    sitting = SeatFactory(group=group, accepted=True)
    pair = keep_apart(episode.patient, sitting.patient, staff)
    services_pairs.end_pair(pair=pair, by=staff)
    assert offer(episode, group, staff)


def test_nobody_is_offered_a_group_of_somebody_of_the_staff_whom_they_know(staff):
    group, episode = group_soon(), EpisodeFactory()
    services_pairs.pair_up(patient=episode.patient, staff=group.leader, kind="acquainted", by=staff)
    with pytest.raises(DoesNotFit, match=APART):
        offer(episode, group, staff)


def test_the_database_refuses_it_past_every_service(staff):
    group, sitting, episode = group_soon(), None, EpisodeFactory()
    sitting = SeatFactory(group=group, accepted=True)
    keep_apart(episode.patient, sitting.patient, staff)
    with pytest.raises(RuleBroken, match=APART) as refusal, rules_speak():
        SeatFactory(group=group, episode=episode, accepted=True)
    assert refusal.value.rule == "kept_apart"


def test_a_yes_that_would_bring_them_together_is_refused_in_words_that_tell_nothing(staff):
    group, one, other = group_soon(), EpisodeFactory(), EpisodeFactory()
    seats = [offer(each, group, staff) for each in (one, other)]
    services.accept_seat(seat=seats[0], by=one.patient)
    keep_apart(one.patient, other.patient, staff)
    with pytest.raises(RuleBroken, match="We cannot keep this place for you"):
        services.accept_seat(seat=seats[1], by=other.patient)


def test_who_sits_together_already_can_be_moved_and_ended(staff):
    group, further = group_soon(), group_soon()
    one, other = (SeatFactory(group=group, accepted=True) for _ in range(2))
    pair = keep_apart(one.patient, other.patient, staff)
    assert queries.shared_groups(pair, timezone.now()) == [group.name]
    services.move_seat(seat=one, group=further, reason="Kept apart.", by=staff)
    services.end_seat(seat=other, at=timezone.now(), reason=Seat.End.DISCHARGED, by=staff)


def test_the_chain_passes_over_whom_it_would_bring_together(staff):
    group = group_soon(chairs=2)
    sitting = SeatFactory(group=group, accepted=True)
    first, second = EpisodeFactory(planned_at=timezone.now() - timedelta(days=9)), EpisodeFactory()
    keep_apart(first.patient, sitting.patient, staff)
    for episode in (first, second):
        services_waitlist.put_on_waitlist(episode=episode, by=staff)
    services_chain.offer_free_chairs(timezone.now())
    assert [seat.episode for seat in group.seats.held()] == [second]


def test_two_who_wait_and_are_kept_apart_are_not_offered_one_group_in_one_minute(staff):
    group = group_soon()
    one, other = EpisodeFactory(), EpisodeFactory()
    keep_apart(one.patient, other.patient, staff)
    for episode in (one, other):
        services_waitlist.put_on_waitlist(episode=episode, by=staff)
    services_chain.offer_free_chairs(timezone.now())
    assert group.seats.held().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_offers_at_once_to_a_pair_one_fails():
    staff, group, one, other = StaffFactory(), group_soon(), EpisodeFactory(), EpisodeFactory()
    keep_apart(one.patient, other.patient, staff)
    results = all_at_once([lambda e=each: offer(e, group, staff) for each in (one, other)])
    assert sorted(type(each).__name__ for each in results) == ["DoesNotFit", "Seat"]


@pytest.mark.django_db(transaction=True)
def test_past_the_services_the_second_of_two_at_once_waits_for_the_first_and_fails():
    staff, group, one, other = StaffFactory(), group_soon(), EpisodeFactory(), EpisodeFactory()
    keep_apart(one.patient, other.patient, staff)
    chairs = list(group.chairs.all())

    def sit(episode, chair):
        with rules_speak():
            return SeatFactory(group=group, episode=episode, chair=chair, accepted=True)

    with pytest.raises(RuleBroken) as refusal:
        while_open(lambda: sit(one, chairs[0]), lambda: sit(other, chairs[1]))
    assert refusal.value.rule == "kept_apart"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose one other person"),
        ({"other": "same"}, "nobody is kept apart from themselves"),
        ({"staff": "someone", "apart": False}, "can only be kept apart"),
    ],
)
def test_a_pair_is_of_two_different_people(staff, fields, sentence):
    patient = EpisodeFactory().patient
    values = {name: {"same": patient, "someone": staff}.get(value, value) for name, value in fields.items()}
    with pytest.raises(RuleBroken, match=sentence):
        services_pairs.pair_up(patient=patient, kind="conflict", by=staff, **values)


def test_two_are_written_down_once_in_whatever_order(staff):
    one, other = EpisodeFactory().patient, EpisodeFactory().patient
    keep_apart(one, other, staff)
    with pytest.raises(RuleBroken, match="written down already"):
        keep_apart(other, one, staff)


def test_why_is_read_by_who_wrote_it_down_and_the_director_only(staff):
    patient, other = EpisodeFactory().patient, EpisodeFactory().patient
    wrote, director = StaffFactory(roles=[Role.ADMISSIONS]), StaffFactory(roles=[Role.DIRECTOR])
    colleague = StaffFactory(roles=[Role.ADMISSIONS])
    keep_apart(patient, other, wrote)
    lines = {who: queries.pair_lines(patient, who, timezone.now())[0] for who in (wrote, director, colleague)}
    assert [line.why for line in lines.values()] == ["Partners. Told us.", "Partners. Told us.", ""]
    assert [line.may_end for line in lines.values()] == [True, True, False]


def test_a_counselor_reads_no_name_of_somebody_out_of_their_sight(staff):
    counselor = StaffFactory(roles=[Role.COUNSELOR])
    seat = SeatFactory(group=group_soon(leader=counselor), accepted=True)
    keep_apart(seat.patient, EpisodeFactory().patient, staff)
    assert queries.pair_lines(seat.patient, counselor, timezone.now())[0].who == "Another patient"
