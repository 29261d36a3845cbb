"""Messages go out once, say nothing of care, and leave nothing in the database that opens a door."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from stepdown.outreach import gateways, services, tasks, words
from stepdown.outreach.models import Message
from stepdown.people import codes, links
from stepdown.people import services as people
from stepdown.people.models import EntryCode
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.privacy.tests.factories import agreed_with
from tests.fakes.text_gateway import FakeTextGateway

AT = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)
TELLING = re.compile(
    r"iop|program|group|grupo|treat|trata|therap|terap|recover|recupera|aftercare|addict|adic|alcohol|drug|droga|"
    r"counsel|conseje|clinic|clínic|patient|paciente|session|sesión|sober|sobri|hospital|health|salud|example",
    re.IGNORECASE,
)


def said(kind: str, language: str) -> str:
    about, now = AT, AT - timedelta(hours=1)
    return words.body(
        kind, language=language, zone="America/Chicago", now=now, about=about, was=now, code="004217", minutes=10
    )


@pytest.fixture
def gateway(monkeypatch) -> FakeTextGateway:
    fake = FakeTextGateway()
    monkeypatch.setattr(gateways, "text_gateway", lambda: fake)
    return fake


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", Message.Kind.values)
def test_no_message_tells_of_care(kind, language):
    """RULE PRIV-03."""
    assert not TELLING.search(said(kind, language) + words.subject(language))


def test_every_kind_has_words_of_its_own_in_both_languages():
    texts = {said(kind, language) for kind in Message.Kind.values for language in ("en", "es")}
    assert len(texts) == 2 * len(Message.Kind.values)


def test_a_time_is_said_in_the_zone_of_the_reader():
    assert said("meeting_soon", "en").startswith("Your meeting starts at 7:00 pm Central.")


def test_what_moved_is_told_with_both_times_in_the_zone_of_the_reader():
    told = said("meeting_moved", "en")
    assert told.startswith("Your meeting has moved. It starts 7:00 pm Central. Before, it was 6:00 pm Central.")


@pytest.mark.django_db
@time_machine.travel(AT - timedelta(hours=5), tick=False)  # by day, when texts go out
def test_several_people_are_told_the_same_each_on_their_own_way(gateway):
    patient, staff = PatientFactory(language="es"), StaffFactory(phone="")
    assert services.tell_all(patients=[patient], staff=[staff], kind="meeting_off", about=AT) == 2
    for message in Message.objects.all():
        tasks.deliver(message_id=str(message.pk))
    assert gateway.sent[0][1].startswith("Esta reunión no se hace: ")
    assert mail.outbox[0].body.startswith("This meeting does not take place: ")


def test_a_language_we_do_not_write_falls_back_to_english():
    assert said("entry_code", "so") == said("entry_code", "en")


@pytest.mark.django_db
def test_a_job_carries_the_id_of_the_message_alone():
    message = services.send(patient=PatientFactory(), kind=Message.Kind.PERSONAL_LINK)
    assert ProcrastinateJob.objects.get().args == {"message_id": str(message.pk)}


@pytest.mark.django_db
def test_nothing_is_sent_for_an_act_that_was_taken_back():
    with transaction.atomic():
        services.send(patient=PatientFactory(), kind=Message.Kind.PERSONAL_LINK)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_a_message_carries_the_link_and_the_database_does_not(gateway):
    patient = PatientFactory()
    link = people.issue_link(patient=patient)
    message = services.send(patient=patient, kind=Message.Kind.PERSONAL_LINK)
    tasks.deliver(message_id=str(message.pk))
    ((to, text),) = gateway.sent
    assert to == patient.phone
    assert links.url_of(link) in text
    message.refresh_from_db()
    assert message.sent_at
    assert message.receipt
    assert links.token_of(link) not in str(vars(message) | vars(link))


@pytest.mark.django_db
def test_a_message_goes_out_once_though_the_job_runs_twice(gateway):
    message = services.send(patient=PatientFactory(), kind=Message.Kind.PERSONAL_LINK)
    tasks.deliver(message_id=str(message.pk))
    tasks.deliver(message_id=str(message.pk))
    assert len(gateway.sent) == 1


@pytest.mark.parametrize(("reason", "again"), [(Message.DoesNotExist(), True), (gateways.Refused("No."), False)])
def test_a_message_that_is_not_there_yet_is_tried_again(reason, again):
    """A job hands messages over before its own transaction is kept."""
    job = Job(id=1, queue="messages", lock=None, queueing_lock=None, task_name="deliver", attempts=0)
    assert bool(tasks.AGAIN.get_retry_decision(exception=reason, job=job)) is again


@pytest.mark.django_db
def test_a_service_out_of_order_is_written_down_and_tried_again(gateway):
    message = services.send(patient=PatientFactory(), kind=Message.Kind.PERSONAL_LINK)
    gateway.is_down = True
    with pytest.raises(gateways.NotSent):
        tasks.deliver(message_id=str(message.pk))
    message.refresh_from_db()
    assert message.failure == "The text service answered 503."
    gateway.is_down = False
    tasks.deliver(message_id=str(message.pk))
    message.refresh_from_db()
    assert (message.failed_at, message.failure) == (None, "")


@pytest.mark.django_db
def test_a_wrong_number_is_written_down_and_not_tried_again(gateway):
    message = services.send(patient=PatientFactory(phone="+1555"), kind=Message.Kind.PERSONAL_LINK)
    tasks.deliver(message_id=str(message.pk))
    message.refresh_from_db()
    assert (message.sent_at, message.failure) == (None, "The text service answered 400.")


@pytest.mark.django_db
def test_a_code_that_ran_out_is_not_sent(gateway):
    patient = PatientFactory()
    code = EntryCode.objects.create(patient=patient, expires_at=timezone.now() - timedelta(seconds=1))
    message = services.send(patient=patient, kind=Message.Kind.ENTRY_CODE, entry_code=code)
    tasks.deliver(message_id=str(message.pk))
    assert gateway.sent == []


@pytest.mark.django_db
def test_a_code_is_sent_in_the_language_of_the_patient(gateway):
    patient = PatientFactory(language="es")
    code = EntryCode.objects.create(patient=patient, expires_at=timezone.now() + codes.LIFE)
    message = services.send(patient=patient, kind=Message.Kind.ENTRY_CODE, entry_code=code)
    tasks.deliver(message_id=str(message.pk))
    assert gateway.sent[0][1].startswith(f"Su código es {codes.digits_of(code)}.")


@pytest.mark.django_db
def test_an_e_mail_has_a_subject_that_tells_nothing():
    """RULE PRIV-03."""
    patient = PatientFactory(email="walt@example.invalid")
    message = services.send(patient=patient, kind=Message.Kind.PERSONAL_LINK, channel=Message.Channel.EMAIL)
    tasks.deliver(message_id=str(message.pk))
    assert [(m.subject, m.to) for m in mail.outbox] == [("A message for you", ["walt@example.invalid"])]


@pytest.mark.django_db
def test_an_e_mail_without_an_address_is_written_down():
    message = services.send(patient=PatientFactory(), kind=Message.Kind.PERSONAL_LINK, channel=Message.Channel.EMAIL)
    tasks.deliver(message_id=str(message.pk))
    message.refresh_from_db()
    assert message.failure == "There is no e-mail address."


def test_the_demo_shows_the_message_on_the_console(settings, capsys):
    settings.DEMO, settings.TEXT_URL = True, ""
    gateways.text_gateway().send(to="+15555550142", words="Your code is 004217.")
    assert "Your code is 004217." in capsys.readouterr().out


def test_without_a_service_nothing_pretends_to_be_sent(settings):
    settings.DEMO, settings.TEXT_URL = False, ""
    with pytest.raises(gateways.Refused):
        gateways.text_gateway()


@pytest.mark.django_db
def test_a_configured_service_is_used_also_in_the_demo(settings):
    settings.DEMO, settings.TEXT_URL = True, "https://text.example.invalid/Messages.json"
    agreed_with("text")
    assert isinstance(gateways.text_gateway(), gateways.HttpTextGateway)


@pytest.mark.django_db
def test_staff_are_called_in_by_text_message_or_by_mail_without_a_number(gateway):
    for staff in (StaffFactory(phone="+15125550123"), StaffFactory(phone="")):
        tasks.deliver(message_id=str(services.call_in(staff=staff).pk))
    ((to, text),) = gateway.sent
    assert to == "+15125550123"
    (letter,) = mail.outbox
    assert letter.to == [staff.account.email]
    assert letter.body == text
    assert text.endswith("/staff/")


@pytest.mark.django_db
def test_a_message_goes_to_one_person():
    with pytest.raises(IntegrityError, match="message_goes_to_one_person"):
        Message.objects.create(patient=PatientFactory(), staff=StaffFactory(), kind=Message.Kind.NEEDED_NOW)


@pytest.mark.django_db
def test_a_message_to_staff_leads_to_its_page_by_an_address_that_tells_nothing(gateway, client):
    reader, colleague = StaffFactory(phone="+16125550142"), StaffFactory()
    services.tell_all(staff=[reader], kind="stands_in", page=lambda one: f"/staff/people/{one.pk}/licenses/")
    message = Message.objects.get()
    tasks.deliver(message_id=str(message.pk))
    address = reverse("outreach:read", args=[message.pk])
    assert gateway.sent[0][1].endswith(address)
    assert "licenses" not in gateway.sent[0][1]
    assert sign_in(client, reader).get(address)["Location"] == message.page
    assert sign_in(Client(), colleague).get(address).status_code == 404
