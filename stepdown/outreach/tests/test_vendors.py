"""Messages and mail go to what somebody else runs only while an agreement covers it; its end is told beforehand."""

import smtplib
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.urls import reverse

from stepdown.kernel import outside
from stepdown.outreach import gateways, services, tasks, warnings, words
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy.days import today
from stepdown.privacy.models import ServiceAgreement
from stepdown.privacy.services_vendors import end
from stepdown.privacy.tests.factories import agreed_with
from tests.fakes.text_gateway import FakeTextGateway

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def vendors(settings):
    CenterFactory()
    settings.DEMO = False
    settings.TEXT_URL, settings.TEXT_SECRET = "https://api.example.com/Messages.json", "hush"
    settings.MAIL_HOST = settings.EMAIL_HOST = "mail.example.com"
    settings.EMAIL_BACKEND = "stepdown.outreach.mailing.AgreedEmailBackend"


@pytest.fixture
def connected(monkeypatch) -> list[str]:
    """Hosts to which a connection was asked for; none is made."""
    asked: list[str] = []

    class Nobody(smtplib.SMTP):
        def connect(self, host="localhost", port=0, source_address=None):
            asked.append(host)
            raise ConnectionRefusedError

    monkeypatch.setattr(smtp.smtplib, "SMTP", Nobody)
    return asked


def test_text_messages_are_off_until_an_agreement_covers_them_and_from_its_end():
    """RULE PRIV-24."""
    with pytest.raises(gateways.Refused, match="No agreement covers this service"):
        gateways.text_gateway()
    row = agreed_with("text")
    assert isinstance(gateways.text_gateway(), gateways.HttpTextGateway)
    end(agreement=row, why="They were bought.", by=StaffFactory())
    with pytest.raises(gateways.Refused):
        gateways.text_gateway()


def test_a_message_that_could_not_go_says_why():
    message = services.send(patient=PatientFactory(), kind=Message.Kind.PERSONAL_LINK)
    tasks.deliver(message_id=str(message.pk))
    message.refresh_from_db()
    assert (message.sent_at, message.failure) == (None, outside.NO_AGREEMENT)


def test_answers_by_text_message_are_not_taken_from_a_service_that_is_off(client, settings):
    """RULE PRIV-24."""
    path = reverse("outreach:reply")
    url = settings.PUBLIC_URL + path

    def status() -> int:
        fields, headers = FakeTextGateway(secret="hush").reply(url, sender="+15555550142", words="YES")
        return client.post(path, fields, headers=headers).status_code

    assert status() == 403
    agreed_with("text")
    assert status() == 200


def test_mail_is_off_until_an_agreement_covers_it(connected):
    """RULE PRIV-24. The message that the task writes, and that of anything else that sends mail."""
    staff = StaffFactory(phone="")
    message = services.call_in(staff=staff)
    tasks.deliver(message_id=str(message.pk))
    message.refresh_from_db()
    assert (message.sent_at, message.failure) == (None, outside.NO_AGREEMENT)
    assert EmailMessage("A message for you", "Hello.", to=["kit@example.com"]).send() == 0
    assert connected == []
    agreed_with("mail")
    with pytest.raises(gateways.NotSent):
        tasks.deliver(message_id=str(message.pk))
    assert connected == ["mail.example.com"]


def test_without_a_mail_server_nothing_is_sent_nor_printed_and_the_message_says_so(settings, capsys):
    """RULE PRIV-24. Whatever writes mail: on the console others would read links and addresses."""
    settings.MAIL_HOST = settings.EMAIL_HOST = ""
    message = services.call_in(staff=StaffFactory(phone="", email="kit@example.com"))
    tasks.deliver(message_id=str(message.pk))
    message.refresh_from_db()
    assert (message.sent_at, message.failure) == (None, "No mail server is set up.")
    assert EmailMessage("A message for you", "Hello.", to=["kit@example.com"]).send() == 0
    assert "kit@example.com" not in "".join(capsys.readouterr())


def test_who_asks_for_a_new_password_reads_the_same_while_mail_is_off(client, connected):
    StaffFactory(email="kit@example.com")
    answers = [
        client.post(reverse("account_reset_password"), {"email": f"{who}@example.com"}) for who in ("kit", "nobody")
    ]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, answers[0].url)] * 2
    assert connected == []


def test_our_own_mail_server_needs_no_agreement(settings, connected):
    settings.OWN_HOSTS = ["mail.example.com"]
    with pytest.raises(ConnectionRefusedError):
        EmailMessage("A message for you", "Hello.", to=["kit@example.com"]).send()
    assert connected == ["mail.example.com"]


def test_privacy_officers_are_told_60_and_14_days_before_each_once():
    """RULE PRIV-24."""
    officer = StaffFactory(roles=[Role.PRIVACY])
    agreed_with("text", ends_on=today() + 61 * DAY, by=officer)
    agreed_with("mail", by=officer)
    told = [warnings.warn_of_agreements(today() + days * DAY) for days in (0, 1, 1, 46, 47, 48, 61, 62)]
    assert told == [0, 1, 0, 0, 1, 0, 0, 0]
    assert {(one.staff, one.kind, one.page) for one in Message.objects.all()} == {
        (officer, "agreement_ends", reverse("privacy:vendors"))
    }


def test_nobody_is_told_of_one_that_was_ended_or_that_another_one_follows():
    officer = StaffFactory(roles=[Role.PRIVACY])
    for service in ("text", "mail"):
        agreed_with(service, ends_on=today() + 60 * DAY, by=officer)
    agreed_with("mail", begins_on=today() + 61 * DAY, by=officer)
    end(agreement=ServiceAgreement.objects.get(services=["text"]), why="They were bought.", by=officer)
    assert warnings.warn_of_agreements(today()) == 0


def test_the_warning_names_no_party_and_no_patient():
    said = words.body("agreement_ends", language="en", zone="UTC", now=None, link="https://iop.example.org/m/1")
    assert said == "A paper of the center ends soon. See which one: https://iop.example.org/m/1"
