"""Chairs come and go from a day on, like everything else of a group, and nobody loses theirs."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement import queries as placement
from stepdown.placement.errors import GroupFull
from stepdown.placement.models import Chair, Group
from stepdown.placement.queries.chairs import chairs_free
from stepdown.placement.queries.openings import with_free_chair
from stepdown.placement.services import offer_seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import queries, services_group
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.services_group import FIELDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    group = GroupFactory(name="Juniper", chairs=3, opened_on=timezone.localdate() - timedelta(days=14))
    extend_timetable(group=group)
    return group


@pytest.fixture
def director():
    return StaffFactory()


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def change(group, by, chairs, on):
    fields = {name: getattr(group, name) for name in FIELDS}
    return services_group.change_group(
        group=group, from_on=on, seen=queries.seen_as(group), chairs=chairs, by=by, **fields
    )


def numbers(group, on):
    return list(group.chairs.there_on(on).values_list("number", flat=True))


def begins(group, on):
    """When a session of that day would begin, whether or not the group meets on it."""
    return datetime.combine(on, group.starts_at, group.zone)


def sit(group, number, until=None):
    ends_at = begins(group, days(until)) if until else None
    return SeatFactory(group=group, chair=group.chairs.get(number=number), accepted=True, ends_at=ends_at)


def test_more_chairs_are_there_from_the_day_on_and_not_before(group, director):
    change(group, director, 5, days(7))
    assert [numbers(group, days(n)) for n in (0, 6, 7)] == [[1, 2, 3], [1, 2, 3], [1, 2, 3, 4, 5]]


def test_fewer_chairs_leave_the_past_and_go_where_nobody_sits(group, director):
    sit(group, 3)
    sit(group, 1, until=20)
    change(group, director, 2, days(7))
    assert [numbers(group, days(n)) for n in (6, 7)] == [[1, 2, 3], [1, 3]]


def test_a_chair_that_was_once_sat_on_goes_as_well(group, director):
    SeatFactory(group=group, chair=group.chairs.get(number=3), accepted=True, ends_at=timezone.now())
    change(group, director, 2, days(0))
    assert numbers(group, days(0)) == [1, 2]


def test_chairs_that_are_someones_stay_and_the_sentence_says_how_many_until_when(group, director):
    first, *_others = [sit(group, 1, until=20), sit(group, 2, until=30), sit(group, 3)]
    on = first.ends_at.astimezone(group.zone).date()
    said = rf"3 chairs are someone’s on .* Keep at least 3, or choose {on:%B} {on.day}(, \d+)? or a later day, when 2"
    with pytest.raises(RuleBroken, match=said):
        change(group, director, 2, days(7))
    assert numbers(group, days(7)) == [1, 2, 3]
    change(group, director, 2, on)
    assert numbers(group, on) == [2, 3]


def test_seats_without_a_last_day_are_said_to_have_none(group, director):
    for number in (1, 2, 3):
        sit(group, number)
    with pytest.raises(RuleBroken, match="Keep at least 3: some have no last day"):
        change(group, director, 2, days(7))


def test_a_chair_to_come_is_offered_to_who_begins_then_and_nobody_before(group, director):
    for number in (1, 2, 3):
        sit(group, number)
    change(group, director, 4, days(14))
    now = placement.groups_now(Group.objects.filter(pk=group.pk), timezone.now())[0]
    assert (now.free_next, now.there_next) == ([], [1, 2, 3])
    with pytest.raises(GroupFull):
        offer_seat(episode=EpisodeFactory(), group=group, by=director)
    then = group.sessions.filter(service_date__gte=days(14)).earliest("starts_at")
    assert offer_seat(episode=EpisodeFactory(), group=group, starts_at=then.starts_at, by=director).chair.number == 4


def test_a_chair_that_goes_is_offered_to_nobody_who_would_stay_longer(group, director):
    sit(group, 1)
    sit(group, 2)
    change(group, director, 2, days(14))
    now = timezone.now()
    assert placement.groups_now(Group.objects.filter(pk=group.pk), now)[0].free_next == []
    assert [f.fit.possible for f in placement.groups_for(EpisodeFactory(), now=now)] == [False]
    with pytest.raises(GroupFull):
        offer_seat(episode=EpisodeFactory(), group=group, by=director)


@pytest.mark.parametrize("chairs", [2, 5])
def test_a_change_taken_back_leaves_the_chairs_as_they_are(group, director, chairs):
    planned = change(group, director, chairs, days(7))
    services_group.take_back_change(change=planned, by=director)
    assert numbers(group, days(7)) == [1, 2, 3]
    change(group, director, chairs, days(7))
    assert len(numbers(group, days(7))) == chairs


def test_a_change_is_not_taken_back_under_somebody_who_has_a_chair_of_it(group, director):
    planned = change(group, director, 4, days(7))
    then = group.sessions.filter(service_date__gte=days(7)).earliest("starts_at")
    SeatFactory(group=group, chair=group.chairs.get(number=4), starts_at=then.starts_at, accepted=True)
    with pytest.raises(RuleBroken, match="Chair 4, which is to come, is someone’s by now"):
        services_group.take_back_change(change=planned, by=director)


def broken_rule(act):
    with pytest.raises(RuleBroken) as refusal, rules_speak():
        act()
    return refusal.value.rule


def test_the_database_keeps_seats_on_chairs_that_are_there(group):
    chair = Chair.objects.get(group=group, number=3)
    Chair.objects.filter(pk=chair.pk).update(gone_on=days(7))
    assert broken_rule(lambda: SeatFactory(group=group, chair=chair, accepted=True)) == "chair_is_there"
    seat = SeatFactory(group=group, chair=chair, accepted=True, ends_at=timezone.now() + timedelta(days=3))
    assert broken_rule(lambda: Chair.objects.filter(pk=chair.pk).update(gone_on=days(1))) == "chair_is_free"
    seat.ends_at = timezone.now() + timedelta(days=9)
    assert broken_rule(seat.save) == "chair_is_there"


def test_a_chair_is_someones_on_the_day_of_their_last_session(group, director):
    """A seat that ends with a session has its chair on that day; one that ends as a session begins has it no more."""
    session = group.sessions.filter(service_date__gte=days(7)).earliest("starts_at")
    on, next_day = session.service_date, session.service_date + timedelta(days=1)
    for number in (1, 2):
        sit(group, number)
    seat = SeatFactory(group=group, chair=group.chairs.get(number=3), accepted=True, ends_at=session.ends_at)
    assert set(placement.chairs_free_on(group, on).values()) == {None, next_day}
    with pytest.raises(RuleBroken, match="Keep at least 3"):
        change(group, director, 2, on)
    assert broken_rule(lambda: Chair.objects.filter(pk=seat.chair_id).update(gone_on=on)) == "chair_is_free"
    Chair.objects.filter(pk=seat.chair_id).update(gone_on=next_day)
    assert numbers(group, on) == [1, 2, 3]
    assert numbers(group, next_day) == [1, 2]


@pytest.mark.parametrize(("after", "is_free"), [(timedelta(), True), (timedelta(hours=3), False)])
def test_a_seat_may_end_as_the_group_begins_on_the_day_on_which_its_chair_goes(group, after, is_free):
    chair, ends_at = group.chairs.get(number=3), begins(group, days(7)) + after
    Chair.objects.filter(pk=chair.pk).update(gone_on=days(7))
    start = group.sessions.filter(starts_at__gt=timezone.now()).earliest("starts_at").starts_at
    now = placement.groups_now(Group.objects.filter(pk=group.pk), timezone.now())[0]
    assert (3 in now.free(start, ends_at)) is is_free
    assert (chair in chairs_free(group, start, ends_at)) is is_free
    seat = SeatFactory.build(episode=EpisodeFactory(), group=group, chair=chair, starts_at=start, ends_at=ends_at)
    seat.offered_by = group.leader
    if is_free:
        seat.save()
    else:
        assert broken_rule(seat.save) == "chair_is_there"


@pytest.mark.parametrize(("gone", "is_found"), [(0, True), (-1, False)])
def test_the_search_for_free_chairs_counts_the_last_day_alike(group, gone, is_found):
    start = group.sessions.filter(starts_at__gt=timezone.now()).earliest("starts_at").starts_at
    end = placement.end_of_seat(group, start).astimezone(group.zone).date()
    Chair.objects.filter(group=group).update(gone_on=end + timedelta(days=gone))
    assert with_free_chair(timezone.now(), limit=5) == ([group.pk] if is_found else [])
