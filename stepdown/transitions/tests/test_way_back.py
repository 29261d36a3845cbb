"""The way back to IOP that the patient does not take: they keep their place in Aftercare, and staff see it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.models import Level
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.models import Seat
from stepdown.placement.services import decline_seat, lapse_seats
from stepdown.placement.tests.factories import SeatFactory
from stepdown.transitions import queries, services
from stepdown.transitions.tests.factories import group_with_sessions, in_aftercare, seat_ended, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    CenterFactory()
    return StaffFactory(roles=[Role.DIRECTOR])


@pytest.fixture
def episode():
    return in_aftercare()


def back(episode):
    iop = group_with_sessions()
    return services.return_to_iop(episode=episode, group=iop, reason="Asked to come back.", by=iop.leader)


def listed(director):
    return [(one.seat.episode, one.waits_for) for one in queries.ways_back(director)]


def test_whoever_says_no_keeps_their_place_in_aftercare_and_is_seen(director, episode):
    planned = back(episode)
    assert listed(director) == []
    decline_seat(seat=planned.to_seat, by=episode.patient)
    services.give_back_all(timezone.now())
    services.give_back_all(timezone.now())
    seat = seat_of(episode)
    assert (seat.ends_at, seat.end_reason, queries.seat_now(episode)) == (None, "", seat)
    assert (listed(director), queries.steps_waiting(director).all) == ([(episode, "again")], 1)


def test_an_offer_that_runs_out_after_the_aftercare_seat_ended_gives_it_back(director, episode):
    planned = back(episode)
    seat_ended(episode, ago=timedelta(hours=1))
    assert (listed(director), queries.steps_waiting(director).all) == ([(episode, "answer")], 0)
    Seat.objects.filter(pk=planned.to_seat_id).update(held_until=timezone.now())
    lapse_seats(timezone.now())
    services.give_back_all(timezone.now())
    assert seat_of(episode).ends_at is None


def test_a_seat_given_back_keeps_what_it_lasts_longer_by_then(episode):
    last = timezone.now() + timedelta(weeks=5)
    Seat.objects.filter(episode=episode).update(ends_at=last)
    planned = back(episode)
    decline_seat(seat=planned.to_seat, by=episode.patient)
    services.give_back_all(timezone.now())
    assert seat_of(episode).ends_at == last
    later = last + timedelta(days=1)
    Seat.objects.filter(episode=episode, group__program__level=Level.OUTPATIENT).update(ends_at=later)
    services.give_back_all(timezone.now())
    services.cancel(transition=planned, by=planned.decided_by)
    assert seat_of(episode).ends_at == later


def test_why_a_seat_ended_stays_when_the_way_back_from_there_is_taken_back(episode):
    seat = seat_ended(episode)
    Seat.objects.filter(pk=seat.pk).update(end_reason=Seat.End.COMPLETED, end_note="As planned.")
    planned = back(episode)
    services.cancel(transition=planned, by=planned.decided_by)
    seat.refresh_from_db()
    assert (seat.end_reason, seat.end_note) == (Seat.End.COMPLETED, "As planned.")


def test_taking_the_way_back_back_after_the_aftercare_seat_ended_gives_it_back(episode):
    planned = back(episode)
    seat_ended(episode)
    services.cancel(transition=planned, by=planned.decided_by)
    assert seat_of(episode).ends_at is None
    assert back(episode)


def test_whose_chair_is_taken_by_then_is_listed_and_can_still_come_back(director, episode):
    planned = back(episode)
    seat = seat_ended(episode)
    decline_seat(seat=planned.to_seat, by=episode.patient)
    SeatFactory(group=seat.group, chair=seat.chair, accepted=True, starts_at=seat.ends_at)
    with pytest.raises(RuleBroken, match="already has that chair"):
        services.give_back(transition=planned)
    services.give_back_all(timezone.now())
    services.cancel(transition=planned, by=planned.decided_by)
    assert (listed(director), queries.steps_waiting(director).all) == ([(episode, "plan")], 1)
    assert back(episode).to_seat


def test_a_way_back_that_is_open_or_done_gives_nothing_back(episode):
    planned = back(episode)
    ends_at = seat_of(episode).ends_at
    services.give_back(transition=planned)
    assert seat_of(episode).ends_at == ends_at


def test_the_list_shows_who_did_not_come_back(client, director, episode):
    planned = back(episode)
    decline_seat(seat=planned.to_seat, by=episode.patient)
    services.give_back_all(timezone.now())
    told = sign_in(client, director).get(reverse("transitions:due")).content.decode()
    assert episode.patient.name in told
    assert "Declined by the patient" in told
    assert "Goes on" in told
