"""A patient's way in on a new device, and everyone else's way nowhere."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.outreach.models import Message
from stepdown.people import codes, devices, links, services
from stepdown.people.models import Device, EntryCode
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory, PatientFactory

pytestmark = pytest.mark.django_db
BORN = {"born_month": "3", "born_day": "14", "born_year": "1988"}
NOT_BORN = {"born_month": "3", "born_day": "15", "born_year": "1988"}


@pytest.fixture
def patient():
    CenterFactory()
    return PatientFactory(date_of_birth=date(1988, 3, 14))


@pytest.fixture
def door(patient) -> str:
    return reverse("outreach:enter", args=[links.token_of(services.issue_link(patient=patient))])


def the_digits() -> str:
    return codes.digits_of(EntryCode.objects.latest("sent_at"))


def told(answer) -> str:
    """The page without what differs at each look."""
    return re.sub(r"[A-Za-z0-9_-]{43,64}", "", answer.content.decode())


def other(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_the_whole_way_in(client, door, patient):
    assert "Date of birth" in client.get(door).content.decode()
    assert "Enter your code" in client.post(door, BORN).content.decode()
    answer = client.post(f"{door}code/", BORN | {"code": the_digits()})
    assert (answer.status_code, answer.url) == (302, reverse("live:now"))
    assert client.get(reverse("desk:home")).status_code == 200
    assert EntryCode.objects.get().used_at
    assert Device.objects.get().patient == patient


def test_a_known_device_goes_straight_in(client, door, patient):
    assert as_patient(client, patient).get(door).url == reverse("live:now")


def test_the_code_is_sent_by_text_once(client, door):
    client.post(door, BORN)
    message = Message.objects.get()
    assert (message.kind, message.channel) == ("entry_code", "text")


def test_a_wrong_date_of_birth_sends_nothing_and_reads_the_same(door):
    right, wrong = Client(), Client()
    page = right.post(door, BORN)
    assert Message.objects.count() == 1
    same = wrong.post(door, NOT_BORN)
    assert Message.objects.count() == 1
    assert same.status_code == page.status_code
    assert told(same) == told(page).replace('value="14"', 'value="15"')


def test_the_right_code_with_the_wrong_date_of_birth_opens_nothing(client, door):
    client.post(door, BORN)
    answer = client.post(f"{door}code/", NOT_BORN | {"code": the_digits()})
    assert answer.status_code == 422
    assert devices.COOKIE not in answer.cookies
    assert not Device.objects.exists()


def test_a_wrong_code_keeps_the_date_of_birth_and_says_what_to_do(client, door):
    client.post(door, BORN)
    answer = client.post(f"{door}code/", BORN | {"code": other(the_digits())})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Check both, or ask for a new code." in page
    assert '<input type="hidden" name="born_year" value="1988">' in page


def test_a_wrong_code_and_a_wrong_date_read_the_same(door):
    one, two = Client(), Client()
    one.post(door, BORN)
    digits = the_digits()
    wrong_code = one.post(f"{door}code/", BORN | {"code": other(digits)})
    wrong_date = two.post(f"{door}code/", NOT_BORN | {"code": digits})
    assert wrong_code.context["form"].errors == wrong_date.context["form"].errors


def test_a_code_may_be_typed_with_spaces(client, door):
    client.post(door, BORN)
    digits = the_digits()
    assert client.post(f"{door}code/", BORN | {"code": f" {digits[:3]} {digits[3:]} "}).status_code == 302


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12 34"])
def test_what_is_no_code_uses_up_no_try(client, door, typed):
    client.post(door, BORN)
    assert client.post(f"{door}code/", BORN | {"code": typed}).status_code == 422
    assert EntryCode.objects.get().tries == 0


def test_the_sixth_try_fails_with_the_right_code_too(client, door):
    client.post(door, BORN)
    digits = the_digits()
    for _ in range(codes.TRIES):
        client.post(f"{door}code/", BORN | {"code": other(digits)})
    answer = client.post(f"{door}code/", BORN | {"code": digits})
    assert answer.status_code == 422
    assert "This code does not work any more. Ask for a new one." in answer.content.decode()


def test_a_code_works_for_ten_minutes(client, door, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    client.post(door, BORN)
    digits = the_digits()
    time_machine.move_to(start + timedelta(minutes=10), tick=False)
    assert client.post(f"{door}code/", BORN | {"code": digits}).status_code == 422
    time_machine.move_to(start + timedelta(minutes=9, seconds=59), tick=False)
    assert client.post(f"{door}code/", BORN | {"code": digits}).status_code == 302


def test_a_code_works_once(client, door):
    client.post(door, BORN)
    digits = the_digits()
    client.post(f"{door}code/", BORN | {"code": digits})
    assert Client().post(f"{door}code/", BORN | {"code": digits}).status_code == 422


def test_only_the_newest_code_works(client, door):
    client.post(door, BORN)
    first = the_digits()
    client.post(door, BORN)
    assert client.post(f"{door}code/", BORN | {"code": first}).status_code == 422
    assert client.post(f"{door}code/", BORN | {"code": the_digits()}).status_code == 302


@pytest.mark.parametrize("born", [BORN, NOT_BORN])
def test_codes_are_limited_within_an_hour_for_any_date_of_birth(client, door, born, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    for _ in range(codes.SENDS_AN_HOUR):
        assert client.post(door, born).status_code == 200
    answer = client.post(door, born)
    assert answer.status_code == 422
    assert "Wait an hour, or call us." in answer.content.decode()
    time_machine.move_to(start + timedelta(hours=1, seconds=1), tick=False)
    assert client.post(door, born).status_code == 200


@pytest.mark.parametrize(
    ("born", "sentence"),
    [
        ({}, "Enter your date of birth."),
        ({"born_month": "3", "born_day": "14", "born_year": ""}, "Enter the year too."),
        ({"born_month": "2", "born_day": "30", "born_year": "1988"}, "Enter a real date"),
        ({"born_month": "2", "born_day": "3", "born_year": "2999"}, "Enter a date that is not in the future."),
    ],
)
def test_what_is_no_date_of_birth_is_said_beside_the_boxes_and_sends_nothing(client, door, born, sentence):
    answer = client.post(door, born)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not EntryCode.objects.exists()


def test_an_unknown_link_is_a_page_that_helps_and_reads_as_a_revoked_one(client, door, patient):
    services.stop_link(patient=patient)
    unknown = client.get(reverse("outreach:enter", args=["A" * 43]))
    assert unknown.status_code == 404
    assert "(555) 555-0100" in unknown.content.decode()
    assert told(unknown) == told(client.get(door))


@pytest.mark.parametrize("way", ["get", "post"])
def test_a_revoked_link_opens_nothing(client, door, patient, way):
    services.stop_link(patient=patient)
    assert getattr(client, way)(door, BORN).status_code == 404
    assert client.post(f"{door}code/", BORN | {"code": "123456"}).status_code == 404


def test_a_new_link_ends_the_old_one(client, door, patient):
    services.issue_link(patient=patient)
    assert client.get(door).status_code == 404


def test_a_new_link_ends_the_old_one_and_a_known_device_goes_on(client, door, patient):
    as_patient(client, patient)
    new = reverse("outreach:enter", args=[links.token_of(services.issue_link(patient=patient))])
    assert client.get(door).status_code == 404, "also where the device is known"
    assert client.get(reverse("desk:home")).status_code == 200
    assert client.get(new).url == reverse("live:now"), "no code is asked again"
    assert Client().get(new).status_code == 200, "another device has to prove who uses it"
    assert patient.devices.get().ended_at is None


def test_a_code_asked_for_on_the_old_link_opens_the_new_one_alone(client, door, patient):
    client.post(door, BORN)
    new = reverse("outreach:enter", args=[links.token_of(services.issue_link(patient=patient))])
    assert client.post(f"{door}code/", BORN | {"code": the_digits()}).status_code == 404
    assert not patient.devices.exists()
    assert client.post(f"{new}code/", BORN | {"code": the_digits()}).url == reverse("live:now")


def test_the_token_is_stored_nowhere(door, patient):
    link = patient.links.get()
    assert links.token_of(link) not in str(vars(link))
    assert len(links.token_of(link)) == 43


def test_a_device_of_somebody_else_changes_hands_only_with_the_code(client, door, patient):
    stranger = PatientFactory()
    as_patient(client, stranger)
    assert client.get(door).status_code == 200
    client.post(door, BORN)
    client.post(f"{door}code/", BORN | {"code": the_digits()})
    assert stranger.devices.get().ended_at
    assert client.get(door).url == reverse("live:now")


def test_the_link_of_a_patient_who_reads_spanish_opens_in_spanish(patient):
    patient.language = "es"
    link = services.issue_link(patient=patient)
    assert "/es/me/" in links.url_of(link)


@pytest.fixture
def spanish_reader(client, door, patient):
    patient.language = "es"
    patient.save()
    return client


def test_a_link_without_a_language_opens_in_the_language_of_the_patient(spanish_reader, door):
    assert spanish_reader.get(door).url == f"/es{door}"


def test_a_patient_known_on_the_device_stays_in_their_language(spanish_reader, door, patient):
    as_patient(spanish_reader, patient)
    assert spanish_reader.get(spanish_reader.get(door).url).url == "/es/me/now/"


def test_the_way_in_with_a_code_stays_in_the_language_of_the_page(spanish_reader, door):
    there = f"/es{door}"
    spanish_reader.post(there, BORN)
    assert spanish_reader.post(f"{there}code/", BORN | {"code": the_digits()}).url == "/es/me/now/"


def test_who_chooses_another_language_on_our_page_gets_it(spanish_reader, door):
    assert spanish_reader.get(door, headers={"Referer": f"http://testserver/es{door}"}).status_code == 200


def test_a_language_we_do_not_write_in_changes_no_address(spanish_reader, door, patient):
    patient.language = "fr"
    patient.save()
    assert spanish_reader.get(door).status_code == 200
