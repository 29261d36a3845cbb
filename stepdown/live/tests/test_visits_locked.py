"""A locked room lets nobody new in, nor who observes and was never inside."""

from django.urls import reverse

from stepdown.live import services_inside, visits
from stepdown.live.tests.factories import JoinFactory, RoomFactory
from stepdown.live.tests.test_visits import colleague
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory


def test_who_observes_comes_back_into_a_locked_room_and_comes_into_none_for_the_first_time(db, client):
    CenterFactory()
    session = RoomFactory().session
    lock = {"session": session, "what": "lock", "by": session.leader}
    before, late = colleague(session), colleague(session)
    JoinFactory(session=session, patient=None, visit=before)
    assert visits.may_be_in(session) == {before.pk, late.pk}
    services_inside.decide(on=True, **lock)
    assert visits.may_be_in(session) == {before.pk}
    assert late.pk in visits.expected(session)
    rail = sign_in(client, session.leader).get(reverse("live:waiting", args=[session.pk])).content.decode()
    assert rail.count("Comes in once the room is unlocked.") == 1
    services_inside.decide(on=False, **lock)
    assert visits.may_be_in(session) == {before.pk, late.pk}
