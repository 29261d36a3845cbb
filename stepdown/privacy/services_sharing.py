"""Preparing, signing and taking back a consent to share; each is one transaction with everything that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.people.queries import the_center
from stepdown.privacy import queries_minors as minors
from stepdown.privacy import wording_consents as wording
from stepdown.privacy.domain import consents as domain
from stepdown.privacy.domain.fits import FITS
from stepdown.privacy.domain.sharing import END_OF_TREATMENT, TPO, TPO_RECIPIENTS, Kind
from stepdown.privacy.models import ConsentEvent, ConsentRefusal, PrivacyTask, Recipient, SharingConsent
from stepdown.privacy.queries_sharing import payment_is_refused, signs_on_paper
from stepdown.privacy.retention import with_service
from stepdown.privacy.services_sending import cancel_queued
from stepdown.privacy.wording_minors import SIGNERS

What = ConsentEvent.What


@dataclass(frozen=True)
class Terms:
    """What somebody chose: values of Data and Purpose; the end as a day or an event; for a case, its reference, who
    watches it, how long, and from when the consent can be taken back; for an exchange, its participants."""

    scope: Sequence[str]
    purposes: Sequence[str] = ()
    expires_on: date | None = None
    expires_event: str = ""
    case_reference: str = ""
    monitors: Sequence[str] = ()
    duration: str = ""
    revocable_on: date | None = None
    revocable_event: str = ""
    participants: Sequence[str] = ()


@transaction.atomic
def name_recipient(*, patient: Patient, whom: str, name: str, address: str, relation: str = "") -> Recipient:
    """Somebody outside, as often as they are named the same way only once."""
    told = {"whom": whom, "name": name.strip(), "address": address.strip(), "relation": relation.strip()}
    known = Recipient.objects.filter(patient=patient, **told).first()
    with rules_speak():
        return known or Recipient.objects.create(patient=patient, **told)


@transaction.atomic
def prepare(
    *,
    patient: Patient,
    kind: Kind,
    recipient: Recipient | None,
    terms: Terms,
    by: Staff | None,
    now: datetime | None = None,
) -> SharingConsent:
    """Writes a consent that the patient can read and sign. by: none when they began it themself.

    Raises RuleBroken when something that this kind must have is missing, or is mixed with what it may not hold.
    Source: RULE PRIV-07 to PRIV-09, PRIV-16."""
    fit = FITS[kind]
    purposes = list(fit.purposes) if fit.is_fixed else list(terms.purposes)
    with override(patient.language):
        for_tpo = kind == Kind.TPO or (
            recipient is not None and recipient.whom in TPO_RECIPIENTS and not set(TPO).isdisjoint(purposes)
        )
        consent = SharingConsent(
            patient=patient,
            kind=kind,
            language=patient.language,
            prepared_by=by,
            prepared_at=now or timezone.now(),
            patient_name=patient.name,
            disclosing_parties=the_center().name,
            recipient=recipient,
            recipients=[recipient.name] if recipient else [wording.tpo_recipients()],
            intermediary_participants=list(terms.participants),
            information_scope=list(terms.scope),
            purposes=purposes,
            revocation_text=wording.revocation_text(
                kind, wording.revocable_said(terms.revocable_on, terms.revocable_event)
            ),
            revocation_method=wording.revocation_method(),
            expires_on=terms.expires_on,
            expires_event=terms.expires_event,
            redisclosure_statement=wording.redisclosure_statement() if for_tpo else "",
            refusal_consequences=wording.refusal_consequences() if kind == Kind.TPO else "",
            case_reference=terms.case_reference,
            monitors=list(terms.monitors),
            duration=terms.duration,
            revocable_on=terms.revocable_on,
            revocable_event=terms.revocable_event,
        )
    _no_flaws(consent)
    with rules_speak():
        consent.save()
    return consent


def _no_flaws(consent: SharingConsent) -> None:
    if consent.expires_event == END_OF_TREATMENT and _is_over(consent.patient):
        raise RuleBroken(_("This would hold until the treatment ends, and it has ended. Choose another end."))
    if domain.flaws(consent.as_domain()):
        raise RuleBroken(_("Something is missing here that the law asks for. Look over each answer."))


def _is_over(patient: Patient) -> bool:
    """Whether the patient was in care and is no longer."""
    served = with_service(Patient.objects.filter(pk=patient.pk)).get()
    return served.last_service_at is not None and not served.is_in_care


@transaction.atomic
def discard(*, consent: SharingConsent) -> None:
    """A consent that nobody signed is not kept, but in its history."""
    with rules_speak():
        SharingConsent.objects.get(pk=consent.pk).delete()


@transaction.atomic
def sign(
    *, consent: SharingConsent, name: str, seen: str, method: str, place: str | None, now: datetime | None = None
) -> SharingConsent:
    """Keeps the very words with their SHA-256. seen: the digest of what was on the page, which has to be the same.
    now: when it was signed, of a signature on paper.

    Raises RuleBroken when it is signed already, or its words have changed since, or no rule says who signs for who is
    under 18. One that a parent signs too holds once they have. Source: RULE PRIV-07, PRIV-15, PRIV-43."""
    consent = (
        SharingConsent.objects.select_for_update(of=("self",)).select_related("patient", "recipient").get(pk=consent.pk)
    )
    if consent.signed_at:
        raise RuleBroken(_("You have signed this already."))
    at = now or timezone.now()
    signs = minors.who_signs(consent.patient, at)
    if signs is None:
        raise RuleBroken(_("You cannot sign this yet. Call us: we have to find out who signs with you."))
    text = wording.consent_text(consent, signs)
    if digest_of(text) != seen:
        raise RuleBroken(_("The words of this agreement have changed. Read them again, then sign."))
    _no_flaws(consent)
    consent.text, consent.digest = text, seen
    consent.signature, consent.signs, consent.signer_role = name, signs, SIGNERS[signs]
    consent.signed_at, consent.method, consent.place = at, method, place
    with rules_speak():
        consent.save()
    return consent


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@transaction.atomic
def revoke(
    *,
    consent: SharingConsent,
    by: Staff | None = None,
    words: str = "",
    place: str | None = None,
    now: datetime | None = None,
) -> ConsentEvent:
    """Takes it back in writing, from this moment: the patient by a tap, or staff who hold their letter. What was told
    by word of mouth before is written down with it. Raises RuleBroken when it cannot be taken back yet.

    Source: RULE PRIV-13, PRIV-16."""
    consent, at = _locked(consent), now or timezone.now()
    may = domain.may_revoke(consent.as_domain(), at)
    if not may:
        raise RuleBroken(_(may.reason))
    event = _happened(consent, What.REVOKED, by, words, at, place)
    PrivacyTask.objects.filter(consent=consent, kind=PrivacyTask.Kind.WRITE_DOWN, done_at=None).update(
        done_at=at, done_by=by, outcome="Taken back in writing."
    )
    if consent.kind == Kind.TPO:
        _review_account(consent.patient, by, at)
    return event


@transaction.atomic
def stop(*, consent: SharingConsent, by: Staff, words: str, now: datetime | None = None) -> ConsentEvent:
    """The patient said by word of mouth that it should stop: nothing more is shared from now on, and somebody has to
    put it in writing. Raises RuleBroken when it cannot be taken back yet. Source: RULE PRIV-14."""
    consent, at = _locked(consent), now or timezone.now()
    may = domain.may_revoke(consent.as_domain(), at)
    if not may:
        raise RuleBroken(_(may.reason))
    event = _happened(consent, What.STOPPED, by, words, at)
    PrivacyTask.objects.create(
        patient=consent.patient,
        kind=PrivacyTask.Kind.WRITE_DOWN,
        consent=consent,
        words=words,
        opened_at=at,
        opened_by=by,
    )
    return event


@transaction.atomic
def tell(
    *, consent: SharingConsent, what: ConsentEvent.What, by: Staff, words: str, now: datetime | None = None
) -> ConsentEvent:
    """What else became of it: its event came about, it can be taken back now, or it was found to be false.
    Source: RULE PRIV-06, PRIV-16."""
    return _happened(_locked(consent), what, by, words, now or timezone.now())


@transaction.atomic
def treatment_ended(*, patient: Patient, by: Staff, at: datetime) -> None:
    """Ends every signed consent that holds until the treatment ends, and what waits to be sent by one. What is being
    signed in the same moment is waited for; what is signed after it is refused.

    at: when the treatment ended, aware, not ahead. Source: RULE PRIV-06; 42 CFR 2.31(a)(7)."""
    lasting = SharingConsent.objects.filter(patient=patient, expires_event=END_OF_TREATMENT).order_by("pk")
    for consent in list(lasting.select_for_update(of=("self",))):
        if consent.signed_at and not consent.happened.filter(what=What.ENDED).exists():
            tell(consent=consent, what=What.ENDED, by=by, words="The treatment ended.", now=at)


def _locked(consent: SharingConsent) -> SharingConsent:
    """Nobody releases anything by this consent until we are done."""
    consent = (
        SharingConsent.objects.select_for_update(of=("self",))
        .select_related("patient", "recipient")
        .prefetch_related("happened")
        .get(pk=consent.pk)
    )
    if not consent.signed_at:
        raise RuleBroken(_("This is not signed yet."))
    return consent


def _happened(
    consent: SharingConsent,
    what: ConsentEvent.What,
    by: Staff | None,
    words: str,
    at: datetime,
    place: str | None = None,
) -> ConsentEvent:
    with rules_speak():
        event = ConsentEvent.objects.create(consent=consent, what=what, by=by, words=words, at=at, place=place)
    if what != What.REVOCABLE:
        cancel_queued(event)
    return event


@transaction.atomic
def refuse_tpo(*, patient: Patient, by: Staff | None, now: datetime | None = None) -> ConsentRefusal:
    """The patient heard what follows and refused: nothing goes to a payer, and the account is looked over. Refused
    twice is refused once, until they sign.

    Source: RULE PRIV-12."""
    Patient.objects.select_for_update(of=("self",), no_key=True).get(pk=patient.pk)
    if standing := payment_is_refused(patient):
        return standing
    with override(patient.language):
        explained = wording.refusal_consequences()
    refusal = ConsentRefusal.objects.create(patient=patient, explained=explained, by=by, at=now or timezone.now())
    _review_account(patient, by, refusal.at)
    return refusal


def _review_account(patient: Patient, by: Staff | None, at: datetime) -> None:
    """Without a TPO consent their health plan hears nothing, so somebody looks at how the account is paid."""
    PrivacyTask.objects.create(patient=patient, kind=PrivacyTask.Kind.SELF_PAY, opened_by=by, opened_at=at)


@transaction.atomic
def ask_for(*, patient: Patient, kind: PrivacyTask.Kind, consent: SharingConsent | None = None) -> PrivacyTask:
    """The patient asks for paper, or to sign no more on a screen; asked twice is asked once. Source: RULE PRIV-44."""
    Patient.objects.select_for_update(of=("self",), no_key=True).get(pk=patient.pk)
    waiting = PrivacyTask.objects.filter(patient=patient, kind=kind, consent=consent, done_at=None).first()
    return waiting or PrivacyTask.objects.create(patient=patient, kind=kind, consent=consent)


@transaction.atomic
def sign_on_screen_again(*, patient: Patient) -> None:
    """The patient takes back that they sign on paper alone; nothing is left to be done about it. Said twice is said
    once. Source: RULE PRIV-44."""
    Patient.objects.select_for_update(of=("self",), no_key=True).get(pk=patient.pk)
    if not signs_on_paper(patient):
        return
    now, kinds = timezone.now(), PrivacyTask.Kind
    PrivacyTask.objects.filter(patient=patient, kind=kinds.NO_SCREEN, done_at=None).update(
        done_at=now, outcome="They sign on a screen again."
    )
    PrivacyTask.objects.create(patient=patient, kind=kinds.SCREEN, opened_at=now, done_at=now)


@transaction.atomic
def finish_task(*, task: PrivacyTask, by: Staff, outcome: str) -> PrivacyTask:
    """Raises RuleBroken when it is done already."""
    task = PrivacyTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.done_at:
        raise RuleBroken("Somebody has done this already.")
    task.done_at, task.done_by, task.outcome = timezone.now(), by, outcome
    task.save()
    return task
