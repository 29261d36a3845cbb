"""When nobody leads: after two minutes the room says so and every clinical director is called in, once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from stepdown.live import queries, services, services_leading
from stepdown.live.domain.leading import alone_since, is_too_long
from stepdown.live.light_crowd import Crowd
from stepdown.live.models import LeaderAway
from stepdown.live.tests.conftest import LiveGroup
from stepdown.live.tests.factories import RoomFactory
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(seconds=90)


def test_a_room_whose_leader_goes_is_alone_from_then_on():
    assert alone_since([False, False], None, NOW) == NOW
    assert alone_since([False], EARLIER, NOW) == EARLIER


@pytest.mark.parametrize("leads", [[True], [False, True], [True, True, False], []])
def test_a_room_with_any_leader_or_without_patients_is_not_alone(leads):
    assert alone_since(leads, EARLIER, NOW) is None


@pytest.mark.parametrize(("seconds", "answer"), [(0, False), (119, False), (120, True), (600, True)])
def test_two_minutes_are_too_long(seconds, answer):
    assert is_too_long(NOW - timedelta(seconds=seconds), NOW) is answer


def test_who_is_not_alone_is_not_alone_for_too_long():
    assert not is_too_long(None, NOW)


@pytest.mark.django_db
def test_every_director_is_called_in_once_and_nobody_else():
    director = StaffFactory(roles=[Role.DIRECTOR])
    StaffFactory(roles=[Role.DIRECTOR], ended_at=timezone.now())
    StaffFactory(roles=[Role.BILLER])
    room = RoomFactory()
    away = services_leading.leader_away(session=room.session, since=EARLIER)
    assert services_leading.leader_away(session=room.session, since=NOW) == away
    assert away.since == EARLIER
    assert [message.staff for message in Message.objects.filter(kind=Message.Kind.NEEDED_NOW)] == [director]
    assert queries.rooms_without_leader(director) == [away]


@pytest.mark.django_db
def test_who_may_lead_the_room_learns_of_it_and_other_counselors_do_not():
    away = services_leading.leader_away(session=RoomFactory().session, since=EARLIER)
    assert queries.rooms_without_leader(away.session.leader) == [away]
    assert queries.rooms_without_leader(StaffFactory(roles=[Role.COUNSELOR])) == []


@pytest.mark.django_db
def test_a_room_that_was_ended_meanwhile_calls_nobody_in():
    StaffFactory(roles=[Role.DIRECTOR])
    room = RoomFactory(ended_at=timezone.now())
    assert services_leading.leader_away(session=room.session, since=EARLIER) is None
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["a leader comes back", "the room is ended"])
def test_it_is_over_once(how):
    room = RoomFactory()
    services_leading.leader_away(session=room.session, since=EARLIER)
    if how == "the room is ended":
        services.end_room(session=room.session, by=None)
    else:
        services_leading.leader_back(session=room.session)
    assert queries.leader_away_now(room.session) is None
    assert LeaderAway.objects.get().ended_at


@pytest.mark.browser
def test_patients_are_told_that_nobody_leads_and_that_somebody_does_again(crowd: Crowd, group: LiveGroup):
    leader = group.leader(mic=False, camera=False)
    patient = group.patient(mic=False, camera=False)[1]
    crowd.until(lambda: patient.join, "the patient is in")
    crowd.run(leader.say("leave"))
    crowd.until(lambda: [len(told["people"]) for told in patient.heard("roster")][-1:] == [1], "the leader is gone")
    services_leading.leader_away(session=group.session, since=timezone.now())
    crowd.until(lambda: patient.heard("room")[-1]["leader_away"], "the patient is told")
    group.leader(mic=False, camera=False)
    crowd.until(lambda: not patient.heard("room")[-1]["leader_away"], "the patient is told again")
    assert queries.leader_away_now(group.session) is None
