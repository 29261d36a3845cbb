"""A supporter's way in: their link, a code to where the patient said, and what they accept; nobody else's."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.outreach import tasks
from stepdown.outreach.models import Message
from stepdown.outreach.supporters.tests.scenes import door_of, knowing, page_of, supported
from stepdown.people import codes, supporters
from stepdown.people.models import EntryCode, SupporterBrowser
from stepdown.people.supporters import KNOWN_FOR
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy import part2
from stepdown.privacy.services_sharing import revoke
from stepdown.privacy.tests.factories import recipient_of, signed
from tests.fakes.text_gateway import FakeTextGateway

pytestmark = pytest.mark.django_db
NOWHERE = "/with/" + 43 * "x" + "/"


@pytest.fixture
def patient():
    CenterFactory()
    return PatientFactory(chosen_name="Onlycalledso")


@pytest.fixture
def supporter(patient):
    return supported(patient)


def digits() -> str:
    return codes.digits_of(EntryCode.objects.latest("sent_at"))


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_whole_way_in(client, supporter, patient):
    door = door_of(supporter)
    assert "number …42" in client.get(door).content.decode()
    assert "Enter your code" in client.post(door).content.decode()
    answer = client.post(f"{door}code/", {"code": digits()})
    assert (answer.status_code, answer.url) == (302, page_of(supporter))
    asked = client.get(page_of(supporter)).content.decode()
    assert "I am Lila Specimen. I keep what I see to myself." in asked
    assert part2.statement()[:60] in asked
    assert patient.called not in asked
    assert client.post(page_of(supporter)).status_code == 422, "nothing is shown before they agreed"
    assert client.post(page_of(supporter), {"agreed": "on"}).status_code == 302
    assert f"What {patient.called} lets you see" in client.get(page_of(supporter)).content.decode()
    supporter.refresh_from_db()
    assert supporter.accepted_words.startswith("I am Lila Specimen.")
    assert part2.statement() in supporter.accepted_words


def test_before_the_code_nothing_names_anybody(client, supporter, patient):
    for answer in (client.get(door_of(supporter)), client.post(door_of(supporter))):
        page = answer.content.decode()
        for name in (patient.called, patient.last_name, "Lila", "Example Recovery Center", supporter.phone[2:]):
            assert name not in page


def test_a_wrong_code_opens_nothing_and_the_sixth_try_is_over(client, supporter):
    client.post(door_of(supporter))
    right = digits()
    for _ in range(codes.TRIES):
        answer = client.post(f"{door_of(supporter)}code/", {"code": other(right)})
        assert answer.status_code == 422
        assert "This is not the code we sent." in answer.content.decode()
    assert "does not work any more" in client.post(f"{door_of(supporter)}code/", {"code": right}).content.decode()
    assert not SupporterBrowser.objects.exists()
    assert supporters.COOKIE not in client.cookies


@pytest.mark.parametrize("typed", ["", "12345", "abcdef"])
def test_what_is_no_code_uses_up_no_try(client, supporter, typed):
    client.post(door_of(supporter))
    assert client.post(f"{door_of(supporter)}code/", {"code": typed}).status_code == 422
    assert EntryCode.objects.get().tries == 0


def test_so_many_codes_an_hour_and_no_more(client, supporter):
    for _ in range(codes.SENDS_AN_HOUR):
        assert client.post(door_of(supporter)).status_code == 200
    answer = client.post(door_of(supporter))
    assert answer.status_code == 422
    assert "Wait an hour" in answer.content.decode()
    assert Message.objects.count() == codes.SENDS_AN_HOUR


def test_the_code_of_somebody_else_opens_nothing(client, supporter):
    another = supported(PatientFactory())
    client.post(door_of(supporter))
    theirs = digits()
    client.post(door_of(another))
    assert digits() != theirs
    assert client.post(f"{door_of(another)}code/", {"code": theirs}).status_code == 422


def test_the_code_goes_where_the_patient_said_and_says_nothing_of_why(patient, monkeypatch, mailoutbox):
    gateway = FakeTextGateway()
    monkeypatch.setattr("stepdown.outreach.gateways.text_gateway", lambda: gateway)
    by_text = supported(patient, is_sent=True)
    by_mail = supported(
        patient, signed(patient, recipient=recipient_of(patient, name="Rae Specimen")),
        phone="", email="rae@example.com", language="es", is_sent=True,
    )  # fmt: skip
    Client().post(door_of(by_text))
    Client().post(door_of(by_mail))
    with time_machine.travel(timezone.now().replace(hour=18) + timedelta(days=1), tick=False):
        link, mailed_link, code, mailed_code = Message.objects.order_by("created_at")
        for message in (link, mailed_link):
            tasks.deliver(message_id=str(message.pk))
    for message in (code, mailed_code):
        tasks.deliver(message_id=str(message.pk))
    told = [words for _to, words in gateway.sent]
    assert supporters.url_of(by_text) in told[0]
    assert codes.digits_of(code.entry_code) in told[1]
    assert [mail.to for mail in mailoutbox] == [["rae@example.com"]] * 2
    assert f"/es/with/{supporters.token_of(by_mail)}/" in mailoutbox[0].body
    assert not any(patient.last_name in words for words in [*told, *(mail.body for mail in mailoutbox)])


@pytest.mark.parametrize("reached", [{}, {"phone": "", "email": "lila@example.com"}])
def test_what_waits_for_the_morning_goes_to_nobody_whom_the_patient_stopped(patient, monkeypatch, mailoutbox, reached):
    """RULE PRIV-13."""
    gateway = FakeTextGateway()
    monkeypatch.setattr("stepdown.outreach.gateways.text_gateway", lambda: gateway)
    consent = signed(patient)
    supported(patient, consent, is_sent=True, **reached)
    message = Message.objects.get()
    revoke(consent=consent)
    with time_machine.travel(timezone.now().replace(hour=18) + timedelta(days=1), tick=False):
        tasks.deliver(message_id=str(message.pk))
    message.refresh_from_db()
    assert (message.sent_at, message.failure) == (None, "The link opens nothing for them any more.")
    assert (gateway.sent, mailoutbox) == ([], [])


def test_a_browser_that_is_known_goes_straight_to_the_page(supporter):
    assert knowing(supporter).get(door_of(supporter)).url == page_of(supporter)


def test_a_link_reads_in_the_language_that_was_chosen(client, patient):
    supporter = supported(patient, language="es")
    assert client.get(door_of(supporter)).url == f"/es{door_of(supporter)}"
    page = client.get(f"/es{door_of(supporter)}").content.decode()
    assert "Envíenme el código" in page


@pytest.mark.parametrize("how", ["stranger", "staff", "patient", "browser of another supporter"])
def test_without_their_code_the_page_is_not_there(client, supporter, patient, how):
    match how:
        case "staff":
            sign_in(client, StaffFactory())
        case "patient":
            as_patient(client, patient)
        case "browser of another supporter":
            knowing(supported(PatientFactory()), client)
    answer = client.get(page_of(supporter))
    assert answer.status_code == 404
    assert patient.called not in answer.content.decode()


def test_a_browser_is_known_for_a_month(supporter):
    client = knowing(supporter)
    SupporterBrowser.objects.update(proved_at=timezone.now() - KNOWN_FOR + timedelta(minutes=1))
    assert client.get(page_of(supporter)).status_code == 200
    SupporterBrowser.objects.update(proved_at=timezone.now() - KNOWN_FOR - timedelta(minutes=1))
    assert client.get(page_of(supporter)).status_code == 404
    assert client.get(door_of(supporter)).status_code == 200


def test_who_supports_two_people_has_two_pages_on_one_phone(supporter):
    another = supported(PatientFactory(chosen_name="Otherwisecalled"))
    client = knowing(another, knowing(supporter))
    for one, says, is_silent_of in ((supporter, "Onlycalledso", "Otherwise"), (another, "Otherwise", "Onlycalledso")):
        page = client.get(page_of(one)).content.decode()
        assert says in page
        assert is_silent_of not in page


def test_a_secret_that_was_put_there_before_opens_nothing_after_the_code(client, supporter):
    thief = knowing(supported(PatientFactory()))
    client.cookies[supporters.COOKIE] = thief.cookies[supporters.COOKIE].value
    client.post(door_of(supporter))
    client.post(f"{door_of(supporter)}code/", {"code": digits()})
    assert client.get(page_of(supporter)).status_code == 200
    assert thief.get(page_of(supporter)).status_code == 404


def test_a_shared_phone_forgets_them_when_they_close_it(supporter):
    another = supported(PatientFactory())
    client = knowing(another, knowing(supporter))
    assert client.post(reverse("supporters:leave", args=[supporter.pk])).status_code == 200
    assert client.get(page_of(supporter)).status_code == 404
    assert client.get(page_of(another)).status_code == 200


def test_a_new_link_ends_the_old_one_and_every_browser(patient):
    consent = signed(patient)
    old = supported(patient, consent)
    door, client = door_of(old), knowing(old)
    Client().post(door)
    code = digits()
    new = supported(patient, consent)
    assert new.pk == old.pk
    assert client.get(page_of(old)).status_code == 404
    assert Client().get(door).status_code == 404
    assert Client().post(f"{door}code/", {"code": code}).status_code == 404
    assert Client().post(f"{door_of(new)}code/", {"code": code}).status_code == 422
    assert new.accepted_at is None, "they accept anew"


def test_a_link_that_never_was_and_one_that_is_over_read_the_same(client, supporter, patient):
    consent = patient.sharing_consents.get()
    door = door_of(supporter)
    revoke(consent=consent)
    over, never = client.get(door), client.get(NOWHERE)
    assert over.status_code == never.status_code == 404
    assert over.content.decode().replace(door, "") == never.content.decode().replace(NOWHERE, "")
    assert client.post(door).status_code == client.post(NOWHERE).status_code == 404
