"""What left the center: packets on their way, every disclosure, and every one that was refused."""

from collections.abc import Mapping
from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedBytes
from stepdown.people.models import Patient, Staff, Supporter
from stepdown.privacy.domain.gate import Code, No
from stepdown.privacy.domain.self_pay import Days
from stepdown.privacy.models.sharing import ConsentEvent, Recipient, SharingConsent
from stepdown.privacy.part2 import STATEMENTS
from stepdown.privacy.wording_sharing import DATA, PURPOSES, PURPOSES_TO_PATIENT, TO_PATIENT, UNASKED, WHOM


class Basis(models.TextChoices):
    """The legal basis of a disclosure. Source: privacy facts, section 6."""

    CONSENT = "consent", _("The patient’s consent, 42 CFR 2.31")
    PARENT = "parent", _("A minor’s own consent that their parent is asked to sign, 42 CFR 2.14")
    AGREEMENT = "agreement", _("The agreement to treatment by video: emergency contact")
    EMERGENCY = "emergency", _("Medical emergency, 42 CFR 2.51")
    CHILD_ABUSE = "child_abuse", _("Report of child abuse or neglect, 42 CFR 2.12(c)(6)")
    CRIME = "crime", _("Crime on the premises or against staff, 42 CFR 2.12(c)(5)")
    COURT_ORDER = "court_order", _("Court order with a subpoena, 42 CFR 2.61 to 2.67")
    AUDIT = "audit", _("Audit or evaluation, 42 CFR 2.53")
    RESEARCH = "research", _("Research, 42 CFR 2.52")


@pghistory.track(exclude=["content"])
class Packet(Row):
    """Something that the gate let pass, prepared and not sent yet; then sent, or cancelled, and final from then on.
    consent: by which it may go. content: the PDF file as it was sent. stopped_by: what ended the consent meanwhile.
    first_on, last_on: of what tells of a day each, only these days (None: of every day). by_law: the law that requires
    it, as a privacy officer named it.
    Source: RULE PRIV-11, PRIV-13."""

    class Way(models.TextChoices):
        MAIL = "mail", _("By mail")
        FAX = "fax", _("By fax")
        HAND = "hand", _("Given by hand")
        PHONE = "phone", _("Told by phone")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="packets")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="packets")
    purpose = models.CharField(max_length=20, choices=PURPOSES.items())
    classes = ArrayField(models.CharField(max_length=20, choices=DATA.items()))
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    by_law = models.CharField(max_length=200, blank=True, db_default="")
    way = models.CharField(max_length=5, choices=Way.choices)
    consent = models.ForeignKey(SharingConsent, on_delete=models.PROTECT, related_name="packets")
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    content = SealedBytes("privacy.packet.content", null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    stopped_by = models.ForeignKey(
        ConsentEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="packets"
    )

    class Meta:
        ordering = ["-prepared_at"]
        indexes = [
            models.Index(fields=["consent"], condition=Q(sent_at=None, cancelled_at=None), name="packets_queued")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on=None, last_on=None) | Q(first_on__isnull=False, last_on__gte=F("first_on")),
                name="packet_days_are_in_order",
                violation_error_message=_("Enter the first and the last day, in their order."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(cancelled_at=None),
                name="packet_is_sent_or_cancelled",
                violation_error_message=_("This was cancelled, so it cannot be sent."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_why="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_why="")),
                name="packet_is_cancelled_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="packet_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__sent_at__isnull=False) | pgtrigger.Q(old__cancelled_at__isnull=False),
                func="RAISE EXCEPTION 'This is sent or cancelled, and stays as it is.';",
            )
        ]

    @property
    def state(self) -> str:
        return "sent" if self.sent_at else "cancelled" if self.cancelled_at else "queued"

    @property
    def days(self) -> Days | None:
        return Days(self.first_on, self.last_on) if self.first_on and self.last_on else None


HOLDS = """
IF NEW.basis = 'consent' AND NOT EXISTS (
    SELECT 1 FROM privacy_sharingconsent held
    WHERE held.id = NEW.consent_id AND held.patient_id = NEW.patient_id AND held.signed_at <= NEW.at
      AND NEW.classes <@ held.information_scope
      AND (held.signs <> 'minor_and_parent' OR EXISTS (
          SELECT 1 FROM privacy_parentsignature second WHERE second.sharing_id = held.id AND second.signed_at <= NEW.at
      ))
      AND NOT EXISTS (
          SELECT 1 FROM privacy_consentevent event
          WHERE event.consent_id = held.id AND (event.what = 'false'
             OR (event.what IN ('revoked', 'stopped') AND event.at <= NEW.at)
             OR (event.what = 'ended' AND event.at < NEW.at))
      )
) THEN
    RAISE EXCEPTION 'No consent that holds covers this. It is not sent.';
END IF;
RETURN NEW;
"""


def _by_code(said: Mapping[Any, object]) -> dict[str, object]:
    return {str(code): words for code, words in said.items()}


SAID_FOR: dict[str, object] = dict(Basis.choices) | _by_code(UNASKED) | _by_code(PURPOSES)
SAID_FOR_PATIENT: dict[str, object] = SAID_FOR | _by_code(PURPOSES_TO_PATIENT)
BY_TO_PATIENT: dict[str, object] = {
    Basis.CONSENT: _("Your consent, 42 CFR 2.31"),
    Basis.PARENT: _("Your own consent that your parent is asked to sign, 42 CFR 2.14"),
    Basis.AGREEMENT: _("Your agreement to treatment by video: emergency contact"),
}


class Disclosure(Row):
    """One disclosure, as an accounting lists it: to whom and where, what (ids and hashes of its items, and of the
    whole), what for (a purpose, the exception itself, or an audit's matter as it was written), on what legal basis, by
    whom. statement: which of the two statements of 42 CFR 2.32(a) went with it; scope: the consent's scope, or the
    exception, in words. facts: what the exception asks to be written down. by: who of the staff; or `supporter`, who
    read it by themself on the page that the patient lets them see, or as the parent who signs with a minor.

    The database lets none in without both, nor by a consent that does not hold. Source: RULE PRIV-11, PRIV-26.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="disclosures")
    at = models.DateTimeField(default=timezone.now)
    recipient_name = models.CharField(max_length=200)
    recipient_address = models.CharField(max_length=300)
    whom = models.CharField(max_length=20, choices=WHOM.items())
    purpose = models.CharField(max_length=120)
    classes = ArrayField(models.CharField(max_length=20), default=list)
    items = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    basis = models.CharField(max_length=12, choices=Basis.choices)
    consent = models.ForeignKey(
        SharingConsent, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    packet = models.OneToOneField(Packet, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosure")
    statement = models.PositiveSmallIntegerField(choices=((1, "42 CFR 2.32(a)(1)"), (2, "42 CFR 2.32(a)(2)")))
    scope = models.TextField()
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["patient", "-at"], name="disclosures_of_patient"),
            models.Index(fields=["consent", "-at"], condition=Q(supporter__isnull=False), name="disclosures_looked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(statement__in=[1, 2]) & ~Q(scope=""),
                name="disclosure_has_its_notice_and_scope",
                violation_error_message=_("Without the notice and the consent’s scope nothing is sent."),
            ),
            models.CheckConstraint(
                condition=Q(basis="consent", consent__isnull=False) | (~Q(basis="consent") & Q(consent=None)),
                name="disclosure_has_its_basis",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False, supporter=None)
                | Q(by=None, supporter__isnull=False, basis__in=["consent", "parent"], packet=None),
                name="disclosure_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(recipient_name="") & ~Q(recipient_address="") & ~Q(purpose="") & ~Q(digest=""),
                name="disclosure_is_told_whole",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="disclosure_by_a_consent_that_holds",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=HOLDS,
            ),
            pgtrigger.Protect(name="disclosure_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    @property
    def statement_said(self) -> str:
        return STATEMENTS[self.statement - 1]

    @property
    def classes_said(self) -> list[str]:
        """What was given out, in words. To read who is named for an audit, or what a parent is to sign, tells that they
        are patients here."""
        if {"audit", "parent"} & self.facts.keys() and not self.classes:
            return [str(_("Being a patient here"))]
        return [str(label) for data, label in DATA.items() if data in self.classes]

    @property
    def purpose_said(self) -> str:
        return str(SAID_FOR.get(self.purpose, self.purpose))

    @property
    def purpose_to_patient(self) -> str:
        return str(SAID_FOR_PATIENT.get(self.purpose, self.purpose))

    @property
    def basis_to_patient(self) -> str:
        return str(BY_TO_PATIENT.get(self.basis) or self.get_basis_display())

    @property
    def classes_to_patient(self) -> list[str]:
        return [str(label) for data, label in TO_PATIENT.items() if data in self.classes] or self.classes_said

    @property
    def by_said(self) -> str:
        return self.by.name if self.by else str(_("Read on their own page"))


class RefusedDisclosure(Row):
    """The gate said no: to whom, what, why, and which revocation stands against it. by: who of the staff asked; or
    `supporter`, whose page shows nothing any more. Source: RULE PRIV-13, PRIV-42."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="refused_disclosures")
    at = models.DateTimeField(default=timezone.now)
    recipient_name = models.CharField(max_length=200)
    whom = models.CharField(max_length=20, choices=WHOM.items())
    purpose = models.CharField(max_length=20, choices=PURPOSES.items())
    classes = ArrayField(models.CharField(max_length=20), default=list)
    code = models.CharField(max_length=20, choices=[(code.value, code.value) for code in Code])
    no = models.CharField(max_length=20, choices=[(no.value, no.value) for no in No])
    why = models.TextField()
    revocation = models.ForeignKey(
        ConsentEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="refused"
    )
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, null=True, blank=True, related_name="refused")

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["patient", "-at"], name="refused_of_patient")]
        constraints = [models.CheckConstraint(condition=Q(by=None) ^ Q(supporter=None), name="refused_is_somebodys")]
        triggers = [pgtrigger.Protect(name="refused_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def by_said(self) -> str:
        return self.by.name if self.by else str(_("Read on their own page"))
