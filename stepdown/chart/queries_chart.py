"""The notes about one patient as a list of lines, whatever kind they are of."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from stepdown.chart import queries
from stepdown.chart.domain.contacts import KINDS
from stepdown.chart.domain.own_notes import WORDS as WORDS_OF
from stepdown.chart.domain.own_notes import Status, status_of
from stepdown.chart.domain.templates import headings_from
from stepdown.chart.models import ContactNote, NotePart
from stepdown.chart.queries_contacts import contacts_visible_to
from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.models import Seat

LATEST = 10  # on the chart
STATE = ("cosign_due_at", "cosignature__pk", "void__pk")
CONTACT = ("pk", "on", "kind", "signed_as", "written", "template__content", *STATE)
WORDS = ("pk", "absent", "absent_reason", "words", *STATE)
PART = {
    "on": F("note__session__service_date"),
    "group": F("note__session__group__name"),
    "by": Coalesce(NullIf("signed_as", Value("")), "note__signed_as"),
}


@dataclass(frozen=True)
class NoteLine:
    """One signed note in a list. title: what it is of, such as the group; words: as they were written."""

    on: date
    title: str
    words: str
    by: str
    url: str
    status: Status

    @property
    def state(self) -> str:
        return WORDS_OF[self.status]

    @property
    def tone(self) -> str:
        return "" if self.status == Status.FINAL else "attention"


def reads_all(patient: Patient, staff: Staff, seat: Seat | None) -> bool:
    """Whether signed notes about this patient are all to be read by this person, whoever wrote them, as far as that is
    known without looking: a director's, their counselor's, and those of who leads or co-leads the group of `seat`, the
    one they have now. `parts_visible_to` and `contacts_visible_to` say the same."""
    leads = seat is not None and staff.pk in (seat.group.leader_id, seat.group.co_leader_id)
    return leads or staff.has_role(Role.DIRECTOR) or patient.counselor_id == staff.pk


def latest(patient: Patient, staff: Staff, limit: int, seat: Seat | None = None) -> tuple[list[NoteLine], int]:
    """The newest that this person may read, and how many there are in all. seat: the one the patient has now, where it
    is known. Two queries."""
    if limit == LATEST and reads_all(patient, staff, seat):
        rows, others = _all_parts(patient.pk), _all_contacts(patient.pk)
    else:
        rows = list(_parts(queries.parts_visible_to(staff), patient)[:limit])
        others = list(_contacts(contacts_visible_to(staff), patient)[:limit])
    lines = [*(_part(row) for row in rows), *(_contact(note) for note in others)]
    count = sum(found[0].of for found in (rows, others) if found)
    return sorted(lines, key=lambda line: line.on, reverse=True)[:limit], count


def _parts(parts: QuerySet[NotePart], patient: Patient | UUID) -> QuerySet[NotePart, Any]:
    mine = parts.filter(patient=patient).exclude(note__signed_at=None).select_related(None)
    told = PART | {"of": _how_many(mine)}
    return mine.annotate(**told).order_by("-note__session__starts_at").values_list(*WORDS, *told, named=True)


def _contacts(notes: QuerySet[ContactNote], patient: Patient | UUID) -> QuerySet[ContactNote, Any]:
    signed = notes.filter(patient=patient, signed_at__isnull=False).select_related(None)
    rows = signed.annotate(of=_how_many(signed)).order_by("-on", "-begun_at")
    return rows.values_list(*CONTACT, "of", named=True)


def _how_many(notes: QuerySet[Any]) -> Subquery:
    """Counted apart from the rows, so that no words are read of notes that are only counted."""
    return Subquery(notes.order_by().values("patient").annotate(n=Count("pk")).values("n"))


@prepared
def _all_parts(patient: UUID) -> QuerySet[NotePart, Any]:
    return _parts(NotePart.objects.all(), patient)[:LATEST]


@prepared
def _all_contacts(patient: UUID) -> QuerySet[ContactNote, Any]:
    return _contacts(ContactNote.objects.all(), patient)[:LATEST]


def _part(row: Any) -> NoteLine:
    words = f"Absent. {row.absent_reason}" if row.absent else row.words
    return NoteLine(row.on, row.group, words, row.by, reverse("chart:single", args=[row.pk]), _status(row))


def _contact(row: Any) -> NoteLine:
    written = (row.written.get(each.name, "") for each in headings_from(row.template__content))
    words = " ".join(text for text in written if text)
    return NoteLine(
        row.on, KINDS[row.kind], words, row.signed_as, reverse("chart:contact", args=[row.pk]), _status(row)
    )


def _status(row: Any) -> Status:
    return status_of(
        signed=True,
        cosign_due_at=row.cosign_due_at,
        cosigned=row.cosignature__pk is not None,
        void=row.void__pk is not None,
    )


class All:
    """All notes about one patient that this person may read, newest first, to be turned over page by page."""

    def __init__(self, patient: Patient, staff: Staff) -> None:
        self.whose = (patient, staff)

    def __len__(self) -> int:
        return latest(*self.whose, 1)[1]

    def __getitem__(self, shown: slice) -> list[NoteLine]:
        return latest(*self.whose, shown.stop)[0][shown.start :]
