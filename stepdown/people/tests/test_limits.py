"""Who asks too much in a minute waits for the next one; nobody else does."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.kernel.limit import Limit
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(settings, time_machine):
    settings.LIMITS = {"public:home": Limit(reads=2, sends=1), "people:people": Limit(reads=2, sends=1)}
    settings.FILES_A_MINUTE = 1
    time_machine.move_to("2026-03-11 12:00:10+00:00", tick=False)
    CenterFactory()
    return time_machine


def test_a_stranger_waits_for_the_next_minute(noon):
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert [client.get("/").status_code for _ in range(3)] == [200, 200, 429]
    waits = client.get("/")
    assert "Wait a minute, then try again." in waits.content.decode()
    assert waits.headers["Retry-After"] == "60"
    noon.move_to("2026-03-11 12:01:00+00:00", tick=False)
    assert client.get("/").status_code == 200


def test_what_is_sent_is_counted_apart(noon):
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert [client.post("/").status_code for _ in range(2)] == [405, 429]
    assert client.get("/").status_code == 200


def test_another_address_does_not_wait():
    client = Client()
    for _ in range(3):
        client.get("/", REMOTE_ADDR="203.0.113.9")
    assert client.get("/", REMOTE_ADDR="203.0.113.10").status_code == 200


def test_one_customer_has_many_addresses_and_is_one():
    client = Client()
    for number in range(3):
        answer = client.get("/", REMOTE_ADDR=f"2001:db8::{number}")
    assert answer.status_code == 429
    assert client.get("/", REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_staff_behind_one_address_are_counted_one_by_one():
    first, second = (sign_in(Client(), StaffFactory(roles=[Role.ADMINISTRATOR])) for _ in range(2))
    assert [first.get(reverse("people:people")).status_code for _ in range(3)] == [200, 200, 429]
    assert second.get(reverse("people:people")).status_code == 200


def test_files_are_counted_whatever_page_they_are_of():
    client = sign_in(Client(), StaffFactory())
    assert client.get("/staff/groups/?as=pdf").status_code == 200
    assert client.get("/staff/day/?as=pdf").status_code == 429
