"""Moves of someone whose old seat has ended, or who was moved, while a move was planned or not planned at all."""

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
from stepdown.placement.services import accept_seat, decline_seat, lapse_seats, move_seat
from stepdown.transitions import permissions, queries, services
from stepdown.transitions.tests.factories import days_of, group_with_sessions, in_iop, seat_ended, seat_of

pytestmark = pytest.mark.django_db
WHY = "Steady for five weeks."


@pytest.fixture
def aftercare():
    CenterFactory()
    return group_with_sessions(aftercare=True)


def plan(episode, group, **more):
    return services.plan_step_down(episode=episode, group=group, reason=WHY, by=seat_of(episode).group.leader, **more)


def no_answer(episode, planned):
    """The hold runs out, and then the IOP seat ends."""
    Seat.objects.filter(pk=planned.to_seat_id).update(held_until=timezone.now())
    lapse_seats(timezone.now())
    return seat_ended(episode)


def test_a_move_that_was_not_taken_is_taken_back_after_the_old_seat_ended_and_planned_anew(aftercare):
    episode = in_iop()
    planned = plan(episode, aftercare)
    seat = no_answer(episode, planned)
    services.cancel(transition=planned, by=aftercare.leader)
    planned.refresh_from_db()
    assert (planned.cancelled_at is not None, seat_of(episode).ends_at) == (True, seat.ends_at)
    again = plan(episode, aftercare)
    assert again.effective_at == again.to_seat.starts_at == queries.first_session_from(aftercare, timezone.now())
    accept_seat(seat=again.to_seat, by=episode.patient)
    assert services.complete_all(again.effective_at) == 1
    day = again.effective_at.astimezone(aftercare.zone).date()
    assert days_of(episode)[1:] == [
        (Level.IOP, days_of(episode)[1][1], day),
        (Level.OUTPATIENT, day, None),
    ]


def test_an_open_offer_is_taken_back_after_the_old_seat_ended(aftercare):
    episode = in_iop()
    planned = plan(episode, aftercare)
    seat_ended(episode)
    services.cancel(transition=planned, by=aftercare.leader)
    planned.to_seat.refresh_from_db()
    assert planned.to_seat.released_why == "withdrawn"


def test_a_move_that_was_accepted_stays_when_the_old_seat_has_ended(aftercare):
    episode = in_iop()
    planned = plan(episode, aftercare)
    accept_seat(seat=planned.to_seat, by=episode.patient)
    seat_ended(episode)
    with pytest.raises(RuleBroken, match="has accepted the new one"):
        services.cancel(transition=planned, by=aftercare.leader)


def test_taking_a_plan_back_lengthens_the_seat_they_were_moved_to_meanwhile(aftercare):
    episode = in_iop()
    end = seat_of(episode).ends_at
    planned = plan(episode, aftercare, effective_at=timezone.now() + timedelta(days=10))
    other = group_with_sessions(days_ahead=2)
    moved = move_seat(seat=seat_of(episode), group=other, reason="New shift.", by=other.leader)
    decline_seat(seat=planned.to_seat, by=episode.patient)
    services.cancel(transition=planned, by=aftercare.leader)
    old = seat_of(episode)
    moved.refresh_from_db()
    assert (old.ends_at, old.end_reason, moved.ends_at) == (moved.starts_at, Seat.End.MOVED, end)


def test_a_move_goes_on_with_the_seat_that_takes_the_place_of_the_accepted_one(aftercare):
    episode = in_iop()
    planned = plan(episode, aftercare)
    no_answer(episode, planned)
    services.cancel(transition=planned, by=aftercare.leader)
    again = plan(episode, aftercare)
    accept_seat(seat=again.to_seat, by=episode.patient)
    other = group_with_sessions(aftercare=True)
    again.to_seat.refresh_from_db()
    moved = move_seat(seat=again.to_seat, group=other, reason="An evening group fits better.", by=other.leader)
    again.refresh_from_db()
    assert again.to_seat == moved
    assert services.complete_all(moved.starts_at) == 1
    assert days_of(episode)[-1][0] == Level.OUTPATIENT


def test_whoever_is_listed_after_their_seat_ended_can_be_planned_for_by_who_led_them(client, aftercare):
    episode = in_iop()
    leader = sign_in(client, seat_ended(episode).group.leader)
    url = reverse("transitions:step_down", args=[episode.pk])
    told = leader.get(url).content.decode()
    assert "IOP seat ended on" in told
    data = {"last": "planned", "group": str(aftercare.pk), "reason": WHY}
    assert leader.post(url, data).status_code == 302
    assert queries.open_transition(episode).to_seat.group == aftercare


def test_what_was_taken_back_after_the_end_says_what_to_do_next(client, aftercare):
    episode = in_iop()
    planned = plan(episode, aftercare)
    leader = sign_in(client, no_answer(episode, planned).group.leader)
    told = leader.post(reverse("transitions:cancel", args=[planned.pk]), follow=True).content.decode()
    assert "The old seat has ended. Plan the next move." in told
    assert aftercare.name in told


def test_after_care_ended_there_is_no_last_seat_to_step_down_from(aftercare):
    episode = in_iop()
    leader = seat_of(episode).group.leader
    services.discharge(episode=episode, status="transferred", note="Goes on elsewhere.", by=leader)
    with pytest.raises(RuleBroken, match="does not sit in an IOP group"):
        plan(episode, aftercare)
    assert not permissions.decide(leader, episode)


def test_a_seat_at_another_level_is_planned_and_not_offered(client, aftercare):
    episode = in_iop()
    seat_ended(episode)
    sign_in(client, StaffFactory(roles=[Role.ADMISSIONS]))
    answer = client.post(reverse("placement:offer", args=[episode.pk]), {"group": str(aftercare.pk)})
    assert answer.status_code == 422
    assert "is another level of care. Plan the step there" in answer.content.decode()
    assert not Seat.objects.held().exists()
