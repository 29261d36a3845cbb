"""Deciding on people under 18, naming the parent who signs with one, signing as that parent,
and finding that somebody who signed may not."""

import json
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.people.services_supporters import give_link
from stepdown.privacy import queries_minors as queries
from stepdown.privacy import services_sharing
from stepdown.privacy import wording_minors as wording
from stepdown.privacy.domain.minors import Relation, StateRule
from stepdown.privacy.domain.sharing import Unasked, Whom
from stepdown.privacy.domain.supporters import is_same_visit
from stepdown.privacy.models import (
    Basis,
    Consent,
    ConsentEvent,
    Disclosure,
    MinorRule,
    Parent,
    ParentSignature,
    SharingConsent,
)
from stepdown.privacy.services_sending import WHOLE


@transaction.atomic
def decide_rule(
    *, state: str, rule: StateRule, source: str, why: str, by: Staff, now: datetime | None = None
) -> MinorRule:
    """From now on the center admits people under 18 in that state by this rule, or nobody; what was signed before stays
    as it was signed. Raises RuleBroken for an age that is none of a minor."""
    with rules_speak():
        return MinorRule.objects.create(
            state=state,
            signs=rule.signs or "",
            from_age=rule.from_age if rule.signs else None,
            source=source,
            why=why,
            set_at=now or timezone.now(),
            set_by=by,
        )


@transaction.atomic
def name_parent(
    *,
    patient: Patient,
    name: str,
    relation: Relation,
    phone: str,
    email: str,
    language: str,
    signature: str,
    method: str,
    place: str | None,
    now: datetime | None = None,
) -> Parent:
    """The patient, under 18, says who signs with them, and consents in writing that we tell that person. Whoever was
    named before signs nothing more; the same person named twice is named once. Raises RuleBroken when no parent signs,
    or the number or address is the patient's own. Source: 42 CFR 2.14(b)(2)."""
    at = now or timezone.now()
    patient = _nobody_else_names(patient.pk)
    if not queries.needs_parent(patient, at):
        raise RuleBroken(_("No parent has to sign with you."))
    if (phone and phone == patient.phone) or (email and email.casefold() == patient.email.casefold()):
        raise RuleBroken(_("This is your own. Enter the number or e-mail address of your parent."), "reached")
    standing = queries.parent_of_patient(patient)
    if standing and _told(standing) == (name, relation, phone, email):
        return standing
    Parent.objects.filter(patient=patient, ended_at=None).update(ended_at=at)
    supporter = give_link(patient=patient, supporter=None, phone=phone, email=email, language=language, now=at)
    text = wording.naming_text(name, relation, patient.language)
    with rules_speak():
        return Parent.objects.create(
            patient=patient,
            supporter=supporter,
            name=name,
            relation=relation,
            text=text,
            digest=sha256(text.encode()).hexdigest(),
            signature=signature,
            named_at=at,
            method=method,
            place=place,
        )


def _nobody_else_names(patient: UUID) -> Patient:
    """Until we are done nobody names another parent of theirs, signs as one, or finds one to be none."""
    return Patient.objects.select_for_update(of=("self",), no_key=True).get(pk=patient)


def _told(parent: Parent) -> tuple[str, str, str, str]:
    return parent.name, parent.relation, parent.supporter.phone, parent.supporter.email


@transaction.atomic
def sign_as_parent(
    *,
    parent: Parent,
    row: Consent | SharingConsent,
    name: str,
    seen: str,
    method: str,
    place: str | None,
    now: datetime | None = None,
) -> ParentSignature:
    """The parent's own signature under the very words that the patient has signed. seen: the digest of what was on the
    page. Raises RuleBroken when it is signed, taken back or over by now, when the patient is of age, or when somebody
    else was named meanwhile. Source: RULE PRIV-15, PRIV-43."""
    at = now or timezone.now()
    _nobody_else_names(parent.patient_id)
    type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    waiting, _signed = queries.for_parent(parent.patient, at)
    one = next((each for each in waiting if each.pk == row.pk), None)
    if one is None or queries.parent_behind(parent.supporter, at) != parent:
        raise RuleBroken(_("This does not wait for your signature any more."))
    if seen != one.row.digest:
        raise RuleBroken(_("The words of this agreement have changed. Read them again, then sign."))
    what = {"agreement": one.row} if isinstance(one.row, Consent) else {"sharing": one.row}
    with rules_speak():
        return ParentSignature.objects.create(
            parent=parent,
            name=name,
            words=wording.parents_words(parent.patient.name, parent.supporter.language),
            digest=seen,
            signed_at=at,
            method=method,
            place=place,
            **what,
        )


@transaction.atomic
def find_false(*, parent: Parent, words: str, by: Staff, now: datetime | None = None) -> Parent:
    """Whom the patient named is nobody who may sign with them: all that they signed counts no more from this moment, in
    which what hangs on it stops. The patient signs the agreements anew and names somebody else; this person signs
    nothing more. Raises RuleBroken when it is written down already.
    Source: 42 CFR 2.31(c)(4); RULE PRIV-06, PRIV-15."""
    at = now or timezone.now()
    _nobody_else_names(parent.patient_id)
    parent = Parent.objects.get(pk=parent.pk)
    if parent.false_at:
        raise RuleBroken("This is written down already.")
    Consent.objects.filter(parent_signature__parent=parent, revoked_at=None).update(revoked_at=at)
    shares = SharingConsent.objects.filter(parent_signature__parent=parent).exclude(
        happened__what=ConsentEvent.What.FALSE
    )
    for consent in shares.order_by("pk"):  # as whoever locks several does
        services_sharing.tell(consent=consent, what=ConsentEvent.What.FALSE, by=by, words=words, now=at)
    parent.false_at, parent.false_by, parent.false_why = at, by, words
    parent.ended_at = parent.ended_at or at
    with rules_speak():
        parent.save()
    return parent


@transaction.atomic
def shown_to(*, parent: Parent, now: datetime | None = None) -> None:
    """The parent has their page open: what stands on it leaves the center by the patient's own consent, and is in the
    accounting once a visit, and again when there is something else to read. Source: 42 CFR 2.14(b)(2); RULE PRIV-26."""
    at, supporter = now or timezone.now(), parent.supporter
    readable = sorted(
        (str(one.pk), one.row.digest) for found in queries.for_parent(parent.patient, at) for one in found
    )
    items = [{"id": pk, "digest": digest} for pk, digest in readable]
    digest = sha256(json.dumps(items, sort_keys=True).encode()).hexdigest()
    before = Disclosure.objects.filter(supporter=supporter, basis=Basis.PARENT).order_by("-at").first()
    if before and before.digest == digest and is_same_visit(before.at, at):
        return
    with rules_speak():
        Disclosure.objects.create(
            patient=parent.patient, at=at, recipient_name=parent.name, recipient_address=supporter.reached_at,
            whom=Whom.FAMILY, purpose=Unasked.PARENT, items=items,
            digest=digest, basis=Basis.PARENT, statement=WHOLE,
            scope="What the patient, a minor, has signed and a parent signs too: 42 CFR 2.14(b)(2).",
            facts={"parent": str(parent.pk)}, supporter=supporter,
        )  # fmt: skip
