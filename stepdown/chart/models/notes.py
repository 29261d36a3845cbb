"""The group note: a shared part once, one part per patient, signed once, then final by trigger."""

from datetime import date
from typing import Any
from uuid import UUID

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Replace
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.attendance.models import Attendance
from stepdown.chart.domain import formats
from stepdown.chart.domain.digest import version_of
from stepdown.chart.models.own_notes import OwnNote, OwnNoteQuerySet, Signature
from stepdown.chart.models.plans import Objective
from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

SIGNED = _("This note is signed. Add an addendum instead.")
ENGLISH = "english"
# PostgreSQL takes "<home>" for markup and leaves it out, and "work/home" for one word, the name of a file. With a space
# behind each of them it reads words.
APART = {sign: f"{sign} " for sign in "</"}


def parted(text: Any) -> Any:
    """A text, by its column or an expression, as its words are found."""
    for sign, apart in APART.items():
        text = Replace(text, Value(sign), Value(apart), output_field=models.TextField())
    return text


def of_part() -> SearchVector:
    """What is searched in somebody's part, as its index has it; the next two are those of a note and an addendum."""
    return SearchVector(parted("words"), parted("absent_reason"), config=ENGLISH)


def of_shared() -> SearchVector:
    return SearchVector(parted("topic"), parted("shared_words"), config=ENGLISH)


def of_addendum() -> SearchVector:
    return SearchVector(parted("words"), config=ENGLISH)


@pghistory.track(pghistory.DeleteEvent())
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
    format = models.CharField(
        max_length=4, blank=True, help_text="Fixed at the signature; empty: before there were any."
    )

    class Meta:
        indexes = [
            models.Index(fields=["-signed_at"], name="note_signed_at"),
            GinIndex(of_shared(), name="note_words"),
        ]
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
    def content(self) -> dict[str, Any]:
        """Of the shared part, by the names of its form."""
        return {"topic": self.topic, "interventions": self.interventions, "words": self.shared_words}

    @property
    def version(self) -> str:
        """Of the shared part."""
        return version_of(self.content)


class NotePartQuerySet(OwnNoteQuerySet):
    def with_writer(self) -> "NotePartQuerySet":
        """writer, writer_name: id and name of who wrote it."""
        name = Coalesce("signed_by__name", "note__author__name")
        return self.annotate(writer=Coalesce("signed_by", "note__author"), writer_name=name)


@pghistory.track(pghistory.DeleteEvent())
class NotePart(OwnNote):
    """One patient's own part. Never names another patient (RULE PRIV-40). Signed with its note; one that was written in
    place of a void one has a signature of its own, from the moment it is there."""

    COLUMN = "part"
    note = models.ForeignKey(GroupNote, on_delete=models.PROTECT, related_name="parts")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="note_parts")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="note_parts")
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

    signed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_as = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=60, blank=True)
    attestation = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = NotePartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "patient"], condition=Q(replaces=None), name="one_part_each"),
            models.UniqueConstraint(fields=["attendance"], condition=Q(replaces=None), name="one_part_an_attendance"),
            models.CheckConstraint(
                condition=Q(replaces=None, signed_by=None, signed_at=None, signed_as="", digest="")
                | Q(replaces__isnull=False, signed_by__isnull=False, signed_at__isnull=False)
                & ~Q(signed_as="")
                & ~Q(digest=""),
                name="part_written_again_is_signed",
            ),
        ]
        indexes = [
            GinIndex(of_part(), name="part_words"),
            models.Index(fields=["cosign_due_at"], condition=Q(cosign_due_at__isnull=False), name="part_to_cosign"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="part_of_signed_is_final",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                declare=[("signed", "timestamptz")],
                func=(
                    "SELECT signed_at INTO signed FROM chart_groupnote"  # noqa: S608 - no input, a constant sentence
                    " WHERE id = COALESCE(NEW.note_id, OLD.note_id);"
                    " IF TG_OP = 'INSERT' AND NEW.replaces_id IS NOT NULL THEN RETURN NEW; END IF;"
                    f" IF signed IS NOT NULL THEN RAISE EXCEPTION '{SIGNED}'; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            )
        ]

    @property
    def signature(self) -> Signature | None:
        if self.signed_at:
            return Signature(self.signed_at, self.signed_as, self.attestation, self.digest)
        note = self.note
        return Signature(note.signed_at, note.signed_as, note.attestation, note.digest) if note.signed_at else None

    @property
    def written_by_id(self) -> UUID:
        return self.signed_by_id or self.note.author_id

    @property
    def on(self) -> date:
        return self.note.session.service_date

    @property
    def title(self) -> str:
        return str(self.note.session.group.name)

    @property
    def content(self) -> dict[str, Any]:
        """What is written in it, by the names of its form."""
        answers = {field: getattr(self, field) for field in ("took_part", "response", "safety", "plan")}
        return answers | {"objective": str(self.objective_id or ""), "words": self.words}

    @property
    def version(self) -> str:
        return version_of(self.content)


class NoteFormat(Row):
    """In which format the center's notes are signed from then on; the newest row counts. Never changed."""

    class Format(models.TextChoices):
        DAP = formats.Format.DAP, _("DAP: data, assessment, plan")
        BIRP = formats.Format.BIRP, _("BIRP: behavior, intervention, response, plan")
        GIRP = formats.Format.GIRP, _("GIRP: goal, intervention, response, plan")
        SOAP = formats.Format.SOAP, _("SOAP: subjective, objective, assessment, plan")

    format = models.CharField(max_length=4, choices=Format.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]
        triggers = [pgtrigger.Protect(name="format_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class SavedText(Row):
    """A shared part (no `part`) or a part as somebody saved it, so that what two people write at once can be brought
    together from the text they both began with. Its id comes from the page: the same save sent twice counts once.
    `after` names the saves before it whose answer the page never had. Kept until the signature."""

    note = models.ForeignKey(GroupNote, on_delete=models.CASCADE, related_name="saved_texts")
    part = models.ForeignKey(NotePart, on_delete=models.CASCADE, null=True, blank=True, related_name="saved_texts")
    version = models.CharField(max_length=12)
    content = models.JSONField()
    after = ArrayField(models.UUIDField(), default=list, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["note", "part", "version"])]
        triggers = [pgtrigger.Protect(name="saved_text_stays_as_it_was", operation=pgtrigger.Update)]


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
        indexes = [GinIndex(of_addendum(), name="addendum_words")]
        triggers = [pgtrigger.Protect(name="addendum_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
