"""The door and the patient's room as pages: the right person, the wrong one, the wrong moment, bad input."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from stepdown.live import door, queries, services, tickets, words
from stepdown.live.domain.refusals import COME_AGAIN, Reason
from stepdown.live.models import DoorCheck, PrivateWord
from stepdown.live.services_outside import let_take_part
from stepdown.live.tests.factories import (
    AdmittanceFactory,
    DoorCheckFactory,
    JoinFactory,
    RoomFactory,
    agreed,
    patient_at_door,
)
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "place": "elsewhere",
    "address": "77 Elsewhere Road, Sampleton",
    "state": "MN",
    "callback_phone": "(612) 555-0142",
    "alone": "yes",
}


@pytest.fixture
def session():
    CenterFactory(phone="+16125550100")
    return SessionFactory()


@pytest.fixture
def patient(client, session):
    patient = agreed(SeatFactory(group=session.group, accepted=True).patient)
    as_patient(client, patient)
    return patient


def address(name, session):
    return reverse(f"live:{name}", args=[session.pk])


def test_a_patient_without_a_seat_finds_no_door(client, session):
    as_patient(client, PatientFactory())
    for name in ("door", "door_where", "door_how", "room", "people"):
        assert client.get(address(name, session)).status_code == 404


def test_before_its_time_the_door_says_when_it_opens(client, session, patient):
    later = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(hours=5))
    answer = client.get(address("door", later))
    assert answer.status_code == 403
    assert "The door opens: " in answer.content.decode()
    assert 'data-module="live/opens"' in answer.content.decode()


def test_when_the_group_has_ended_the_door_says_so(client, session, patient):
    RoomFactory(session=session, ended=True)
    assert "The group has ended for today." in client.get(address("room", session)).content.decode()


def test_missing_agreements_come_first_and_lead_back(client, session):
    seat = SeatFactory(group=session.group, accepted=True)
    as_patient(client, seat.patient)
    answer = client.get(address("door", session))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("privacy:agree"))
    assert str(session.pk) in answer.url


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [(-5, "Your group is meeting now. You go"), (12, "Your group starts in 12 minutes. You go")],
)
def test_the_agreements_say_that_the_group_waits(client, minutes, sentence):
    CenterFactory()
    with time_machine.travel(timezone.now(), tick=False):
        session = SessionFactory(starts_at=timezone.now() + timedelta(minutes=minutes))
        as_patient(client, SeatFactory(group=session.group, accepted=True).patient)
        assert sentence in client.get(client.get(address("door", session)).url).content.decode()
        assert sentence not in client.get(reverse("privacy:agree")).content.decode()


def test_the_room_asks_first_where_the_patient_is(client, session, patient):
    assert client.get(address("room", session)).url == address("door_where", session)


def test_home_is_offered_with_one_tap(client, session, patient):
    client.post(address("door_where", session), {"place": "home", "callback_phone": "(612) 555-0142", "alone": "yes"})
    check = DoorCheck.objects.get()
    assert (check.address, check.state, check.callback_phone) == (patient.address, patient.state, "+16125550142")


def test_in_spanish_one_is_at_home_and_not_on_a_first_page(client, session, patient):
    with translation.override("es"):
        page = client.get(address("door_where", session)).content.decode()
    assert "En casa" in page
    assert "Inicio" not in page


def test_the_last_place_is_offered_again(client, session, patient):
    client.post(address("door_where", session), ELSEWHERE)
    assert "77 Elsewhere Road, Sampleton" in client.get(address("door_where", session)).content.decode()


def card_of(page, address):
    """What is sent by tapping the place that the page shows with this address."""
    return re.search(rf'value="([^"]+)"[^>]*>\s*<strong>[^<]*</strong>\s*<span class="hint">{address}<', page)[1]


def test_a_tap_on_the_last_place_keeps_the_address_that_the_page_showed(client, session, patient):
    DoorCheckFactory(session=session, patient=patient, address="12 Aunt Street")
    refused = client.post(address("door_where", session), ELSEWHERE | {"state": "NV"})
    choice = card_of(refused.content.decode(), "12 Aunt Street")
    answer = client.post(address("door_where", session), ELSEWHERE | {"place": choice})
    assert answer.url == address("door_how", session)
    assert DoorCheck.objects.latest("at").address == "12 Aunt Street"


def test_a_page_that_is_behind_another_device_keeps_the_address_it_showed(client, session, patient):
    DoorCheckFactory(session=session, patient=patient, address="12 Aunt Street")
    choice = card_of(client.get(address("door_where", session)).content.decode(), "12 Aunt Street")
    DoorCheckFactory(session=session, patient=patient, address="A car park")
    fields = {"place": choice, "callback_phone": "612", "alone": "yes"}
    assert f'value="{choice}" checked' in client.post(address("door_where", session), fields).content.decode()
    client.post(address("door_where", session), fields | {"callback_phone": "(612) 555-0142"})
    assert DoorCheck.objects.latest("at").address == "12 Aunt Street"


def test_the_place_of_another_patient_is_no_choice(client, session, patient):
    other = DoorCheckFactory(session=session, address="9 Stranger Road")
    DoorCheckFactory(session=session, patient=patient, address="12 Aunt Street")
    answer = client.post(address("door_where", session), ELSEWHERE | {"place": f"last-{other.pk}"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose one of the answers shown." in body
    assert "12 Aunt Street" in body
    assert ELSEWHERE["address"] in body, "what was typed stays"
    assert "9 Stranger Road" not in body
    assert DoorCheck.objects.filter(patient=patient).count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("place", "", "Choose where you are right now."),
        ("place", "moon", "Choose one of the answers shown."),
        ("address", "", "Enter the address where you are right now."),
        ("address", "x" * 201, "Use at most 200 characters."),
        ("state", "", "Choose the state where you are right now."),
        ("callback_phone", "612 555", "Enter a phone number with 10 digits. This one has 6."),
        ("alone", "", "Tell us if someone can hear or see the group."),
    ],
)
def test_a_place_that_cannot_be_used_is_told_and_kept(client, session, patient, field, typed, sentence):
    answer = client.post(address("door_where", session), ELSEWHERE | {field: typed})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in body
    assert ("(612) 555-0142" if field != "callback_phone" else "612 555") in body
    assert not DoorCheck.objects.exists()


def test_a_state_without_a_license_leads_to_the_phone(client, session, patient):
    answer = client.post(address("door_where", session), ELSEWHERE | {"state": "NV"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "while you are in Nevada" in body
    assert "tel:+16125550100" in body
    assert "77 Elsewhere Road" in body


def test_held_at_the_door_goes_on_once_a_director_lets_them_take_part(client, session, patient):
    director = StaffFactory(roles=[Role.DIRECTOR])
    client.post(address("door_where", session), ELSEWHERE | {"state": "NV"})
    assert Message.objects.get().staff == director
    assert client.get(address("door_how", session)).url == address("door_where", session)
    let_take_part(session=session, patient=patient, reason="travel", words="", by=director)
    assert client.get(address("door_how", session)).status_code == 200


def test_with_someone_near_the_door_helps_and_waits(client, session, patient):
    answer = client.post(address("door_where", session), ELSEWHERE | {"alone": "no"})
    assert answer.url == address("door_near", session)
    assert client.get(address("room", session)).url == address("door_near", session)
    assert client.post(address("door_near", session)).url == address("door_how", session)
    assert DoorCheck.objects.latest("at").alone


def test_answers_are_kept_with_the_place(client, session, patient):
    client.post(address("door_where", session), ELSEWHERE)
    client.post(address("door_how", session), {"craving": "8", "mood": "low", "used_since": "no"})
    check = DoorCheck.objects.latest("at")
    assert (check.address, check.craving, check.mood, check.used_since) == (ELSEWHERE["address"], 8, "low", False)


def test_who_comes_to_the_door_again_is_still_heard(client, session, patient):
    how = {"craving": "9", "mood": "very_low", "used_since": "yes"}
    client.post(address("door_where", session), ELSEWHERE)
    client.post(address("door_how", session), how)
    client.post(address("door_where", session), ELSEWHERE | {"alone": "no"})
    client.post(address("door_near", session))
    check = queries.door_check(session, patient)
    assert (check.alone, check.craving, check.mood, check.used_since) == (True, 9, "very_low", True)
    answer = client.get(address("door_how", session))
    assert answer.context["form"].initial == {"craving": 9, "mood": "very_low", "used_since": True}
    page = answer.content.decode()
    assert page.count("checked") == 3, page
    assert "Skip these questions today" not in page
    client.post(address("door_how", session), how | {"craving": "3"})
    assert queries.door_check(session, patient).craving == 3


def test_what_was_said_at_another_door_is_asked_anew(client, session, patient):
    before = SessionFactory(group=session.group, starts_at=session.starts_at - timedelta(days=2))
    DoorCheckFactory(session=before, patient=patient, craving=9)
    client.post(address("door_where", session), ELSEWHERE)
    assert queries.door_check(session, patient).craving is None
    assert "Skip these questions today" in client.get(address("door_how", session)).content.decode()


def test_answers_may_all_be_left_out(client, session, patient):
    client.post(address("door_where", session), ELSEWHERE)
    assert client.post(address("door_how", session), {}).url == address("room", session)
    assert DoorCheck.objects.latest("at").craving is None


def test_an_urge_above_ten_is_refused(client, session, patient):
    client.post(address("door_where", session), ELSEWHERE)
    answer = client.post(address("door_how", session), {"craving": "11"})
    assert answer.status_code == 422
    assert "Choose one of the answers shown." in answer.content.decode()
    assert DoorCheck.objects.count() == 1


def test_the_question_about_use_names_the_last_meeting(client, session, patient):
    before = SessionFactory(group=session.group, starts_at=session.starts_at - timedelta(days=2))
    client.post(address("door_where", session), ELSEWHERE)
    day = before.service_date.strftime("%A")
    assert f"Did you drink or use since {day}?" in client.get(address("door_how", session)).content.decode()


@pytest.mark.parametrize(
    ("days", "lang", "said"),
    [
        (5, "en", "Wednesday"),
        (6, "en", "Tuesday, November 24"),
        (7, "en", "Monday, November 23"),
        (7, "es", "lunes 23 de noviembre"),
        (0, "en", "Monday, November 30"),
        (346, "en", "Friday, December 19, 2025"),
    ],
)
def test_the_day_of_the_last_meeting_is_taken_for_no_other(days, lang, said):
    monday = date(2026, 11, 30)
    before, now = (Session(service_date=on) for on in (monday - timedelta(days=days), monday))
    assert door.day_of_last(now, before, lang) == said


def test_a_weekly_group_is_asked_about_the_whole_week(client, session, patient):
    before = SessionFactory(group=session.group, starts_at=session.starts_at - timedelta(days=7))
    client.post(address("door_where", session), ELSEWHERE)
    assert f"since {door.day_of_last(session, before)}?" in client.get(address("door_how", session)).content.decode()
    assert str(before.service_date.day) in door.day_of_last(session, before)


def test_a_ticket_needs_a_whole_door_check(client, session, patient):
    answer = client.post(address("ticket", session))
    assert answer.status_code == 403
    assert answer.json()["go"] == address("door_where", session)
    client.post(address("door_where", session), ELSEWHERE)
    ticket = client.post(address("ticket", session)).json()["ticket"]
    assert tickets.read(ticket).browser == f"device:{patient.devices.get().pk}"


def test_nobody_reads_who_is_in_before_being_let_in(client, session):
    patient = patient_at_door(session)
    as_patient(client, patient)
    assert client.get(address("people", session)).status_code == 404


def test_people_are_told_by_the_names_the_group_may_hear(client, session):
    patient = patient_at_door(session)
    AdmittanceFactory(session=session, patient=patient)
    other = patient_at_door(session)
    other.chosen_name = "Robin"
    other.save()
    join = JoinFactory(session=session, patient=other)
    at = timezone.now()
    services.record([services.Sighting(source="signaling", emitter="live", kind="arrived", at=at, join=join.pk)])
    as_patient(client, patient)
    answer = client.get(address("people", session))
    assert answer.json() == {"people": [{"join": str(join.pk), "name": "Robin", "role": "patient", "you": False}]}
    assert other.last_name not in answer.content.decode()


def test_get_help_holds_the_place_told_today(client, session, patient):
    client.post(address("door_where", session), ELSEWHERE)
    assert "Tell them where you are: 77 Elsewhere Road" in client.get(address("room", session)).content.decode()


def test_a_private_word_says_whether_a_leader_has_it(client, session, patient):
    DoorCheckFactory(session=session, patient=patient)
    json = {"accept": "application/json"}
    said = client.post(address("word", session), {"kind": "help"}, headers=json).json()["said"]
    assert said.startswith("No leader is in the room right now.")
    for leader in (StaffFactory(name="Ruth Invented", roles=[Role.DIRECTOR]), session.leader):
        join = JoinFactory(session=session, patient=None, staff=leader)
        services.record([services.Sighting("signaling", "live", "arrived", timezone.now(), join=join.pk)])
        said = client.post(address("word", session), {"kind": "help"}, headers=json).json()["said"]
        assert said == f"{leader.first_name} has it. Only the leaders see it."


def test_a_word_of_ones_own_is_refused_and_nothing_is_kept(client, session, patient):
    DoorCheckFactory(session=session, patient=patient)
    answer = client.post(address("word", session), {"kind": "Please call my sister"})
    assert answer.status_code == 422
    assert not PrivateWord.objects.exists()


def test_in_spanish_one_reads_that_a_word_is_none_of_ours(client, session, patient):
    DoorCheckFactory(session=session, patient=patient)
    with translation.override("es"):
        answer = client.post(address("word", session), {"kind": "x"}, headers={"accept": "application/json"})
    assert answer.json() == {"why": "Elija una de las frases."}


def test_the_room_has_words_for_every_reason_that_shows_none_of_its_own():
    assert set(words.sorry()) == set(Reason) - COME_AGAIN - {Reason.NOT_ALLOWED}


def test_who_may_not_come_in_sends_no_word(client, session, patient):
    answer = client.post(address("word", session), {"kind": "help"}, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert not PrivateWord.objects.exists()
