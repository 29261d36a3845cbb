"""A patient under 18 names a parent, who comes in by a link and a code, reads what both sign, and signs it."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.outreach import tasks
from stepdown.outreach.models import Message
from stepdown.outreach.supporters.tests.scenes import door_of, knowing, page_of
from stepdown.people import codes
from stepdown.people.models import EntryCode
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import PatientFactory
from stepdown.privacy import texts
from stepdown.privacy.models import Parent, ParentSignature
from stepdown.privacy.services_sharing import revoke
from stepdown.privacy.tests.factories import signed
from stepdown.privacy.tests.minors import ALONE, agreed, decided, minor, named, signed_too
from stepdown.privacy.tests.test_minors import eighteen
from tests.fakes.text_gateway import FakeTextGateway

pytestmark = pytest.mark.django_db
MY_PARENT = "supporters:my_parent"


@pytest.fixture
def patient():
    decided()
    return minor(chosen_name="Onlycalledso")


def said(**changed):
    return {
        "name": "Dana Specimen",
        "relation": "mother",
        "reached": "(512) 555-0142",
        "language": "en",
        "agreed": "on",
        "signed_name": "Walt Specimen",
    } | changed


def sign_url(parent, row):
    return reverse("supporters:sign", args=[parent.supporter_id, row.pk])


def to_sign(parent):
    return reverse("supporters:to_sign", args=[parent.supporter_id])


def test_the_whole_way_from_the_minor_to_the_parents_signature(client, patient):
    """RULE PRIV-15."""
    row = agreed(patient)
    mine = as_patient(client, patient)
    assert "A parent or guardian signs too" in mine.get(reverse(MY_PARENT)).content.decode()
    assert mine.post(reverse(MY_PARENT), said()).status_code == 302
    parent = Parent.objects.get()
    message = Message.objects.get()
    assert (message.kind, message.supporter) == ("page_link", parent.supporter)
    assert "Dana Specimen signs next" in mine.get(reverse(MY_PARENT)).content.decode()

    theirs, door = Client(), door_of(parent.supporter)
    assert "number …42" in theirs.get(door).content.decode()
    theirs.post(door)
    answer = theirs.post(f"{door}code/", {"code": codes.digits_of(EntryCode.objects.latest("sent_at"))})
    assert (answer.status_code, answer.url) == (302, to_sign(parent))
    assert "Onlycalledso asks you to sign" in theirs.get(to_sign(parent)).content.decode()
    page = theirs.get(sign_url(parent, row))
    assert f"I am the parent or guardian of {patient.name}" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    assert theirs.post(sign_url(parent, row), {"seen": seen}).status_code == 422
    told = {"seen": seen, "agreed": "on", "signed_name": "Dana Specimen"}
    assert theirs.post(sign_url(parent, row), told).status_code == 302
    made = ParentSignature.objects.get()
    assert (made.agreement, made.name, made.method) == (row, "Dana Specimen", "typed name, by a link and a code")
    assert "Nothing waits for your signature" in theirs.get(to_sign(parent)).content.decode()
    copy = theirs.get(reverse("supporters:copy", args=[parent.supporter_id, row.pk]))
    assert b"Signed by: Dana Specimen" in copy.content
    assert "Dana Specimen has signed everything" in mine.get(reverse(MY_PARENT)).content.decode()


def test_a_parent_sees_nothing_but_what_both_sign(patient):
    """RULE PRIV-15."""
    agreed(patient)
    parent = named(patient)
    theirs = knowing(parent.supporter)
    assert theirs.get(to_sign(parent)).status_code == 200
    assert theirs.get(page_of(parent.supporter)).status_code == 404
    assert theirs.get(reverse("supporters:worried", args=[parent.supporter_id])).status_code == 404
    other = agreed(minor())
    assert theirs.get(sign_url(parent, other)).status_code == 404


def test_the_link_of_a_parent_who_was_replaced_before_the_morning_is_not_sent(client, patient, monkeypatch):
    """RULE PRIV-13, PRIV-15."""
    gateway = FakeTextGateway()
    monkeypatch.setattr("stepdown.outreach.gateways.text_gateway", lambda: gateway)
    mine = as_patient(client, patient)
    mine.post(reverse(MY_PARENT), said())
    mine.post(reverse(MY_PARENT), said(name="Rae Specimen", reached="(512) 555-0143"))
    with time_machine.travel(timezone.now().replace(hour=18) + timedelta(days=1), tick=False):
        for message in Message.objects.order_by("created_at"):
            tasks.deliver(message_id=str(message.pk))
    assert [to for to, _words in gateway.sent] == ["+15125550143"]


def test_what_is_taken_back_is_not_there_for_the_parent(patient):
    row = signed(patient)
    parent = named(patient)
    theirs = knowing(parent.supporter)
    assert row.recipient.name in theirs.get(sign_url(parent, row)).content.decode()
    revoke(consent=row)
    assert theirs.get(sign_url(parent, row)).status_code == 404


def test_a_page_that_was_open_too_long_takes_no_signature(patient):
    """The words are those that the patient signed, or none."""
    row = agreed(patient)
    parent = named(patient)
    told = {"seen": "0" * 64, "agreed": "on", "signed_name": "Dana Specimen"}
    answer = knowing(parent.supporter).post(sign_url(parent, row), told)
    assert answer.status_code == 422
    assert "words of this agreement have changed" in answer.content.decode()
    assert "Dana Specimen" in answer.content.decode()


def test_who_is_replaced_finds_nothing(client, patient):
    agreed(patient)
    first = named(patient)
    theirs = knowing(first.supporter)
    as_patient(client, patient).post(reverse(MY_PARENT), said(name="Jo Specimen", relation="father"))
    assert theirs.get(to_sign(first)).status_code == 404
    assert Client().get(door_of(first.supporter)).status_code == 404


def test_from_the_18th_birthday_on_a_parent_finds_nothing(patient):
    """RULE PRIV-15."""
    row = agreed(patient)
    parent = named(patient)
    signed_too(parent, row)
    with time_machine.travel(eighteen(patient)):
        assert knowing(parent.supporter).get(to_sign(parent)).status_code == 404
        assert Client().get(door_of(parent.supporter)).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": ""}, "name", "Enter their name."),
        ({"relation": ""}, "relation", "Choose one."),
        ({"reached": ""}, "reached", "Enter their mobile number or e-mail address."),
        ({"agreed": ""}, "agreed", "Check the box if you agree."),
        ({"signed_name": "x"}, "signed_name", "Type your full name."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, patient, changed, field, sentence):
    answer = as_patient(client, patient).post(reverse(MY_PARENT), said(**changed))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert not Parent.objects.exists()


def test_their_own_number_is_no_parents(client, patient):
    """RULE PRIV-15: the code goes to the parent, not to the minor."""
    answer = as_patient(client, patient).post(reverse(MY_PARENT), said(reached=patient.phone))
    assert answer.context["form"].errors["reached"][0].startswith("This is your own.")


def test_the_link_is_sent_again(client, patient):
    named(patient)
    as_patient(client, patient).post(reverse(MY_PARENT), {"again": "yes"})
    assert Message.objects.filter(kind="page_link").count() == 1


@pytest.mark.parametrize("who", ["adult", "alone"])
def test_who_signs_alone_reads_that(client, who):
    """RULE PRIV-15."""
    decided(ALONE)
    patient = PatientFactory() if who == "adult" else minor()
    as_patient(client, patient)
    assert "You sign alone" in client.get(reverse(MY_PARENT)).content.decode()
    assert client.post(reverse(MY_PARENT), said()).status_code == 422
    assert not Parent.objects.exists()


def test_a_parent_reads_in_their_own_language(patient):
    """RULE PRIV-15."""
    row = agreed(patient)
    parent = named(patient, language="es", phone="", email="dana@example.com")
    theirs, words = knowing(parent.supporter), sign_url(parent, row)
    page = theirs.get(f"/es{to_sign(parent)}").content.decode()
    assert "Onlycalledso le pide su firma" in page
    english, spanish = "# Agreement to treatment", texts.current("treatment", "es")
    assert row.text.startswith(english)
    signing = theirs.get(f"/es{words}").content.decode()
    assert all(block.lines[0] in unescape(signing) for block in spanish.blocks)
    assert spanish.blocks[0].lines[0] not in theirs.get(words).content.decode()
