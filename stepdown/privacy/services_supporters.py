"""Somebody outside gets a page of their own from a patient, and looks: each look asks the gate and is a disclosure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from operator import attrgetter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Supporter
from stepdown.people.services_supporters import give_link
from stepdown.privacy import gate, reports, sources
from stepdown.privacy.domain import consents as domain
from stepdown.privacy.domain import supporters
from stepdown.privacy.domain.gate import Code, No, Verdict
from stepdown.privacy.domain.sharing import Data, Kind
from stepdown.privacy.models import Basis, ConsentEvent, Disclosure, Recipient, RefusedDisclosure, SharingConsent
from stepdown.privacy.queries_minors import parent_behind
from stepdown.privacy.services_sending import WHOLE
from stepdown.privacy.wording_consents import scope_summary
from stepdown.privacy.wording_gate import verdict_said
from stepdown.privacy.wording_sharing import part_of


@dataclass(frozen=True)
class Part:
    """What one consent lets a supporter see: its items by class of data, in the language that is active."""

    consent: SharingConsent
    items: dict[Data, list[sources.Item]]

    @property
    def scope(self) -> str:
        return scope_summary(self.consent)

    def called(self, data: Data) -> str:
        """What a class of data is called in it."""
        return part_of(self.consent.kind, data)

    @property
    def told(self) -> list[dict[str, str]]:
        return sources.told(self.items)

    @property
    def digest(self) -> str:
        whole = {"classes": list(self.items), "items": self.told}
        return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def invite(*, consent: SharingConsent, phone: str, email: str, language: str, now: datetime | None = None) -> Supporter:
    """A link for whom the consent names; the one they had opens nothing any more. Raises RuleBroken when they may have
    no page, or cannot be reached in one way."""
    at = now or timezone.now()
    may = supporters.may_have_page(consent.as_domain(), at)
    if not may or consent.recipient is None:
        raise RuleBroken(_(may.reason))
    recipient = Recipient.objects.select_for_update(of=("self",)).get(pk=consent.recipient.pk)
    recipient.supporter = give_link(
        patient=consent.patient,
        supporter=recipient.supporter,
        phone=phone,
        email=email,
        language=language,
        now=at,
    )
    with rules_speak():
        recipient.save(update_fields=["supporter"])
    return recipient.supporter


def may_see(*, supporter: Supporter, now: datetime) -> bool:
    """Whether there is anything that they may see at this moment; nothing is given out and nothing written down."""
    recipient = _recipient(supporter)
    consents = _consents(recipient) if recipient else []
    verdicts = [verdict for _consent, verdict in _holding(consents, now)]
    for verdict in verdicts[:1]:
        gate.consented(verdict)
    return bool(verdicts)


def may_come_in(*, supporter: Supporter, now: datetime) -> bool:
    """Whether their link opens anything at this moment: the page that the patient lets them see, or what a parent
    signs with a patient under 18."""
    return bool(parent_behind(supporter, now)) or may_see(supporter=supporter, now=now)


@transaction.atomic
def look(*, supporter: Supporter, now: datetime | None = None) -> list[Part]:
    """What they may read at this moment, one part a consent, the newest first; nothing when none holds. What is given
    out is written down as a disclosure, and a no as a refusal, each once a visit of a quarter of an hour.

    Nobody takes a consent back in between: both wait for its row, and the moment is that after the wait. Source: RULE
    PRIV-11, PRIV-13, PRIV-17, PRIV-26."""
    recipient = _recipient(supporter)
    if recipient is None:
        return []
    consents = _consents(recipient, locked=True)
    at, language = now or timezone.now(), get_language() or "en"
    parts, shown = list[Part](), set[str]()
    for consent, verdict in _holding(consents, at):
        classes = [data for data in consent.information_scope if data not in shown]
        shown.update(classes)
        if not classes:
            continue
        gate.consented(verdict)
        kind = Kind(consent.kind)
        part = Part(consent, reports.given_out(supporter.patient, classes, kind, language=language))
        _disclosed(part, supporter, recipient, at)
        parts.append(part)
    if not parts and consents:
        _refused(consents[0], supporter, recipient, at)
    return parts


def _recipient(supporter: Supporter) -> Recipient | None:
    """Whom the patient lets see; none for the parent of a minor, who signs and sees nothing else."""
    return Recipient.objects.filter(supporter=supporter).first()


def _consents(recipient: Recipient, *, locked: bool = False) -> list[SharingConsent]:
    """All that were signed for them, the newest first."""
    rows = SharingConsent.objects.filter(recipient=recipient, signed_at__isnull=False).defer("text")
    rows = rows.select_related("patient", "recipient", "parent_signature").prefetch_related("happened")
    if locked:
        rows = rows.select_for_update(of=("self",)).order_by("pk")  # as whoever locks several does
    return sorted(rows, key=attrgetter("signed_at"), reverse=True)


def _holding(consents: list[SharingConsent], at: datetime) -> Iterator[tuple[SharingConsent, Verdict]]:
    """Those by which they may have a page and which the gate lets pass. A consent that is taken back gives nothing,
    whatever another one would let pass."""
    for consent in consents:
        if consent.recipient and supporters.may_have_page(consent.as_domain(), at):
            verdict = gate.ask(
                patient=consent.patient, recipient=consent.recipient, purpose=consent.purposes[0],
                classes=consent.information_scope, at=at, by_officer=False,
            )  # fmt: skip
            if verdict.allowed:
                yield consent, verdict


def _disclosed(part: Part, supporter: Supporter, recipient: Recipient, at: datetime) -> None:
    same = Disclosure.objects.filter(supporter=supporter, consent=part.consent, digest=part.digest).order_by("-at")
    if supporters.is_same_visit(same.values_list("at", flat=True).first(), at):
        return
    with rules_speak():
        Disclosure.objects.create(
            patient=supporter.patient, at=at, recipient_name=recipient.name, recipient_address=recipient.address,
            whom=recipient.whom, purpose=part.consent.purposes[0], classes=list(part.items), items=part.told,
            digest=part.digest, basis=Basis.CONSENT, consent=part.consent, statement=WHOLE, scope=part.scope,
            supporter=supporter,
        )  # fmt: skip


def _refused(consent: SharingConsent, supporter: Supporter, recipient: Recipient, at: datetime) -> None:
    """That they asked for their page when nothing held any more, with the revocation that stands against it."""
    known = RefusedDisclosure.objects.filter(supporter=supporter).order_by("-at").values_list("at", flat=True).first()
    if supporters.is_same_visit(known, at):
        return
    revocation = next((one.pk for one in consent.happened.all() if one.what == ConsentEvent.What.REVOKED), None)
    found = domain.failures(consent.as_domain(), at)
    verdict = Verdict(False, consent.pk, No.INVALID, found, revocation=revocation)
    RefusedDisclosure.objects.create(
        patient=supporter.patient, at=at, recipient_name=recipient.name, whom=recipient.whom,
        purpose=consent.purposes[0], classes=list(consent.information_scope), code=Code.NO_CONSENT, no=No.INVALID,
        why=verdict_said(verdict), revocation_id=revocation, supporter=supporter,
    )  # fmt: skip
