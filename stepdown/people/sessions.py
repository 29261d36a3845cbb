"""Where somebody is signed in, and ending that from elsewhere. The rows are those of allauth.usersessions."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stepdown.people import endings
from stepdown.people.domain.browsers import browser_and_machine
from stepdown.people.models import Account, Staff

log = structlog.get_logger()


@dataclass(frozen=True)
class SignedIn:
    """One browser in which an account is open. `number` names it in a form; the key of the session stays here."""

    number: int
    browser: str
    address: str
    since: datetime
    seen_at: datetime
    is_this: bool


def said(user_agent: str) -> str:
    """ "Chrome on Windows"; "an unknown browser" when it does not tell."""
    browser, machine = browser_and_machine(user_agent)
    if browser and machine:
        return _("%(browser)s on %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("an unknown browser")


def sessions_of(account: Account, this: str | None = None) -> list[SignedIn]:
    """Where this account is open now, the one of the session key `this` first, then the one last used. Rows of sessions
    that have ended by themselves go away with it."""
    found = [
        SignedIn(one.pk, said(one.user_agent), one.ip, one.created_at, one.last_seen_at, one.session_key == this)
        for one in UserSession.objects.purge_and_list(account)
    ]
    return sorted(found, key=lambda one: (not one.is_this, -one.seen_at.timestamp()))


def note_seen(request: HttpRequest) -> None:
    """This session is in use now, from this address."""
    UserSession.objects.create_from_request(request)


@transaction.atomic
def end_sessions(*, account: Account, by: Staff, numbers: list[int] | None = None, but: str | None = None) -> int:
    """Signs an account out elsewhere: in the sessions of `numbers`, or everywhere but in the one with the key `but`.
    Returns in how many."""
    rows = UserSession.objects.filter(user=account).exclude(session_key=but or "")
    ended = list(rows if numbers is None else rows.filter(pk__in=numbers))
    endings.tell(endings.mark_of_session(one.pk) for one in ended)
    for one in ended:
        one.end()
    log.info("sessions ended", account_id=account.pk, count=len(ended), by=str(by.pk))
    return len(ended)
