"""The standby room: who sets it, when a group falls back to it, and what is kept of that."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel import outside
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.tests.at_once import while_open
from stepdown.live import queries, queries_standby, services, services_standby
from stepdown.live.domain import standby
from stepdown.live.forms_standby import StandbyForm
from stepdown.live.light_crowd import Crowd
from stepdown.live.models import StandbyRoom, VideoAway
from stepdown.live.server.store import read_session
from stepdown.live.tests.conftest import LiveGroup
from stepdown.live.tests.factories import RoomFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.tests.factories import GroupFactory
from stepdown.privacy.services_vendors import end
from stepdown.privacy.tests.factories import agreed_with
from tests.browser import copy_on
from tests.copies import Copy

ADDRESS = "https://meet.example.org/evening-group?pwd=abc"
EARLIER = timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("away", "is_due"),
    [(None, False), (0.0, False), (standby.PATIENCE_SECONDS - 0.1, False), (standby.PATIENCE_SECONDS, True)],
)
def test_it_is_due_once_no_media_server_answered_for_long(away, is_due):
    assert standby.is_due(away) is is_due


@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_an_address_at_another_service_or_none_is_taken(address):
    assert StandbyForm({"address": address}).is_valid()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://meet.example.org/x", "begins with https://"),
        ("meet.example.org/x", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("https://", "begins with https://"),
        ("https://ines:secret@meet.example.org/x", "before the @"),
        ("https://iop.example.org/x", "our own address"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_with_a_sentence(settings, address, why):
    settings.PUBLIC_URL = "https://iop.example.org"
    form = StandbyForm({"address": address})
    assert not form.is_valid()
    assert why in form.errors["address"][0]


@pytest.mark.django_db
def test_without_an_agreement_nobody_is_sent_there(client):
    """RULE PRIV-24."""
    room, director = RoomFactory(), StaffFactory(roles=[Role.DIRECTOR])
    group = room.session.group
    sign_in(client, director)
    answer = client.post(reverse("live:set_standby", args=[group.pk]), {"address": ADDRESS})
    assert answer.status_code == 422
    assert outside.NO_AGREEMENT in answer.content.decode()
    assert ADDRESS in answer.content.decode(), "what was typed stays"
    row = agreed_with("standby")
    services_standby.set_standby_room(group=group, address=ADDRESS, by=director)
    services_standby.video_away(session=room.session, since=EARLIER)
    assert read_session(room.session.pk).video_away == ADDRESS
    end(agreement=row, why="They were bought.", by=director)
    assert read_session(room.session.pk).video_away == "", "also in the room that is shown the way already"
    assert "No agreement with this service" in client.get(reverse("live:standby", args=[group.pk])).content.decode()
    services_standby.video_back(session=room.session)
    assert services_standby.video_away(session=room.session, since=timezone.now()).address == ""


@pytest.mark.django_db
def test_no_address_needs_no_agreement():
    assert services_standby.set_standby_room(group=GroupFactory(), address="", by=StaffFactory()).address == ""


@pytest.mark.django_db
def test_a_director_sets_it_and_a_counselor_sees_it(client):
    group, director = GroupFactory(), StaffFactory(roles=[Role.DIRECTOR])
    agreed_with("standby")
    sign_in(client, director)
    answer = client.post(reverse("live:set_standby", args=[group.pk]), {"address": ADDRESS})
    assert answer.status_code == 302
    known = queries_standby.standby_room(group)
    assert (known.address, known.set_by) == (ADDRESS, director)
    page = sign_in(Client(), group.leader).get(reverse("live:standby", args=[group.pk])).content.decode()
    assert "meet.example.org" in page
    assert "The clinical director sets" in page
    assert reverse("live:set_standby", args=[group.pk]) not in page


@pytest.mark.django_db
def test_what_was_typed_stays_with_its_sentence(client):
    group = GroupFactory()
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    answer = client.post(reverse("live:set_standby", args=[group.pk]), {"address": "http://meet.example.org/typed"})
    assert answer.status_code == 422
    assert "http://meet.example.org/typed" in answer.content.decode()
    assert not StandbyRoom.objects.exists()


@pytest.mark.django_db
def test_two_groups_never_share_one():
    agreed_with("standby")
    services_standby.set_standby_room(group=GroupFactory(), address=ADDRESS, by=StaffFactory())
    with pytest.raises(RuleBroken, match="the two could meet in it"):
        services_standby.set_standby_room(group=GroupFactory(), address=ADDRESS, by=StaffFactory())


@pytest.mark.django_db
def test_many_groups_may_have_none():
    for _ in range(2):
        services_standby.set_standby_room(group=GroupFactory(), address="", by=StaffFactory())
    assert StandbyRoom.objects.count() == 2


@pytest.mark.django_db
def test_it_is_kept_once_since_when_and_where():
    room = RoomFactory()
    agreed_with("standby")
    services_standby.set_standby_room(group=room.session.group, address=ADDRESS, by=room.session.leader)
    away = services_standby.video_away(session=room.session, since=EARLIER)
    assert services_standby.video_away(session=room.session, since=timezone.now()) == away
    assert (away.since, away.address) == (EARLIER, ADDRESS)
    services_standby.video_back(session=room.session)
    assert queries_standby.video_away_now(room.session) is None
    assert [one.ended_at > EARLIER for one in queries_standby.video_away(room.session)] == [True]


@pytest.mark.django_db
def test_a_group_without_one_is_known_to_be_without_video():
    assert services_standby.video_away(session=RoomFactory().session, since=EARLIER).address == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), [("", ADDRESS), (ADDRESS, ADDRESS + "d"), (ADDRESS, "")])
def test_what_is_set_while_video_is_away_holds_at_once(before, after, monkeypatch):
    room, other = RoomFactory(), RoomFactory()
    ended = VideoAway.objects.create(
        session=room.session, since=EARLIER, ended_at=EARLIER, address="https://meet.example.org/earlier"
    )
    agreed_with("standby")
    services_standby.set_standby_room(group=room.session.group, address=before, by=room.session.leader)
    for one in (room, other):
        services_standby.video_away(session=one.session, since=EARLIER)
    told = []
    monkeypatch.setattr(services_standby, "tell_live", told.append)
    services_standby.set_standby_room(group=room.session.group, address=after, by=room.session.leader)
    assert read_session(room.session.pk).video_away == after
    assert read_session(other.session.pk).video_away == ""
    assert told == [room.session]
    ended.refresh_from_db()
    assert ended.address == "https://meet.example.org/earlier"


@pytest.mark.django_db
def test_nobody_is_told_of_what_stays_or_of_a_room_with_video(monkeypatch):
    room, with_video = RoomFactory(), RoomFactory()
    agreed_with("standby")
    services_standby.set_standby_room(group=room.session.group, address=ADDRESS, by=room.session.leader)
    services_standby.video_away(session=room.session, since=EARLIER)
    monkeypatch.setattr(services_standby, "tell_live", lambda session: pytest.fail("told"))
    services_standby.set_standby_room(group=room.session.group, address=ADDRESS, by=room.session.leader)
    services_standby.set_standby_room(group=with_video.session.group, address=ADDRESS + "d", by=room.session.leader)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["set", "away"])
def test_what_is_set_in_the_moment_in_which_video_goes_holds(first):
    room = RoomFactory()
    agreed_with("standby")

    def set_room():
        services_standby.set_standby_room(group=room.session.group, address=ADDRESS, by=room.session.leader)

    def away():
        services_standby.video_away(session=room.session, since=EARLIER)

    while_open(*((set_room, away) if first == "set" else (away, set_room)))
    assert VideoAway.objects.get().address == ADDRESS


@pytest.mark.django_db
def test_the_end_of_the_room_ends_it():
    room = RoomFactory()
    services_standby.video_away(session=room.session, since=EARLIER)
    services.end_room(session=room.session, by=None)
    assert queries_standby.video_away_now(room.session) is None
    assert services_standby.video_away(session=room.session, since=EARLIER) is None


@pytest.fixture
def product(browser_database: str, django_db_blocker: Any) -> Iterator[Copy]:
    """In place of the product that all tests share: one whose only media server can be kept from coming back."""
    with copy_on(browser_database) as copy, django_db_blocker.unblock():
        yield copy


@pytest.mark.browser
@pytest.mark.long
def test_who_was_let_in_is_shown_the_way_and_everyone_returns_when_video_is_back(
    product: Copy, crowd: Crowd, group: LiveGroup
):
    address = f"https://meet.example.org/{uuid4()}"
    agreed_with("standby")
    services_standby.set_standby_room(group=group.session.group, address=address, by=group.session.leader)
    leader = group.leader()
    _, person = group.patient()
    _, waiting = group.patient(let_in=False)
    crowd.until_all_see_all([leader, person])

    product.kill_for_good("janus")

    crowd.until(lambda: leader.heard("standby") and person.heard("standby"), "both are shown the way", 40)
    assert leader.heard("standby") == person.heard("standby") == [{"t": "standby", "on": True, "address": address}]
    late, latecomer = group.patient()
    crowd.until(lambda: latecomer.heard("standby"), "who comes meanwhile and was let in is shown the way")
    assert not waiting.heard("standby")

    product.mend("janus")

    crowd.until_all_see_all([leader, person, latecomer], 60)
    crowd.until(lambda: all(len(one.heard("standby")) == 2 for one in (leader, person, latecomer)), "all are told")
    assert {one.heard("standby")[-1]["on"] for one in (leader, person, latecomer)} == {False}
    assert not waiting.heard("standby")
    away = VideoAway.objects.get(session=group.session)
    assert away.ended_at - away.since > timedelta(seconds=standby.PATIENCE_SECONDS)
    assert queries.stays(group.session)[late.pk][0].start >= away.ended_at - timedelta(seconds=5)
