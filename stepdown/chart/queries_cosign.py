"""What waits for a co-signature, for whom, and what its author was asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from stepdown.chart.domain.digest import version_of
from stepdown.chart.domain.own_notes import COSIGN_WITHIN, pace_of
from stepdown.chart.models import Addendum, ContactAddendum, ContactNote, NotePart, Own, SentBack
from stepdown.chart.queries import parts_visible_to, to_cosign_by
from stepdown.chart.queries_contacts import ROWS, contacts_visible_to
from stepdown.people.models import Staff
from stepdown.people.supervision import supervision_on
from stepdown.ui.when import local_date


def cosign_due(author: Staff, signed_at: datetime) -> datetime | None:
    """By when what this person signs then is co-signed; None when their signature is enough. One query."""
    on = local_date(signed_at, ZoneInfo(author.time_zone))
    return signed_at + COSIGN_WITHIN if supervision_on(author, on) else None


def supervisor_today(author: Staff) -> Staff | None:
    """Who co-signs what this person signs now; None when their signature is enough. One query."""
    on = local_date(timezone.now(), ZoneInfo(author.time_zone))
    found = supervision_on(author, on)
    return found.supervisor if found else None


def own_note(staff: Staff, note_id: UUID) -> Own | None:
    """The patient's own signed note with that id, a part of a group's note or one of a contact, when this person may
    read it. At most two queries."""
    part = parts_visible_to(staff).filter(pk=note_id).first()
    return part or contacts_visible_to(staff).filter(pk=note_id, signed_at__isnull=False).first()


def addenda_to(note: Own) -> QuerySet[Addendum] | QuerySet[ContactAddendum]:
    """What was added to it, the shared part of a group's note included."""
    if isinstance(note, NotePart):
        own = Q(patient=note.patient_id) & (Q(at__gt=note.signed_at) if note.signed_at else Q())
        about = Q(patient=None) | own
        return Addendum.objects.filter(about, note=note.note_id)
    return ContactAddendum.objects.filter(note=note.pk)


def version_of_all(notes: Sequence[Own]) -> str:
    """Changes with everything that is read before these are co-signed: the notes as they were signed, and what was
    added to them. Two queries."""
    signed = sorted([str(note.pk), note.signature.digest if note.signature else ""] for note in notes)
    parts = [note for note in notes if isinstance(note, NotePart)]
    about = Q(patient=None) | Q(patient__in=[part.patient_id for part in parts])
    to_groups = Addendum.objects.filter(about, note__in=[part.note_id for part in parts]).values_list("pk", flat=True)
    to_contacts = ContactAddendum.objects.filter(note__in=[note.pk for note in notes]).values_list("pk", flat=True)
    return version_of(signed, sorted(str(pk) for pk in [*to_groups, *to_contacts]))


# -- what a supervisor asked


def open_questions() -> QuerySet[SentBack]:
    """Those after which nothing was added, of notes that still wait."""
    later = Addendum.objects.filter(
        Q(patient=None) | Q(patient=OuterRef("part__patient")), note=OuterRef("part__note"), at__gt=OuterRef("at")
    )
    later_contact = ContactAddendum.objects.filter(note=OuterRef("contact"), at__gt=OuterRef("at"))
    waits = Q(part__in=NotePart.objects.awaiting()) | Q(contact__in=ContactNote.objects.awaiting())
    return SentBack.objects.filter(waits, ~Exists(later), ~Exists(later_contact))


def open_question(note: Own) -> SentBack | None:
    """One query."""
    return open_questions().filter(**note.about).select_related("by").first()


def questions_to(author: Staff) -> list[SentBack]:
    """What this person was asked about notes they signed, the longest waiting first. One query."""
    own_part = Q(part__signed_by=author) | Q(part__signed_by=None, part__note__author=author)
    asked = open_questions().filter(own_part | Q(contact__author=author))
    return list(asked.select_related("by", "part__patient", "part__note__session__group", "contact__patient"))


# -- what waits for whom


@dataclass(frozen=True)
class Waits:
    """A patient's note that waits. pace: "late", "near" or "due"; question: what its author has not answered yet."""

    note: Own
    due_at: datetime
    pace: str
    question: SentBack | None


@dataclass(frozen=True)
class Bundle:
    """Notes that are read together: those of one session, or that of one contact. key: the same for all of them."""

    key: UUID
    lines: list[Waits]

    @property
    def first(self) -> Waits:
        return self.lines[0]

    @property
    def group_note(self) -> UUID | None:
        note = self.first.note
        return note.note_id if isinstance(note, NotePart) else None

    @property
    def parts(self) -> list[NotePart]:
        return [line.note for line in self.lines if isinstance(line.note, NotePart)]

    @property
    def ready(self) -> list[Waits]:
        """Those that can be signed now."""
        return [line for line in self.lines if line.question is None]


def waiting_parts(staff: Staff) -> QuerySet[NotePart]:
    rows = to_cosign_by(staff, NotePart)
    told = rows.select_related(
        "patient", "objective", "note__author", "note__session__group", "note__session__leader", "replaces"
    )
    return told.order_by("cosign_due_at", "note", "absent", "patient__last_name")


def waiting_contacts(staff: Staff) -> QuerySet[ContactNote]:
    return ROWS.filter(pk__in=to_cosign_by(staff, ContactNote)).order_by("cosign_due_at")


def to_cosign(staff: Staff, now: datetime, only: Iterable[UUID] | None = None) -> list[Bundle]:
    """What waits for this person's co-signature, the longest waiting first; only: those with these ids. Three
    queries."""
    parts, contacts = waiting_parts(staff), waiting_contacts(staff)
    if only is not None:
        parts, contacts = parts.filter(pk__in=list(only)), contacts.filter(pk__in=list(only))
    notes: list[Own] = [*parts, *contacts]
    questions = {row.part_id or row.contact_id: row for row in _questions_about(notes)}
    waits = [
        Waits(each, due, pace_of(due, now), questions.get(each.pk)) for each in notes if (due := each.cosign_due_at)
    ]
    bundles = [Bundle(key, list(lines)) for key, lines in groupby(waits, lambda line: _read_with(line.note))]
    return sorted(bundles, key=lambda bundle: bundle.first.due_at)


def _read_with(note: Own) -> UUID:
    return note.note_id if isinstance(note, NotePart) else note.pk


def _questions_about(notes: list[Own]) -> QuerySet[SentBack]:
    ids = [each.pk for each in notes]
    return open_questions().filter(Q(part__in=ids) | Q(contact__in=ids)).select_related("by")
