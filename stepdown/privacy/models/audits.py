"""Audits and evaluations: who looks, by whose authority, at whose records, at what of them, and from when to when."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedBytes
from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain.audits import LONGEST_DAYS, Term
from stepdown.privacy.domain.sharing import Data
from stepdown.privacy.wording_audits import KINDS
from stepdown.privacy.wording_sharing import DATA

WRITTEN = [
    "auditor", "kind", "authority", "address", "matter", "from_on", "until_on", "classes", "agreed_on", "says",
    "document", "digest", "prepared_at", "prepared_by",
]  # fmt: skip


class Lasts(models.Func):
    """Days from one day to another."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = models.IntegerField()


@pghistory.track(exclude=["document"])
class Audit(Row):
    """`auditor` reads these classes of data of the patients who are named for it (`AuditedPatient`), from the moment a
    privacy officer opens it, on the days from from_on through until_on.

    authority, address: for whom they look and where that is reached, as an accounting names it; matter: what for.
    agreed_on, says, document, digest: the written agreement of 42 CFR 2.53, what the officer found in it, its PDF and
    the SHA-256 of that. What it says never changes; it is opened once, and ended by hand once. Source: RULE PRIV-33.
    """

    auditor = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="audits")
    kind = models.CharField(max_length=13, choices=[(kind.value, said) for kind, said in KINDS.items()])
    authority = models.CharField(max_length=100)
    address = models.CharField(max_length=200)
    matter = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField()
    classes = ArrayField(models.CharField(max_length=20, choices=DATA.items()))
    agreed_on = models.DateField()
    says = ArrayField(models.CharField(max_length=20))
    document = SealedBytes("privacy.audit.document")
    digest = models.CharField(max_length=64)
    prepared_at = models.DateTimeField(default=timezone.now, editable=False)
    prepared_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-from_on", "-prepared_at"]
        indexes = [models.Index(fields=["auditor"], condition=Q(ended_at=None), name="audits_of_auditor")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="audit_ends_after_it_begins",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                condition=models.lookups.LessThan(Lasts("until_on", "from_on"), LONGEST_DAYS),
                name="audit_ends_in_time",
                violation_error_message=f"An audit is open for {LONGEST_DAYS} days at most. Prepare another one later.",
            ),
            models.CheckConstraint(
                condition=Q(classes__len__gt=0) & ~Q(classes__contains=[Data.COUNSELING_NOTES.value]),
                name="audit_shows_no_counseling_notes",
                violation_error_message="Choose what they read. Counseling notes are shown in no audit.",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None) | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="audit_is_opened_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(opened_by=None) | ~Q(opened_by=F("auditor")),
                name="nobody_opens_their_own_audit",
                violation_error_message="You are the auditor of this one. Another privacy officer opens it.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="audit_is_ended_with_a_reason",
                violation_error_message="Say why it ends.",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="audit_stays_as_agreed", fields=WRITTEN),
            pgtrigger.Trigger(
                name="audit_is_opened_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__opened_at__isnull=False)
                & pgtrigger.Q(new__opened_at__df=pgtrigger.F("old__opened_at")),
                func="RAISE EXCEPTION 'This audit is open already.';",
            ),
            pgtrigger.Trigger(
                name="audit_names_somebody",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__opened_at__isnull=True) & pgtrigger.Q(new__opened_at__isnull=False),
                func="""
                    IF NOT EXISTS (SELECT FROM privacy_auditedpatient WHERE audit_id = NEW.id) THEN
                        RAISE EXCEPTION 'Name at least one patient first.';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="ended_audit_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
                func="RAISE EXCEPTION 'This audit is ended already.';",
            ),
            pgtrigger.Protect(name="audit_is_kept", operation=pgtrigger.Delete),
        ]

    @property
    def term(self) -> Term:
        return Term(self.from_on, self.until_on, self.opened_at is not None, self.ended_at is not None)

    @property
    def classes_said(self) -> list[str]:
        return [str(label) for data, label in DATA.items() if data in self.classes]


STANDS = "IF EXISTS (SELECT FROM privacy_audit WHERE id = {row}.audit_id AND {when} IS NOT NULL) THEN"


@pghistory.track()
class AuditedPatient(Row):
    """A patient whose record an audit is about. Named until it has ended, and taken out only before it is opened."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="named")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="audits")
    named_at = models.DateTimeField(default=timezone.now)
    named_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["patient__last_name", "patient__first_name"]
        constraints = [models.UniqueConstraint(fields=["audit", "patient"], name="named_in_an_audit_once")]
        triggers = [
            pgtrigger.Protect(name="audited_patient_stays", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="ended_audit_names_nobody",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    {STANDS.format(row="NEW", when="ended_at")}
                        RAISE EXCEPTION 'This audit is ended already.';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="opened_audit_keeps_its_names",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"""
                    {STANDS.format(row="OLD", when="opened_at")}
                        RAISE EXCEPTION 'This audit is open. End it, so that nobody is seen any more.';
                    END IF;
                    RETURN OLD;
                """,
            ),
        ]
