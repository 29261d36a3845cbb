"""Mail by the center's mail server, while it may be used."""

from collections.abc import Sequence

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from stepdown.kernel import outside
from stepdown.kernel.decision import Decision, refuse
from stepdown.outreach.gateways import MAIL

log = structlog.get_logger(__name__)


class AgreedEmailBackend(EmailBackend):
    """Sends nothing where no server is set up, and nothing to one that somebody else runs, unless an agreement with
    them is in force: for all mail that leaves, whoever writes it. Says how many went, so that 0 is a no.
    Source: RULE PRIV-24."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if not (may := may_mail()):
            log.warning("mail not sent", why=may.reason, messages=len(email_messages))
            return 0
        return super().send_messages(email_messages) or 0


def may_mail() -> Decision:
    """Whether a mail server is set up and may be used now. Source: RULE PRIV-24."""
    if not settings.MAIL_HOST:
        return refuse("No mail server is set up.")
    return outside.may_reach(MAIL, settings.MAIL_HOST)


def mail_addresses() -> list[str]:
    """The mail server, when one is set up."""
    return [settings.MAIL_HOST] if settings.MAIL_HOST else []


SERVICES = (
    outside.Service(
        key=MAIL,
        name="Mail server",
        gets="e-mail addresses, and words with a personal link",
        setting="STEPDOWN_MAIL_HOST",
        addresses=mail_addresses,
    ),
)
