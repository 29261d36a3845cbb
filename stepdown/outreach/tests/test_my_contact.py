"""A patient changes how they are reached, and nobody does it in their place."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.outreach import tasks
from stepdown.outreach.models import Message
from stepdown.outreach.tests.test_contact_data import SENT
from stepdown.people import codes, links, services
from stepdown.people.models import EntryCode
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory, PatientFactory

pytestmark = pytest.mark.django_db
PAGE, CODES = "/me/contact/", "/me/contact/codes/"
Opens = EntryCode.Opens
OLD, NEW = "+15125550101", "+15125550142"
MOVED = SENT | {"phone": OLD, "city": "Newtown"}


@pytest.fixture
def patient():
    CenterFactory()
    return PatientFactory(phone=OLD, city="Oldtown")


@pytest.fixture
def page(patient) -> Client:
    return as_patient(Client(), patient)


def the(opens: str, number: str = "") -> str:
    return codes.digits_of(EntryCode.objects.filter(opens=opens).latest("sent_at"), number)


def other(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


def sent_to() -> list[tuple[str, str]]:
    """Kind and number of each message that is written, in order."""
    messages = Message.objects.order_by("created_at", "entry_code__opens")
    return [(message.kind, tasks._reader(message).phone) for message in messages]


def test_another_address_takes_a_code_at_the_number_they_have(page, patient):
    asked = page.post(PAGE, MOVED)
    assert sent_to() == [("entry_code", OLD)]
    assert ("City", "Newtown") in asked.context["changed"].changes
    patient.refresh_from_db()
    assert patient.city == "Oldtown"
    assert page.post(CODES, MOVED | {"code": the(Opens.CONTACT)}).url == PAGE
    patient.refresh_from_db()
    assert (patient.city, patient.phone) == ("Newtown", OLD)
    assert Message.objects.count() == 1


def test_another_number_takes_a_code_at_each_and_the_old_one_is_told(page, patient):
    page.post(PAGE, SENT)
    assert sorted(sent_to()) == [("entry_code", OLD), ("entry_code", NEW)]
    page.post(CODES, SENT | {"code": the(Opens.CONTACT), "number_code": the(Opens.NUMBER, NEW)})
    patient.refresh_from_db()
    assert patient.phone == NEW
    assert sent_to()[-1] == ("contact_changed", OLD)


@pytest.mark.parametrize("wrong", ["code", "number_code"])
def test_one_right_code_of_two_changes_nothing_and_keeps_what_was_typed(page, patient, wrong):
    page.post(PAGE, SENT)
    right = {"code": the(Opens.CONTACT), "number_code": the(Opens.NUMBER, NEW)}
    refused = page.post(CODES, SENT | right | {wrong: other(right[wrong])})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [wrong]
    assert 'value="7 Sample Lane"' in refused.content.decode()
    patient.refresh_from_db()
    assert patient.phone == OLD
    assert page.post(CODES, SENT | right).status_code == 302  # the right one was not used up


def test_the_code_of_the_new_number_proves_no_other_number(page, patient):
    page.post(PAGE, SENT)
    both = {"code": the(Opens.CONTACT), "number_code": the(Opens.NUMBER, NEW)}
    assert page.post(CODES, SENT | both | {"phone": "(512) 555-0199"}).status_code == 422
    patient.refresh_from_db()
    assert patient.phone == OLD


def test_a_code_opens_only_what_it_was_sent_for(page, patient):
    """A code for a new device changes nothing, and one for a change lets nobody in."""
    born = patient.date_of_birth
    boxes = {"born_month": str(born.month), "born_day": str(born.day), "born_year": str(born.year)}
    door = reverse("outreach:enter", args=[links.token_of(services.issue_link(patient=patient))])
    stranger = Client()
    stranger.post(door, boxes)
    page.post(PAGE, MOVED)
    assert page.post(CODES, MOVED | {"code": the(Opens.ENTRY)}).status_code == 422
    assert stranger.post(f"{door}code/", boxes | {"code": the(Opens.CONTACT)}).status_code == 422
    assert stranger.post(f"{door}code/", boxes | {"code": the(Opens.ENTRY)}).status_code == 302


def test_five_wrong_codes_use_it_up(page, patient):
    page.post(PAGE, MOVED)
    right = the(Opens.CONTACT)
    for _ in range(codes.TRIES):
        page.post(CODES, MOVED | {"code": other(right)})
    refused = page.post(CODES, MOVED | {"code": right})
    assert "This code does not work any more." in refused.content.decode()
    patient.refresh_from_db()
    assert patient.city == "Oldtown"


def test_a_code_works_once(page, patient):
    page.post(PAGE, MOVED)
    code = the(Opens.CONTACT)
    page.post(CODES, MOVED | {"code": code})
    assert page.post(CODES, MOVED | {"code": code, "city": "Elsewhere"}).status_code == 422


def test_there_are_five_codes_an_hour(page):
    """Otherwise a page that is open would send texts to numbers of strangers without end."""
    for _ in range(codes.SENDS_AN_HOUR):
        assert page.post(PAGE, SENT).status_code == 200
    refused = page.post(PAGE, SENT)
    assert refused.status_code == 422
    assert "You have asked for many codes." in refused.content.decode()
    assert Message.objects.count() == 2 * codes.SENDS_AN_HOUR


def test_nothing_changed_sends_nothing(page, patient):
    same = {name: getattr(patient, name) for name in SENT}
    assert page.post(PAGE, same).url == PAGE
    assert not Message.objects.exists()


def test_coming_back_from_the_code_keeps_what_was_typed_and_sends_nothing_more(page):
    page.post(PAGE, SENT)
    back = page.post(PAGE, SENT | {"again": "1"})
    assert 'value="7 Sample Lane"' in back.content.decode()
    assert Message.objects.count() == 2


def test_a_number_that_is_none_is_said_before_any_code(page):
    refused = page.post(PAGE, SENT | {"phone": "555"})
    assert refused.status_code == 422
    assert "Enter a phone number with 10 digits. This one has 3." in refused.content.decode()
    assert not Message.objects.exists()
