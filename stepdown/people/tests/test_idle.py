"""Whoever has been away for a while proves who they are before a staff page opens again."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from stepdown.config.urls import urlpatterns as pages_of_the_product
from stepdown.people import access
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import PASSWORD, CenterFactory, PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db
MINUTE = 60


def opened(request):
    return HttpResponse("opened")


urlpatterns = [
    *pages_of_the_product,
    path("test/staff/", access.staff_page()(opened)),
    path("test/room/", access.staff_page(lasting=lambda request: "in" in request.GET)(lambda request: opened(request))),
    path("test/patient/", access.patient_page(lambda request: opened(request))),
]


@pytest.fixture
def here(time_machine):
    """At noon, signed in. `here.later(minutes)` moves the clock."""
    time_machine.move_to("2026-03-11T12:00:00Z", tick=False)
    CenterFactory()
    with override_settings(ROOT_URLCONF=__name__):
        client = sign_in(Client(), StaffFactory())
        client.later = lambda minutes: time_machine.shift(minutes * MINUTE)
        yield client


def is_open(client) -> bool:
    return client.get("/test/staff/").status_code == 200


def test_after_fifteen_minutes_the_password_is_asked_and_the_way_goes_on(here):
    here.later(15)
    asked = here.get("/test/staff/?page=2")
    assert asked.url == "/staff/account/confirm/?next=%2Ftest%2Fstaff%2F%3Fpage%3D2"
    assert "Nothing was done here for a while" in here.get(asked.url).content.decode()
    wrong = here.post(asked.url, {"password": "wrong"})
    assert wrong.status_code == 422
    assert not is_open(here)
    back = here.post(asked.url, {"password": PASSWORD, "next": "/test/staff/?page=2"})
    assert back.url == "/test/staff/?page=2"
    assert is_open(here)


def test_every_page_opened_counts_from_anew(here):
    for _ in range(4):
        here.later(14)
        assert is_open(here)


def test_after_twelve_hours_the_password_is_asked_whatever_was_done(here):
    for _ in range(71):
        here.later(10)
        assert is_open(here)
    here.later(10)

    asked = here.get("/test/staff/")
    assert asked.url.startswith("/staff/account/confirm/")
    here.post(asked.url, {"password": PASSWORD})
    assert is_open(here)


def test_typing_on_an_open_page_counts_and_asking_does_not(here):
    here.later(10)
    assert here.get(reverse("still_here")).json() == {"seconds": 300}
    assert here.post(reverse("still_here")).json() == {"seconds": 900}
    here.later(14)
    assert is_open(here)
    here.later(15)
    assert here.get(reverse("still_here")).json() == {"seconds": 0}
    assert here.post(reverse("still_here")).json() == {"seconds": 0}, "moving the mouse unlocks nothing"
    assert not is_open(here)


def test_a_note_that_saves_itself_is_told_to_wait_instead_of_being_lost(here):
    here.later(15)
    answer = here.post("/test/staff/", {"words": "typed"}, headers={"X-Autosave": "1", "Accept": "application/json"})
    assert answer.status_code == 401
    assert "What you typed stays here" in answer.json()["sentence"]


def test_who_signed_out_is_told_that_nothing_is_saved(here):
    here.post(reverse("account_logout"))
    answer = here.post("/test/staff/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert "You are signed out, so this is not saved." in answer.json()["sentence"]


def test_an_open_room_goes_on_and_unlocks_nothing(here):
    here.later(180)
    assert here.get("/test/room/?in").content == b"opened"
    assert not is_open(here)


def test_a_room_that_is_not_open_is_locked_like_the_rest(here):
    here.later(180)
    assert here.get("/test/room/").url.startswith("/staff/account/confirm/")
    assert not is_open(here)


def test_what_an_open_room_asks_keeps_the_rest_open_in_time(here):
    for _ in range(3):
        here.later(14)
        assert here.get("/test/room/?in").content == b"opened"
    assert is_open(here)


def test_a_locked_session_changes_nothing_about_the_account(here):
    here.later(15)
    assert here.get(reverse("mfa_index")).url.startswith("/staff/account/confirm/")


def test_minutes_are_a_setting_and_none_never_locks(here, settings):
    settings.IDLE_MINUTES = 2
    here.later(2)
    assert not is_open(here)
    settings.IDLE_MINUTES = 0
    here.later(600)
    assert is_open(here)


def test_patients_are_never_locked(here):
    client = as_patient(Client(), PatientFactory())
    here.later(600)
    assert client.get("/test/patient/").content == b"opened"
