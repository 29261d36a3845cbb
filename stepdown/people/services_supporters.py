"""A supporter's link and the browsers on which they are known."""

from datetime import datetime
from uuid import uuid4

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import rules_speak
from stepdown.people import devices, supporters
from stepdown.people.models import Patient, Supporter, SupporterBrowser

log = structlog.get_logger()


@transaction.atomic
def give_link(
    *,
    patient: Patient,
    supporter: Supporter | None,
    phone: str = "",
    email: str = "",
    language: str,
    now: datetime | None = None,
) -> Supporter:
    """A new link for somebody outside, new to us or known already: then the link before opens nothing, every browser
    forgets them, and they accept anew. Raises RuleBroken unless there is one way to reach them."""
    if supporter:
        supporter = Supporter.objects.select_for_update(of=("self",)).get(pk=supporter.pk)
        _end(supporter)
    given = supporter or Supporter(patient=patient)
    given.phone, given.email, given.language = phone, email, language
    given.key, given.invited_at = uuid4(), now or timezone.now()
    given.accepted_at, given.accepted_words = None, ""
    given.digest = devices.digest_of(supporters.token_of(given))
    with rules_speak():
        given.save()
    log.info("supporter has a link", supporter_id=str(given.pk))
    return given


def _end(supporter: Supporter) -> None:
    now = timezone.now()
    supporter.browsers.filter(ended_at=None).update(ended_at=now)
    supporter.entry_codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)


@transaction.atomic
def trust_browser(*, supporter: Supporter, known_by: str) -> str:
    """Knows a browser for a month; known_by: the secret it holds already, or "". Returns its new secret, which takes
    the old one's place, so that nobody goes on with a secret that was put there before."""
    secret, now = devices.new_secret(), timezone.now()
    digest = devices.digest_of(secret)
    if known_by:
        before = SupporterBrowser.objects.filter(digest=devices.digest_of(known_by), ended_at=None)
        before.filter(supporter=supporter).update(ended_at=now)
        before.update(digest=digest)
    SupporterBrowser.objects.create(supporter=supporter, digest=digest, proved_at=now)
    return secret


@transaction.atomic
def forget_browser(*, supporter: Supporter, secret: str) -> None:
    """This browser has to prove again who uses it."""
    known = supporter.browsers.filter(digest=devices.digest_of(secret), ended_at=None)
    known.update(ended_at=timezone.now())


@transaction.atomic
def accept(*, supporter: Supporter, words: str, now: datetime | None = None) -> None:
    """They are who they say and keep it to themself: the words they agreed to are kept. Said twice is said once, and
    said by the link before it accepts nothing for the new one."""
    Supporter.objects.filter(pk=supporter.pk, key=supporter.key, accepted_at=None).update(
        accepted_at=now or timezone.now(), accepted_words=words
    )
