"""A guest's link: one browser, one session, and no page besides."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.live import services_visits, visits
from stepdown.live.models import Visit
from stepdown.live.tests.factories import RoomFactory
from stepdown.live.tests.test_sides import in_room
from stepdown.people.tests.factories import CenterFactory
from stepdown.timetable.tests.factories import SessionFactory


@pytest.fixture
def session(db):
    CenterFactory()
    return RoomFactory().session


@pytest.fixture
def guest(session):
    return services_visits.invite_guest(session=session, name="Sam Invented", why="speaks.", by=session.leader)


def test_a_guests_link_opens_in_one_browser_and_for_one_session(client, session, guest):
    link = reverse("live:guest", args=[guest.pk, visits.token_of(guest)])
    room = reverse("live:guest_room", args=[guest.pk, visits.token_of(guest)])
    assert b"Welcome, Sam Invented" in client.get(link).content
    assert client.get(room).status_code == 404
    assert client.post(link).url == room
    assert client.get(room).status_code == 200
    other = Client()
    assert other.post(link).status_code == 403
    assert b"opened on another device" in other.get(link).content
    assert other.get(room).status_code == 404
    assert "ticket" in client.post(reverse("live:guest_ticket", args=[guest.pk, visits.token_of(guest)])).json()


def test_of_two_browsers_at_the_same_moment_one_has_the_link(client, session, guest, monkeypatch):
    link = reverse("live:guest", args=[guest.pk, visits.token_of(guest)])
    as_it_was = Visit.objects.get(pk=guest.pk)
    services_visits.open_link(visit=guest)
    monkeypatch.setattr(visits, "guest_of", lambda *_: as_it_was)  # read before the other browser was done
    answer = client.post(link)
    assert answer.status_code == 403
    assert b"opened on another device" in answer.content


@pytest.mark.parametrize("page", ["guest", "guest_room"])
def test_a_forged_or_withdrawn_link_is_not_there(client, session, guest, page):
    other = services_visits.invite_guest(session=SessionFactory(), name="Kim", why="x", by=session.leader)
    assert client.get(reverse(f"live:{page}", args=[guest.pk, visits.token_of(other)])).status_code == 404
    assert client.get(reverse(f"live:{page}", args=[guest.pk, "x"])).status_code == 404
    services_visits.send_visit_out(session=session, visit=guest.pk, by=session.leader)
    assert client.get(reverse(f"live:{page}", args=[guest.pk, visits.token_of(guest)])).status_code == 404


def test_a_guest_learns_no_names_before_a_leader_lets_them_in(client, session, guest):
    in_room(session)
    client.post(reverse("live:guest", args=[guest.pk, visits.token_of(guest)]))
    people = reverse("live:guest_people", args=[guest.pk, visits.token_of(guest)])
    assert client.get(people).status_code == 404
    Visit.objects.filter(pk=guest.pk).update(let_in_at=guest.at)
    assert [set(one) for one in client.get(people).json()["people"]] == [{"join", "name", "role", "you"}]


def test_a_guest_sees_no_page_of_staff_or_patients(client, session, guest):
    client.post(reverse("live:guest", args=[guest.pk, visits.token_of(guest)]))
    for page in ("live:staff_room", "live:room", "live:observe", "live:emergency", "attendance:sheet"):
        assert client.get(reverse(page, args=[session.pk])).status_code in (302, 403, 404)
