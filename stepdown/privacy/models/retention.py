"""How long records are kept, what must not be destroyed, and what was."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain.retention import LEAST_YEARS, LONGEST, STRANGERS, CountsFrom, Rule
from stepdown.privacy.wording_retention import CLASSES, COUNTS_FROM, class_said, held_said, moment_said, rule_said

LOCK = "privacy.retention"
"""Whoever puts a hold on, and whoever destroys, passes here one after the other."""
METHOD = (
    "The rows and every earlier state of them were deleted from the database in one transaction. Copies in backups go "
    "with the last backup from before."
)
OF_STRANGERS = sorted(str(each) for each in STRANGERS)


class RetentionPolicy(Row):
    """From set_at on, records of this class are kept so long (`domain.retention.Rule`); the newest row of a class
    counts. why: for whoever reads it later. Source: RULE PRIV-34."""

    record_class = models.CharField(max_length=20, choices=[(str(key), said) for key, said in CLASSES.items()])
    years = models.PositiveSmallIntegerField()
    counts_from = models.CharField(max_length=12, choices=[(str(key), said) for key, said in COUNTS_FROM.items()])
    minors_until = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300)
    why = models.CharField(max_length=300)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-set_at"]
        indexes = [models.Index(fields=["record_class", "-set_at"], name="retention_of_class")]
        constraints = [
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=LONGEST),
                name="retention_is_in_years",
                violation_error_message=f"Enter 1 to {LONGEST} years.",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(record_class=each) | Q(years__gte=least),
                    name=f"retention_of_{each}_has_a_least",
                    violation_error_message=f"Federal law sets at least {least} years.",
                )
                for each, least in LEAST_YEARS.items()
            ),
        ]
        triggers = [pgtrigger.Protect(name="retention_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def rule(self) -> Rule:
        return Rule(self.years, CountsFrom(self.counts_from), self.minors_until, self.source)

    @property
    def said(self) -> str:
        return rule_said(self.record_class, self.rule)


@pghistory.track()
class LegalHold(Row):
    """Nothing is destroyed while it stands: of one patient; of one stranger, by the id of the root of their record
    (`privacy.strangers`), also when it has led to a patient since; or of everybody of whom there is something from
    begins_on to ends_on (None: without an end). matter: the case or request it is for. Source: RULE PRIV-34."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="legal_holds")
    stranger = models.UUIDField(null=True, blank=True, db_index=True)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    matter = models.CharField(max_length=120)
    words = models.CharField(max_length=600)
    placed_at = models.DateTimeField(default=timezone.now)
    placed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = [F("lifted_at").desc(nulls_first=True), "-placed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(patient__isnull=False, stranger=None, begins_on=None, ends_on=None)
                | Q(patient=None, stranger__isnull=False, begins_on=None, ends_on=None)
                | Q(patient=None, stranger=None, begins_on__isnull=False),
                name="hold_is_on_a_record_or_a_time",
                violation_error_message="Say from when on.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="hold_ends_after_it_begins",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_why="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_why=""),
                name="hold_is_lifted_with_a_reason",
                violation_error_message="Say why it is lifted.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="hold_waits_for_what_is_destroyed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"PERFORM pg_advisory_xact_lock(hashtextextended('{LOCK}', 0)); RETURN NEW;",
            ),
            pgtrigger.ReadOnly(
                name="hold_stays_as_placed",
                fields=["patient", "stranger", "begins_on", "ends_on", "matter", "words", "placed_at", "placed_by"],
            ),
            pgtrigger.Trigger(
                name="lifted_hold_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False),
                func="RAISE EXCEPTION 'This hold is lifted already.';",
            ),
            pgtrigger.Protect(name="hold_is_kept", operation=pgtrigger.Delete),
        ]


class DueRecord(Row):
    """Records of one person and class that are past their time, as worked out at found_at (`services_destruction`).

    root: the id of the patient; or of the first row of a stranger's record (`privacy.strangers`), which has no patient.
    before: classes of theirs that are destroyed first. all_first_on, all_last_on: of everything that is held of them.
    """

    root = models.UUIDField()
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    record_class = models.CharField(max_length=20, choices=[(str(key), said) for key, said in CLASSES.items()])
    due_on = models.DateField()
    why = models.CharField(max_length=300)
    held = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    before = ArrayField(models.CharField(max_length=20), default=list)
    all_first_on = models.DateField()
    all_last_on = models.DateField()
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due_on", "root", "record_class"]
        constraints = [
            models.UniqueConstraint(fields=["root", "record_class"], name="due_once"),
            models.CheckConstraint(
                condition=Q(record_class__in=OF_STRANGERS, patient=None)
                | ~Q(record_class__in=OF_STRANGERS) & Q(patient=F("root")),
                name="due_is_of_a_patient_or_a_stranger",
            ),
        ]
        indexes = [models.Index(fields=["due_on", "root", "record_class"], name="due_records")]

    @property
    def class_said(self) -> str:
        return class_said(self.record_class)

    @property
    def rows_said(self) -> str:
        return held_said(self.held, self.first_on, self.last_on)


@pghistory.track()
class Destruction(Row):
    """Somebody proposed to destroy what is held of a person in one class; another person decided. whose: the id of the
    patient, or of the root of a stranger's record, which leads nowhere once their last class is gone. due_on, why: as
    they were worked out then; words: what the proposer says. outcome: "destroyed" has its certificate, which only the
    database writes.

    Source: RULE PRIV-34."""

    class Outcome(models.TextChoices):
        DESTROYED = "destroyed", "Destroyed"
        REFUSED = "refused", "Not approved"
        WITHDRAWN = "withdrawn", "Taken back"

    whose = models.UUIDField(db_index=True)
    record_class = models.CharField(max_length=20, choices=[(str(key), said) for key, said in CLASSES.items()])
    due_on = models.DateField()
    why = models.CharField(max_length=300)
    words = models.CharField(max_length=300)
    method = models.CharField(max_length=300, default=METHOD)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-proposed_at"]
        indexes = [models.Index(fields=["proposed_at"], condition=Q(ended_at=None), name="destructions_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["whose", "record_class"],
                condition=Q(ended_at=None),
                name="destruction_proposed_once",
                violation_error_message="Somebody has proposed this already.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, outcome="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome=""),
                name="destruction_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(ended_why=""),
                name="destruction_is_refused_with_a_reason",
                violation_error_message="Say why not.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "withdrawn"]) | ~Q(ended_by=F("proposed_by")),
                name="destruction_is_decided_by_somebody_else",
                violation_error_message="You proposed this yourself. Somebody else decides.",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="destruction_stays_as_proposed",
                fields=["whose", "record_class", "due_on", "why", "words", "method", "proposed_at", "proposed_by"],
            ),
            pgtrigger.Trigger(
                name="decided_destruction_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
                func="RAISE EXCEPTION 'Somebody has decided this already.';",
            ),
            pgtrigger.Trigger(
                name="destroyed_has_its_certificate",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Insert,
                condition=pgtrigger.Q(new__outcome="destroyed"),
                func="""
                    IF NOT EXISTS (SELECT FROM privacy_destructioncertificate WHERE destruction_id = NEW.id) THEN
                        RAISE EXCEPTION 'Nothing is destroyed without a certificate.';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="destruction_is_kept", operation=pgtrigger.Delete),
        ]

    @property
    def class_said(self) -> str:
        return class_said(self.record_class)

    @property
    def proposed_at_said(self) -> str:
        return moment_said(self.proposed_at)


class DestructionCertificate(Row):
    """What was destroyed: rows by model, how many earlier states of them, from when to when, by which method, who
    approved. It names nobody but by the id in `destruction`. xact: the transaction that destroys, while it does.

    Written by `privacy_destroy` in the database alone, and never changed. Source: RULE PRIV-34."""

    destruction = models.OneToOneField(Destruction, on_delete=models.PROTECT, related_name="certificate")
    at = models.DateTimeField()
    record_class = models.CharField(max_length=20, choices=[(str(key), said) for key, said in CLASSES.items()])
    counts = models.JSONField()
    states = models.PositiveBigIntegerField()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    method = models.CharField(max_length=300)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    xact = models.CharField(max_length=20, null=True)  # noqa: DJ001  # NULL leaves the index that is asked by triggers

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["xact"], condition=Q(xact__isnull=False), name="destroys_now")]
        triggers = [pgtrigger.Protect(name="certificate_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def at_said(self) -> str:
        return moment_said(self.at)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def class_said(self) -> str:
        return class_said(self.record_class)
