"""Mail by the center's mail server, while it may be used."""

from collections.abc import Sequence

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from stepdown.kernel import outside
from stepdown.outreach.gateways import MAIL

log = structlog.get_logger(__name__)


class AgreedEmailBackend(EmailBackend):
    """Sends nothing to a server that somebody else runs, unless an agreement with them is in force: for all mail that
    leaves, whoever writes it. Says how many went, so that 0 is a no. Source: RULE PRIV-24."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if not outside.may_reach(MAIL, self.host):
            log.warning("mail not sent: no agreement covers it", messages=len(email_messages))
            return 0
        return super().send_messages(email_messages) or 0


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
