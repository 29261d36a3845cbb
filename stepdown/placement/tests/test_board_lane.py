"""The last lane of the admissions board."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stepdown.admissions import board
from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory
from stepdown.people.models import Role
from stepdown.people.services import trust_device
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.board_lane import counts, offered
from stepdown.placement.tests.factories import SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kit():
    return StaffFactory(roles=[Role.ADMISSIONS])


def test_someone_admitted_without_a_seat_stands_first(kit):
    held, waiting = SeatFactory(), EpisodeFactory()
    content = offered(kit, board.EVERYONE)
    assert [card.name for card in content.cards] == [waiting.patient.name, held.patient.name]
    assert [card.act for card in content.cards] == ["Choose a seat", "Open"]


def test_a_held_seat_tells_whether_the_link_was_opened(kit):
    seat = SeatFactory(held_until=timezone.now() + timedelta(days=2))
    assert offered(kit, board.EVERYONE).cards[0].line == "Has not opened the link."
    trust_device(patient=seat.patient)
    assert offered(kit, board.EVERYONE).cards[0].line == "Opened the link."


def test_an_offer_that_ends_soon_needs_attention(kit):
    SeatFactory(held_until=timezone.now() + timedelta(hours=2))
    assert offered(kit, board.EVERYONE).cards[0].tone == "attention"


def test_an_offer_that_has_lapsed_is_no_offer(kit):
    SeatFactory(offered_at=timezone.now() - timedelta(days=3), held_until=timezone.now() - timedelta(hours=2))
    assert all(card.act != "Open" for card in offered(kit, board.EVERYONE).cards)


def test_who_said_yes_is_counted_until_they_start(kit):
    SeatFactory(accepted=True, starts_at=timezone.now() + timedelta(days=1))
    content = offered(kit, board.EVERYONE)
    assert (content.cards, content.count, content.more) == ([], 1, "1 said yes, not started")


def test_filters_follow_the_inquiry(kit):
    assessment = AssessmentFactory(inquiry__assigned_to=kit, inquiry__court_or_dui=True)
    mine = EpisodeFactory(assessment=assessment)
    step_down = EpisodeFactory(came_from="hospital")
    assert [card.name for card in offered(kit, board.MINE).cards] == [mine.patient.name]
    assert [card.name for card in offered(kit, board.COURT).cards] == [mine.patient.name]
    assert [card.name for card in offered(kit, board.STEP_DOWN).cards] == [step_down.patient.name]


def test_a_counselor_sees_offers_of_their_own_groups_and_chooses_no_seats():
    EpisodeFactory()
    SeatFactory()
    own = SeatFactory()
    cards = offered(own.group.leader, board.EVERYONE).cards
    assert [card.name for card in cards] == [own.patient.name]


def test_the_lane_asks_the_database_as_often_for_many_as_for_few(kit):
    SeatFactory()
    EpisodeFactory()
    with CaptureQueriesContext(connection) as few:
        offered(kit, board.EVERYONE)
    for _ in range(5):
        SeatFactory()
        EpisodeFactory(assessment=AssessmentFactory(inquiry__assigned_to=kit))
    with CaptureQueriesContext(connection) as many:
        offered(kit, board.EVERYONE)
    assert len(many) == len(few)


def test_each_filter_counts_who_it_shows(kit):
    assessment = AssessmentFactory(inquiry__assigned_to=kit, inquiry__court_or_dui=True)
    EpisodeFactory(assessment=assessment)
    SeatFactory(held_until=timezone.now() + timedelta(days=2))
    SeatFactory(accepted=True, starts_at=timezone.now() + timedelta(days=1), episode__came_from="hospital")
    assert counts(kit) == {show: offered(kit, show).count for show in board.SHOWS}
    assert counts(kit) == {"everyone": 3, "mine": 1, "step-down": 1, "court": 1}
