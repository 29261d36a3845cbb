"""Jobs of this stage. Their arguments are ids; words, links and codes are put together when a message goes out."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from stepdown.outreach import gateways, mailing, quiet, safe_way, words
from stepdown.outreach.models import Message
from stepdown.people import codes, links, supporters
from stepdown.people.queries import center
from stepdown.privacy import permissions_notice
from stepdown.privacy.services_supporters import may_come_in

# A job that sends hands the message to another worker before its own transaction is kept: the row comes a moment later.
AGAIN = RetryStrategy(max_attempts=6, exponential_wait=3, retry_exceptions={gateways.NotSent, Message.DoesNotExist})


@app.task(queue="messages", retry=AGAIN)
def deliver(*, message_id: str) -> None:
    """Sends one message, once; a text that can wait, by day. What a note of the safe way holds back, staff are told of
    instead. Raises NotSent while another try may help."""
    from stepdown.outreach import services  # which sends by this module

    message = Message.objects.select_related("patient", "staff__account", "supporter__patient", "entry_code").get(
        pk=message_id
    )
    if message.sent_at:
        return
    if safe_way.holds_back(message):
        services.hold_back(message=message)
        return
    if (at := _told_at(message)) > timezone.now():
        deliver.configure(schedule_at=at).defer(message_id=message_id)
        return
    try:
        message.receipt = _hand_over(message)
    except (gateways.NotSent, gateways.Refused) as reason:
        message.failed_at, message.failure = timezone.now(), str(reason)
        message.save(update_fields=["failed_at", "failure"])
        if isinstance(reason, gateways.NotSent):
            raise
        return
    message.sent_at, message.failed_at, message.failure = timezone.now(), None, ""
    message.save(update_fields=["receipt", "sent_at", "failed_at", "failure"])


def _told_at(message: Message) -> datetime:
    now, supporter = timezone.now(), message.supporter
    patient = supporter.patient if supporter else message.patient  # of a supporter we know no zone but the patient's
    if patient is None or message.channel != Message.Channel.TEXT:
        return now
    return quiet.told_at(message.kind, now=now, zone=patient.time_zone, about=message.about, was=message.was)


def _hand_over(message: Message) -> str:
    """Puts the words together and gives them to the way out. Returns the receipt's id. Nothing goes to whom the patient
    has stopped letting see in the meantime. Source: RULE PRIV-13."""
    code = message.entry_code
    if code and code.expires_at <= timezone.now():
        raise gateways.Refused("The code ran out before it could be sent.")
    if message.supporter and not may_come_in(supporter=message.supporter, now=timezone.now()):
        raise gateways.Refused("The link opens nothing for them any more.")
    to = _reader(message)
    said = words.body(
        message.kind,
        language=to.language,
        zone=to.zone,
        now=timezone.now(),
        about=message.about,
        was=message.was,
        link=to.link,
        code=codes.digits_of(code, message.phone) if code else "",
        minutes=codes.MINUTES,
        by_reply=settings.TEXT_REPLIES and message.channel == Message.Channel.TEXT and _may_say_yes(message),
    )
    if message.channel == Message.Channel.EMAIL:
        return _mail(to.email, words.subject(to.language), said)
    return gateways.text_gateway().send(to=to.phone, words=said)


def _may_say_yes(message: Message) -> bool:
    """A yes by text message admits, so it is offered to those who have the privacy notice. Source: RULE PRIV-30."""
    return (
        message.kind in words.BY_REPLY
        and message.patient is not None
        and bool(permissions_notice.admit(message.patient))
    )


@dataclass(frozen=True)
class _Reader:
    """Whom a message goes to. `link`: where it leads them."""

    phone: str
    email: str
    language: str
    zone: str
    link: str


def _reader(message: Message) -> _Reader:
    if message.staff:
        staff = message.staff
        path = reverse("outreach:read", args=[message.pk]) if message.page else reverse("desk:arrive")
        return _Reader(staff.phone, staff.account.email, "en", staff.time_zone, settings.PUBLIC_URL + path)
    if message.supporter:
        one = message.supporter
        return _Reader(one.phone, one.email, one.language, one.patient.time_zone, supporters.url_of(one))
    patient = message.patient
    assert patient is not None  # the table's constraint
    link = patient.links.filter(revoked_at=None).first()
    url = links.url_of(link) if link else settings.PUBLIC_URL
    return _Reader(message.phone or patient.phone, patient.email, patient.language, patient.time_zone, url)


def _mail(to: str, subject: str, said: str) -> str:
    if not to:
        raise gateways.Refused("There is no e-mail address.")
    try:
        is_sent = EmailMessage(subject, said, to=[to]).send()
    except OSError:
        raise gateways.NotSent("The mail server does not answer.") from None
    if not is_sent:
        raise gateways.Refused(mailing.may_mail().reason)
    return ""


@app.periodic(cron="0 14 * * *")
@app.task(queueing_lock="outreach.warn_of_licenses", pass_context=False)
def warn_of_licenses(timestamp: int) -> None:
    """Every morning (8 am Central in winter): whose license ends in 60, 30 or 7 days is told, and the directors."""
    from stepdown.outreach import warnings  # which sends by this module

    if here := center():
        warnings.warn_of_licenses(timezone.now().astimezone(ZoneInfo(here.time_zone)).date())


@app.periodic(cron="0 14 * * *")
@app.task(queueing_lock="outreach.warn_of_agreements", pass_context=False)
def warn_of_agreements(timestamp: int) -> None:
    """Every morning (8 am Central in winter): privacy officers are told which agreements with vendors end."""
    from stepdown.outreach import warnings  # which sends by this module

    if here := center():
        warnings.warn_of_agreements(timezone.now().astimezone(ZoneInfo(here.time_zone)).date())
