"""The notes about one patient as a list of lines, whatever kind they are of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Window
from django.urls import reverse

from stepdown.chart import queries
from stepdown.chart.domain.contacts import KINDS
from stepdown.chart.domain.own_notes import WORDS as WORDS_OF
from stepdown.chart.domain.own_notes import Status, status_of
from stepdown.chart.domain.templates import headings_from
from stepdown.chart.queries_contacts import contacts_visible_to
from stepdown.people.models import Patient, Staff

VOID = "Void."
STATE = ("cosign_due_at", "cosignature__pk")
CONTACT = ("pk", "on", "kind", "signed_as", "written", "template__content", "void__pk", *STATE)
WORDS = ("pk", "absent", "absent_reason", "words", *STATE)
PART = {
    "on": F("note__session__service_date"),
    "group": F("note__session__group__name"),
    "by": F("note__signed_as"),
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


def latest(patient: Patient, staff: Staff, limit: int) -> tuple[list[NoteLine], int]:
    """The newest that this person may read, and how many there are in all. Two queries."""
    told = PART | {"of": Window(Count("pk"))}
    parts = queries.parts_visible_to(staff).filter(patient=patient).select_related(None).annotate(**told)
    rows = list(parts.order_by("-note__session__starts_at").values_list(*WORDS, *told, named=True)[:limit])
    signed = contacts_visible_to(staff).filter(patient=patient, signed_at__isnull=False)
    signed = signed.select_related(None).annotate(of=Window(Count("pk"))).order_by("-on", "-begun_at")
    others = list(signed.values_list(*CONTACT, "of", named=True)[:limit])
    lines = [*(_part(row) for row in rows), *(_contact(note) for note in others)]
    count = sum(found[0].of for found in (rows, others) if found)
    return sorted(lines, key=lambda line: line.on, reverse=True)[:limit], count


def _part(row: Any) -> NoteLine:
    words = f"Absent. {row.absent_reason}" if row.absent else row.words
    return NoteLine(row.on, row.group, words, row.by, reverse("chart:single", args=[row.pk]), _status(row))


def _contact(row: Any) -> NoteLine:
    written = (row.written.get(each.name, "") for each in headings_from(row.template__content))
    words = " ".join(text for text in (VOID if row.void__pk else "", *written) if text)
    return NoteLine(
        row.on, KINDS[row.kind], words, row.signed_as, reverse("chart:contact", args=[row.pk]), _status(row)
    )


def _status(row: Any) -> Status:
    return status_of(signed=True, cosign_due_at=row.cosign_due_at, cosigned=row.cosignature__pk is not None)


class All:
    """All notes about one patient that this person may read, newest first, to be turned over page by page."""

    def __init__(self, patient: Patient, staff: Staff) -> None:
        self.whose = (patient, staff)

    def __len__(self) -> int:
        return latest(*self.whose, 1)[1]

    def __getitem__(self, shown: slice) -> list[NoteLine]:
        return latest(*self.whose, shown.stop)[0][shown.start :]
