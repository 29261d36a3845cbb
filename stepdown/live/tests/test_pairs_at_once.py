"""Pairs that end or begin at the very moment at which somebody comes, or a break begins."""

import pytest

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import while_open
from stepdown.live import services, services_pairs, services_sides
from stepdown.live.models import Break, Pairs, SideMember
from stepdown.live.sides import sides
from stepdown.live.tests.factories import RoomFactory
from stepdown.live.tests.test_sides import in_room

pytestmark = pytest.mark.django_db(transaction=True)


class InPairs:
    """A group of two in one pair, and one who came late."""

    def __init__(self):
        self.session = RoomFactory().session
        for _ in range(2):
            in_room(self.session)
        self.start_pairs()
        (self.pair,) = sides(self.session).rooms
        self.late = in_room(self.session)

    def start_pairs(self):
        services_pairs.start_pairs(session=self.session, by=self.session.leader, minutes=10)

    def start_break(self):
        services.start_break(session=self.session, by=self.session.leader)

    def visit(self):
        services_pairs.visit_pair(session=self.session, side_room=self.pair.id, by=self.session.leader)

    def put(self):
        services_pairs.put_in_pair(session=self.session, patient=self.late)

    def end_pairs(self):
        services_pairs.end_pairs(session=self.session)

    def end_lonely(self):
        services_sides.end_lonely(session=self.session, side_room=self.pair.id)


@pytest.fixture
def group():
    return InPairs()


@pytest.mark.parametrize("end", ["end_pairs", "end_lonely"])
@pytest.mark.parametrize("come", ["visit", "put"])
def test_who_comes_into_a_pair_while_it_ends_is_in_none(group, come, end):
    with pytest.raises(RuleBroken, match=r"back with the group already|not in pairs any more"):
        while_open(getattr(group, end), getattr(group, come))
    assert not SideMember.objects.filter(until=None).exists()


@pytest.mark.parametrize("end", ["end_pairs", "end_lonely"])
@pytest.mark.parametrize("come", ["visit", "put"])
def test_a_pair_that_ends_while_somebody_comes_into_it_ends_for_them_too(group, come, end):
    while_open(getattr(group, come), getattr(group, end))
    assert not SideMember.objects.filter(until=None).exists()


@pytest.mark.parametrize(("first", "then"), [("start_pairs", "start_break"), ("start_break", "start_pairs")])
def test_of_a_break_and_pairs_begun_at_once_one_stands(group, first, then):
    group.end_pairs()
    with pytest.raises(RuleBroken, match=r"in pairs|on a break"):
        while_open(getattr(group, first), getattr(group, then))
    stand = [
        found.filter(session=group.session).count() for found in (Pairs.objects.filter(ended_at=None), Break.objects)
    ]
    assert sum(stand) == 1
