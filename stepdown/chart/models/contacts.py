"""Notes of contacts outside the group: individual and family sessions, calls, outreach, case management. Signed once,
then final by trigger."""

from datetime import UTC, datetime
from uuid import UUID

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Episode
from stepdown.chart.domain import contacts as domain
from stepdown.chart.domain.digest import version_of
from stepdown.chart.domain.formats import Format
from stepdown.chart.domain.parts import DUE_AFTER
from stepdown.chart.models.notes import ENGLISH, of_addendum, parted
from stepdown.chart.models.own_notes import OwnNote, OwnNoteQuerySet, Signature
from stepdown.chart.models.plans import Objective
from stepdown.chart.models.returns import final
from stepdown.chart.models.templates import NoteTemplate
from stepdown.chart.models.welfare import WelfareStep
from stepdown.kernel.db import Row
from stepdown.live.models import Attempt, SideRoom
from stepdown.people.models import Patient, Staff

SIGNED = "This note is signed. Add an addendum instead."


def parted_written() -> Cast:
    """The texts under the headings of a note of a contact, as their words are found."""
    return Cast(parted(Cast("written", models.TextField())), models.JSONField())


def of_contact() -> models.Func:
    """What is searched in a note of a contact, as its index has it."""
    template = f"to_tsvector('{ENGLISH}'::regconfig, %(expressions)s)"
    return models.Func(parted_written(), template=template, output_field=SearchVectorField())


class ContactNoteQuerySet(OwnNoteQuerySet):
    def with_writer(self) -> "ContactNoteQuerySet":
        """writer: the id of who wrote it."""
        return self.annotate(writer=F("author"), writer_name=F("author__name"))


def _codes(codes: dict[str, str]) -> list[tuple[str, str]]:
    return list(codes.items())


@pghistory.track(pghistory.DeleteEvent())
class ContactNote(OwnNote):
    """One contact with, or about, one person. Anything may be empty until it is signed.

    template: the version it is written with. written: heading -> text. saved_page: the page that saved it last.
    side_room: the talk in a session whose times it took. attempt, step: the call or text it is of, from a room or for
    who was missed. place, state: where the person was. other_names: names of the group that mean somebody else here, as
    the author said at the signature. Due 24 hours after it ended.
    """

    COLUMN = "contact"
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="contact_notes")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_notes")
    author = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="contact_notes")
    template = models.ForeignKey(NoteTemplate, on_delete=models.PROTECT, related_name="notes")
    side_room = models.ForeignKey(SideRoom, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    step = models.ForeignKey(WelfareStep, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    kind = models.CharField(max_length=20, choices=_codes(domain.KINDS))
    way = models.CharField(max_length=10, choices=_codes(domain.WAYS), blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    on = models.DateField()
    present = ArrayField(models.CharField(max_length=12, choices=_codes(domain.PRESENT)), default=list, blank=True)
    place = models.CharField(max_length=10, choices=_codes(domain.PLACES), blank=True)
    state = models.CharField(max_length=2, blank=True)
    outcome = models.CharField(max_length=10, choices=_codes(domain.OUTCOMES), blank=True)
    written = models.JSONField(default=dict)
    safety = models.CharField(max_length=20, blank=True)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next_step = models.CharField(max_length=300, blank=True)
    billable = models.BooleanField(null=True, blank=True)
    why_not = models.CharField(max_length=12, choices=_codes(domain.WHY_NOT), blank=True)
    why_not_words = models.CharField(max_length=120, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_page = models.UUIDField(null=True, blank=True)
    other_names = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_as = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=60, blank=True)
    attestation = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-begun_at"]
        indexes = [
            models.Index(fields=["cosign_due_at"], condition=Q(cosign_due_at__isnull=False), name="contact_to_cosign"),
            models.Index(fields=["patient", "-on"], name="contacts_of_patient"),
            models.Index(fields=["author"], condition=Q(signed_at=None), name="contacts_not_signed"),
            GinIndex(of_contact(), name="contact_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_as="", digest="")
                | Q(signed_at__isnull=False, starts_at__isnull=False, ends_at__isnull=False, billable__isnull=False)
                & ~Q(signed_as="")
                & ~Q(digest=""),
                name="contact_signature_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(ends_at__gt=F("starts_at")),
                name="contact_ends_after_it_starts",
                violation_error_message=_("It ends before it starts. Correct one of the times."),
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(billable=True) | ~Q(why_not=""),
                name="contact_says_why_it_is_not_billable",
                violation_error_message=_("Say why it is not billable."),
            ),
            models.UniqueConstraint(
                fields=["side_room", "patient", "author"],
                condition=Q(replaces=None),
                name="one_note_of_a_talk",
                violation_error_message=_("There is a note of this talk already."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[of],
                    condition=Q(replaces=None),
                    name=name,
                    violation_error_message=_("There is a note of this try already."),
                )
                for of, name in (("attempt", "one_note_of_a_call"), ("step", "one_note_of_a_step"))
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_contact_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
                func=f"RAISE EXCEPTION '{SIGNED}';",
            )
        ]

    @property
    def signature(self) -> Signature | None:
        return Signature(self.signed_at, self.signed_as, self.attestation, self.digest) if self.signed_at else None

    @property
    def written_by_id(self) -> UUID:
        return self.author_id

    @property
    def version(self) -> str:
        """Changes with every word; a page that is open carries the one it was made of."""
        times = [at.astimezone(UTC).isoformat() if at else "" for at in (self.starts_at, self.ends_at)]
        answers = [self.way, self.outcome, self.place, self.state, self.safety, self.next_step, str(self.objective_id)]
        billing = [self.billable, self.why_not, self.why_not_words]
        form = [self.kind, str(self.template_id), self.on.isoformat()]
        return version_of(form, times, sorted(self.present), self.written, answers, billing)

    @property
    def title(self) -> str:
        return str(self.get_kind_display())

    @property
    def format(self) -> Format:
        return Format(self.template.format)

    @property
    def minutes(self) -> int:
        return domain.minutes(self.starts_at, self.ends_at)

    @property
    def due_at(self) -> datetime:
        return (self.ends_at or self.begun_at) + DUE_AFTER

    @property
    def texts(self) -> list[str]:
        """What is written, in the order of the headings."""
        return [text for each in self.template.headings if (text := self.written.get(each.name, "").strip())]

    @property
    def contact(self) -> domain.Contact:
        """What is written so far, for the rules."""
        return domain.Contact(
            kind=self.kind,
            way=self.way,
            on=self.on,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            present=tuple(self.present),
            place=self.place,
            state=self.state,
            outcome=self.outcome,
            written={each.name: self.written.get(each.name, "") for each in self.template.headings},
            safety=self.safety,
            next_step=self.next_step,
            billable=self.billable,
            why_not=self.why_not,
            why_not_words=self.why_not_words,
            objective=self.objective_id is not None,
        )


class ContactAddendum(Row):
    """A dated, signed addition to a signed note of a contact. Never changed."""

    note = models.ForeignKey(ContactNote, on_delete=models.PROTECT, related_name="addenda")
    words = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        indexes = [GinIndex(of_addendum(), name="contact_addendum_words")]
        triggers = [final("contact_addendum_is_final")]
