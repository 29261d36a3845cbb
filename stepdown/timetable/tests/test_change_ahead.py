"""Who looks for a chair reads what a change of the group that is planned means for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import RuleBroken
from stepdown.people.tests.factories import LicenseFactory, StaffFactory
from stepdown.placement import queries as placement
from stepdown.placement.models import Group
from stepdown.placement.services import change_availability, offer_seat
from stepdown.placement.services_pairs import pair_up
from stepdown.placement.services_waitlist import put_on_waitlist
from stepdown.placement.tests.factories import GroupFactory
from stepdown.timetable import queries, services_group
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.services_group import FIELDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    """On Mondays, Wednesdays and Thursdays."""
    group = GroupFactory(opened_on=timezone.localdate() - timedelta(days=14))
    extend_timetable(group=group)
    return group


def change(group, in_days, **fields):
    fields = {name: getattr(group, name) for name in FIELDS} | fields
    on = timezone.localdate() + timedelta(days=in_days)
    services_group.change_group(group=group, from_on=on, seen=queries.seen_as(group), by=StaffFactory(), **fields)
    return f"The group changes on {on:%B} {on.day}: "


def read(episode):
    """What each ranking says against the only group there is: of who could sit there, and of where they could sit."""
    now = timezone.now()
    (where,) = placement.groups_for(episode, now=now)
    (who,) = placement.who_could_sit(placement.groups_now(Group.objects.all(), now)[0], Episode.objects.all())
    assert where.fit == who.fit
    return where.fit


def waiting(**fields):
    return EpisodeFactory(bands=["evening"], **fields)


def test_days_that_will_not_suit_stand_against_it_in_both_rankings_and_at_the_offer(group):
    episode = waiting(days_away=[1])
    said = change(group, 14, days=[1, 2, 3]) + "Has other duties on Tuesday."
    assert read(episode).blocked_by == said
    with pytest.raises(RuleBroken, match=said):
        offer_seat(episode=episode, group=group, by=StaffFactory())


def test_a_leader_to_be_without_a_license_or_kept_apart_stands_against_it(group):
    episode, omar = waiting(), StaffFactory(name="Omar Leadsome")
    pair_up(patient=episode.patient, staff=omar, kind="relatives", by=omar)
    when = change(group, 14, leader=omar)
    said = [a.sentence for a in read(episode).against if a.blocks]
    assert f"{when}Someone in this group is to be kept apart from them." in said
    assert any(one.startswith(f"{when}Omar has no license in Minnesota") for one in said)


def test_wishes_that_it_will_not_meet_are_said_and_forbid_nothing(group):
    episode = waiting()
    change_availability(episode=episode, bands=["evening"], days_away=[], wishes={"days": [0, 2, 3]}, by=StaffFactory())
    episode.refresh_from_db()
    said = change(group, 14, days=[1, 2, 3]) + "Would rather not come on Tuesday."
    fit = read(episode)
    assert fit.possible
    assert said in [a.sentence for a in fit.against]


def test_what_comes_after_their_time_is_not_theirs_to_read(group):
    Group.objects.filter(pk=group.pk).update(closed_on=None)
    group.program.weeks = 1
    group.program.save()
    episode = waiting(days_away=[1])
    change(group, 30, days=[1, 2, 3])
    assert read(episode).possible


def test_a_change_before_their_first_session_is_all_that_counts(group):
    omar = LicenseFactory(state="MN", staff=StaffFactory(name="Omar Leadsome")).staff
    episode = waiting(days_away=[0])
    change(group, 0, days=[1, 2, 3], leader=omar)
    assert read(episode).possible


def test_the_chain_offers_to_nobody_whom_it_will_not_suit(group):
    episode = waiting(days_away=[1])
    put_on_waitlist(episode=episode, by=StaffFactory())
    said = change(group, 14, days=[1, 2, 3]) + "Has other duties on Tuesday."
    (match,) = placement.matches([episode], timezone.now())
    assert match.fits == []
    assert match.near.fit.blocked_by == said
