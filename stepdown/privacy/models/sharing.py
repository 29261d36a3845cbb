"""Consents to share: to whom, what, what for, until when; how they were signed, and what became of them."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff, Supporter
from stepdown.privacy.domain import consents as domain
from stepdown.privacy.domain.minors import Signs
from stepdown.privacy.domain.sharing import Kind
from stepdown.privacy.wording_minors import ROLES
from stepdown.privacy.wording_sharing import DATA, KINDS, PURPOSES, WHOM


@pghistory.track()
class Recipient(Row):
    """A person or place outside the program with whom something of one patient may be shared. relation: in the
    patient's words, such as "my sister". address: postal, fax or e-mail, as an accounting names it. supporter: their
    link to a page of their own, once the patient gave them one."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="recipients")
    whom = models.CharField(max_length=20, choices=WHOM.items())
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    supporter = models.OneToOneField(
        Supporter, on_delete=models.PROTECT, null=True, blank=True, related_name="recipient"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(address=""),
                name="recipient_is_named",
                violation_error_message=_("Say who it is and where they are reached."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class SharingConsent(Row):
    """A consent to share under 42 CFR 2.31. Prepared first, then signed by the patient, and final from then on; what
    becomes of it is told by its events. recipient: none for the class of persons that a TPO consent names.

    prepared_by: none when the patient began it. text, digest: what was on the page when it was signed. signs: who had
    to sign it on the day the patient did; a parent's signature is a row of its own (`ParentSignature`).
    Source: RULE PRIV-06 to PRIV-09, PRIV-15, PRIV-16, PRIV-43.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="sharing_consents")
    kind = models.CharField(max_length=20, choices=KINDS.items())
    language = models.CharField(max_length=5, default="en")
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)

    patient_name = models.CharField(max_length=130)
    disclosing_parties = models.CharField(max_length=200)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, null=True, blank=True, related_name="consents")
    recipients = ArrayField(models.CharField(max_length=200))
    intermediary_participants = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    information_scope = ArrayField(models.CharField(max_length=20, choices=DATA.items()))
    purposes = ArrayField(models.CharField(max_length=20, choices=PURPOSES.items()))
    revocation_text = models.TextField()
    revocation_method = models.TextField()
    expires_on = models.DateField(null=True, blank=True)
    expires_event = models.CharField(max_length=120, blank=True)
    redisclosure_statement = models.TextField(blank=True)
    refusal_consequences = models.TextField(blank=True)
    fundraising_notice = models.TextField(blank=True)
    case_reference = models.CharField(max_length=80, blank=True)
    monitors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    duration = models.CharField(max_length=200, blank=True)
    revocable_on = models.DateField(null=True, blank=True)
    revocable_event = models.CharField(max_length=120, blank=True)

    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=120, blank=True)
    signs = models.CharField(max_length=20, choices=ROLES.items(), default=Signs.PATIENT, db_default=Signs.PATIENT)
    signer_role = models.CharField(max_length=20, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    method = models.CharField(max_length=40, blank=True)
    place = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        ordering = ["-prepared_at"]
        indexes = [models.Index(fields=["patient", "-prepared_at"], name="sharing_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None, signature="", text="", digest="", signer_role="")
                | (
                    Q(signed_at__isnull=False)
                    & ~Q(signature="")
                    & ~Q(text="")
                    & ~Q(digest="")
                    & ~Q(signer_role="")
                    & ~Q(method="")
                ),
                name="sharing_is_signed_whole",
                violation_error_message=_("A signature has its name, its time and the words that were signed."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.TPO) | (~Q(redisclosure_statement="") & ~Q(refusal_consequences="")),
                name="sharing_for_tpo_says_what_follows",
                violation_error_message=_("It has to say what may be passed on and what follows from refusing."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.TPO, recipient=None) | (~Q(kind=Kind.TPO) & Q(recipient__isnull=False)),
                name="sharing_names_whom",
                violation_error_message=_("Say with whom."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.COUNSELING_NOTES, information_scope=["counseling_notes"])
                | (~Q(kind=Kind.COUNSELING_NOTES) & ~Q(information_scope__contains=["counseling_notes"])),
                name="counseling_notes_are_shared_alone",
                violation_error_message=_("Counseling notes need a consent of their own."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.LEGAL, purposes=["legal_proceeding"])
                | (~Q(kind=Kind.LEGAL) & ~Q(purposes__contains=["legal_proceeding"])),
                name="legal_purpose_stands_alone",
                violation_error_message=_("A legal proceeding needs a consent of its own."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_sharing_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
                func="RAISE EXCEPTION 'This consent is signed and cannot be changed. Prepare a new one.';",
            )
        ]

    @property
    def waits_for_parent(self) -> bool:
        """Whether the patient has signed, and a parent still has to. A query, unless it was read with the signature."""
        both = self.signed_at is not None and self.signs == Signs.MINOR_AND_PARENT
        return both and not hasattr(self, "parent_signature")

    def as_domain(self, happened: "Iterable[ConsentEvent] | None" = None) -> domain.Consent:
        """With its events, which are read here unless they are given or prefetched."""
        events = self.happened.all() if happened is None else happened
        second = getattr(self, "parent_signature", None) if self.signs == Signs.MINOR_AND_PARENT else None
        at: dict[str, datetime] = {event.what: event.at for event in events}
        return domain.Consent(
            kind=Kind(self.kind),
            time_zone=ZoneInfo(self.patient.time_zone),
            patient_name=self.patient_name,
            disclosing_parties=(self.disclosing_parties,),
            information_scope=tuple(self.information_scope),
            recipients=tuple(self.recipients),
            recipient_kind=self.recipient.whom if self.recipient else "",
            intermediary_participants=tuple(self.intermediary_participants),
            purposes=tuple(self.purposes),
            revocation_text=self.revocation_text,
            revocation_method=self.revocation_method,
            expires_on=self.expires_on,
            expires_event=self.expires_event,
            expired_at=at.get(ConsentEvent.What.ENDED),
            signature=self.signature,
            signer_role=self.signer_role,
            signed_at=self.signed_at,
            needs_parent=self.signs == Signs.MINOR_AND_PARENT,
            parent_signature=second.name if second else "",
            parent_signed_at=second.signed_at if second else None,
            redisclosure_statement=self.redisclosure_statement,
            refusal_consequences=self.refusal_consequences,
            fundraising_notice=self.fundraising_notice,
            case_reference=self.case_reference,
            monitors=tuple(self.monitors),
            duration=self.duration,
            revocable_on=self.revocable_on,
            revocable_event=self.revocable_event,
            revocable_at=at.get(ConsentEvent.What.REVOCABLE),
            revoked_at=at.get(ConsentEvent.What.REVOKED),
            stopped_at=at.get(ConsentEvent.What.STOPPED),
            is_false=ConsentEvent.What.FALSE in at,
        )


class ConsentEvent(Row):
    """What became of a signed consent, each once: taken back in writing (its id is that of the revocation), stopped by
    word of mouth, ended by its event, opened for revoking, or found to be false. by: none when the patient did it
    themself. Source: RULE PRIV-06, PRIV-13, PRIV-14, PRIV-16."""

    class What(models.TextChoices):
        REVOKED = "revoked", _("Taken back in writing")
        STOPPED = "stopped", _("Stopped by word of mouth")
        ENDED = "ended", _("Ended by its event")
        REVOCABLE = "revocable", _("Can be taken back from now on")
        FALSE = "false", _("Found to be false")

    consent = models.ForeignKey(SharingConsent, on_delete=models.PROTECT, related_name="happened")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    place = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "what"],
                name="consent_event_once",
                violation_error_message=_("This is written down already."),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="consent_event_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class ConsentRefusal(Row):
    """The patient refused a TPO consent after hearing what follows from it: explained, word for word. Source: RULE
    PRIV-12; 42 CFR 2.31(a)(10)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consent_refusals")
    at = models.DateTimeField(default=timezone.now)
    explained = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at"]
        triggers = [pgtrigger.Protect(name="refusal_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


@pghistory.track()
class PrivacyTask(Row):
    """Something of privacy that somebody has to do: for the privacy officer, or for who treats the patient."""

    class Kind(models.TextChoices):
        WRITE_DOWN = "write_down", _("Write down a stop that was told by word of mouth")
        OFFICER = "officer", _("Answer a request from a court, police, immigration or an employer")
        SELF_PAY = "self_pay", _("Review the account: pays for themself")
        PAPER = "paper", _("Give a copy on paper")
        NO_SCREEN = "no_screen", _("Has stopped signing on a screen: use paper")
        SCREEN = "screen", _("Signs on a screen again")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="privacy_tasks")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    consent = models.ForeignKey(SharingConsent, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    words = models.TextField(blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["opened_at"]
        indexes = [models.Index(fields=["opened_at"], condition=Q(done_at=None), name="privacy_tasks_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False),
                name="privacy_task_is_done_whole",
            )
        ]
