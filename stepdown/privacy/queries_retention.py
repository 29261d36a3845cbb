"""How long records are kept, what holds them, what is due, and what was destroyed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.privacy import retention
from stepdown.privacy.domain import retention as domain
from stepdown.privacy.domain.retention import DEFAULTS, RecordClass, Rule
from stepdown.privacy.models import (
    Affected,
    Destruction,
    DestructionCertificate,
    DueRecord,
    LegalHold,
    RetentionPolicy,
    RightsRequest,
)
from stepdown.privacy.permissions_retention import SEES_RETENTION
from stepdown.privacy.wording_retention import CLASSES, HOLDS, first_said, rule_said
from stepdown.ui.navigation import MANY, Waiting

SHOWN = 100


def _shown_to(staff: Staff, patient: str = "patient") -> Q:
    """A privacy officer keeps every record; to others a restricted one that is not for them is not there."""
    return Q() if staff.has_role(Role.PRIVACY) else not_hidden(staff, patient)


# -- how long


@dataclass(frozen=True)
class Standing:
    """What counts for a class now. row: who decided it; None for what comes with the product."""

    record_class: RecordClass
    rule: Rule
    row: RetentionPolicy | None

    @property
    def title(self) -> str:
        return CLASSES[self.record_class]

    @property
    def holds(self) -> str:
        return HOLDS[self.record_class]

    @property
    def said(self) -> str:
        return rule_said(self.rule)


def standings() -> dict[RecordClass, Standing]:
    """One query."""
    rows = RetentionPolicy.objects.select_related("set_by").order_by("record_class", "-set_at")
    newest = {row.record_class: row for row in rows.distinct("record_class")}
    return {each: _standing(each, newest.get(each)) for each in RecordClass}


def _standing(record_class: RecordClass, row: RetentionPolicy | None) -> Standing:
    return Standing(record_class, row.rule if row else DEFAULTS[record_class], row)


def decided(record_class: str | None = None) -> list[RetentionPolicy]:
    """What was decided, the newest first."""
    rows = RetentionPolicy.objects.select_related("set_by")
    return list(rows.filter(record_class=record_class) if record_class else rows[:SHOWN])


# -- holds


def holds_for(staff: Staff) -> QuerySet[LegalHold]:
    """Every hold there was, those that stand first."""
    return LegalHold.objects.filter(_shown_to(staff)).select_related("patient", "placed_by", "lifted_by")


def standing_holds() -> QuerySet[LegalHold]:
    return LegalHold.objects.filter(lifted_at=None)


def holds_on(patient: Patient) -> list[LegalHold]:
    """Those that stand on this patient by name or by a time. A handful of queries."""
    rows = list(standing_holds().filter(Q(patient=patient) | Q(patient=None)).select_related("placed_by"))
    if not any(row.patient_id is None for row in rows):
        return rows
    all_days = span_of(counted(patient.pk))
    return [row for row in rows if row.patient_id or (all_days and _is_about(row, all_days))]


def holds_shown(staff: Staff, patient: Patient) -> list[LegalHold]:
    """For the pages of a record; only to who keeps retention, as a matter may tell of a case."""
    return holds_on(patient) if staff.has_role(*SEES_RETENTION) else []


def _is_about(row: LegalHold, days: tuple[date, date]) -> bool:
    return row.begins_on is not None and domain.touches(row.begins_on, row.ends_on, *days)


# -- what there is


@dataclass(frozen=True)
class Counted:
    """What is held of somebody in one class: rows by model, and the days of the first and the last."""

    counts: dict[str, int]
    first: date
    last: date

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


def counted(patient: UUID) -> dict[RecordClass, Counted]:
    """What is held of this patient, class by class; nothing where nothing is. One query."""
    return counted_of([patient]).get(patient, {})


def counted_of(patients: Iterable[UUID]) -> dict[UUID, dict[RecordClass, Counted]]:
    """One query for all."""
    words = """
        SELECT whose, record_class, model, held, first, last
        FROM unnest(%s::uuid[]) whose, LATERAL privacy_held(whose)
    """
    found: dict[UUID, dict[RecordClass, list[Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(words, [list(patients)])
        for whose, record_class, *row in cursor.fetchall():
            found.setdefault(whose, {}).setdefault(RecordClass(record_class), []).append(row)
    return {whose: _dated(classes) for whose, classes in found.items()}


def _dated(classes: dict[RecordClass, list[Any]]) -> dict[RecordClass, Counted]:
    """Of a class whose rows have no time of their own, the days are those of everything."""
    of_all = [row for rows in classes.values() for row in rows if row[2]]
    return {
        each: Counted(
            {model: held for model, held, _first, _last in rows},
            min((row[2] for row in rows if row[2]), default=min(row[2] for row in of_all)).date(),
            max((row[3] for row in rows if row[3]), default=max(row[3] for row in of_all)).date(),
        )
        for each, rows in classes.items()
        if of_all
    }


def span_of(classes: dict[RecordClass, Counted]) -> tuple[date, date] | None:
    """The days of the first and the last row of everything."""
    if not classes:
        return None
    return min(one.first for one in classes.values()), max(one.last for one in classes.values())


# -- what keeps it


def blocks(patients: Iterable[UUID]) -> dict[UUID, list[str]]:
    """What privacy knows that keeps records that are due from being destroyed. Four queries."""
    wanted = list(patients)
    found: dict[UUID, list[str]] = {one: [] for one in wanted}
    held = list(standing_holds().filter(Q(patient__in=wanted) | Q(patient=None)))
    due = DueRecord.objects.filter(patient__in=wanted)
    spans = {row.patient_id: (row.all_first_on, row.all_last_on) for row in due}
    for row in held:
        by_days = (one for one, days in spans.items() if _is_about(row, days))
        for patient in [row.patient_id] if row.patient_id else by_days:
            found[patient].append(f"Legal hold: {row.matter}.")
    for patient in RightsRequest.objects.filter(patient__in=wanted, answered_at=None).values_list("patient", flat=True):
        found[patient].append("A request of theirs waits for its answer.")
    open_breach = Affected.objects.filter(breach__concluded_at=None, left_out_why="", patient__in=wanted)
    for patient in open_breach.values_list("patient", flat=True):
        found[patient].append("They may be affected by a breach that is not judged yet.")
    return found


# -- what is due


@dataclass(frozen=True)
class Line:
    """One line of the list. blocks: what keeps it, in sentences; proposed: by whom it is proposed, if it is."""

    record: DueRecord
    blocks: list[str]
    proposed: Destruction | None


def due_lines(rows: Iterable[DueRecord]) -> list[Line]:
    """With what keeps each. A handful of queries for all."""
    shown = list(rows)
    people = {row.patient_id for row in shown}
    of_patient = retention.blocks_of(people)
    proposed = {(one.whose, one.record_class): one for one in open_destructions().filter(whose__in=people)}
    return [
        Line(
            row,
            of_patient[row.patient_id] + first_said(row.before),
            proposed.get((row.patient_id, row.record_class)),
        )
        for row in shown
    ]


def kept_by(patient: UUID, record_class: str) -> list[str]:
    """All that keeps this class of somebody's records, in sentences."""
    first = goes_first(RecordClass(record_class), counted(patient))
    return retention.blocks_of([patient])[patient] + first_said(first)


def goes_first(record_class: RecordClass, there: Iterable[RecordClass]) -> list[str]:
    """Of those that are there, the classes whose rows point at these, and which are destroyed before them."""
    before = retention.waits_for(record_class) & set(there)
    return [str(each) for each in RecordClass if each in before]


def due_records_for(staff: Staff) -> QuerySet[DueRecord]:
    return DueRecord.objects.filter(_shown_to(staff)).select_related("patient")


# -- proposed and destroyed


def destructions_for(staff: Staff) -> QuerySet[Destruction]:
    rows = Destruction.objects.filter(_shown_to(staff, "whose"))
    return rows.select_related("proposed_by", "ended_by", "certificate__approved_by")


def open_destructions() -> QuerySet[Destruction]:
    return Destruction.objects.filter(ended_at=None).order_by("proposed_at")


def with_names(rows: Iterable[Destruction]) -> list[tuple[Destruction, Patient | None]]:
    """Each with whose it is, as long as that is known. One query more."""
    shown = list(rows)
    people = Patient.objects.in_bulk({row.whose for row in shown})
    return [(row, people.get(row.whose)) for row in shown]


def certificates_for(staff: Staff) -> QuerySet[DestructionCertificate]:
    rows = DestructionCertificate.objects.filter(_shown_to(staff, "destruction__whose"))
    return rows.select_related("destruction__proposed_by", "approved_by")


def waits_for(staff: Staff) -> Waiting:
    """Proposals that this person may decide, for the menu. One query."""
    rows = open_destructions().filter(_shown_to(staff, "whose")).exclude(proposed_by=staff)
    return Waiting(len(rows.values_list("pk")[:MANY]))
