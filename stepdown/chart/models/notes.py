"""The group note: a shared part once, one part per patient, signed once, then final by trigger."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.attendance.models import Attendance
from stepdown.chart.domain.digest import version_of
from stepdown.chart.models.plans import Objective
from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

SIGNED = _("This note is signed. Add an addendum instead.")


class GroupNote(Row):
    """The note of one session. Due 24 hours after the session ends. Source: glossary, "group note"."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="note")
    author = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="group_notes")
    topic = models.CharField(max_length=120, blank=True)
    interventions = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    shared_words = models.TextField(blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_as = models.CharField(max_length=120, blank=True)
    attestation = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-signed_at"], name="note_signed_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_as="", digest="")
                | Q(signed_at__isnull=False) & ~Q(signed_as="") & ~Q(digest=""),
                name="signature_is_whole",
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
                func=f"RAISE EXCEPTION '{SIGNED}';",
            )
        ]

    @property
    def version(self) -> str:
        """Of the shared part."""
        return version_of(self.topic, self.interventions, self.shared_words)


class NotePart(Row):
    """One patient's own part. Never names another patient (RULE PRIV-40)."""

    note = models.ForeignKey(GroupNote, on_delete=models.PROTECT, related_name="parts")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="note_parts")
    attendance = models.OneToOneField(Attendance, on_delete=models.PROTECT, related_name="note_part")
    took_part = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    response = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    safety = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    plan = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="note_parts")
    words = models.TextField(blank=True)
    absent = models.BooleanField(default=False)
    absent_reason = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    saved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "patient"], name="one_part_each")]
        triggers = [
            pgtrigger.Trigger(
                name="part_of_signed_is_final",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                declare=[("signed", "timestamptz")],
                func=(
                    "SELECT signed_at INTO signed FROM chart_groupnote"  # noqa: S608 - no input, a constant sentence
                    " WHERE id = COALESCE(NEW.note_id, OLD.note_id);"
                    f" IF signed IS NOT NULL THEN RAISE EXCEPTION '{SIGNED}'; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            )
        ]

    @property
    def version(self) -> str:
        written = (self.took_part, self.response, self.safety, self.plan, self.words)
        return version_of(*written, str(self.objective_id)) if self.objective_id else version_of(*written)


class Addendum(Row):
    """A dated addition to a signed note, for one patient or (no patient) for the shared part. Never changed."""

    note = models.ForeignKey(GroupNote, on_delete=models.PROTECT, related_name="addenda")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        triggers = [pgtrigger.Protect(name="addendum_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
