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
from stepdown.privacy import retention, strangers
from stepdown.privacy.days import here
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
from stepdown.privacy.permissions_retention import know_of_holds
from stepdown.privacy.wording_retention import CLASSES, HOLDS, LED_TO_A_PATIENT, NOBODY, first_said, rule_said, titled
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
        return rule_said(self.record_class, self.rule)


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
    shown = _shown_to(staff)
    if not staff.has_role(Role.PRIVACY):
        for root in strangers.roots_that_lead():
            hidden = root.model._base_manager.exclude(not_hidden(staff))
            shown &= Q(stranger=None) | ~Q(stranger__in=hidden.values("pk"))
    return LegalHold.objects.filter(shown).select_related("patient", "placed_by", "lifted_by")


def on_whom(rows: Iterable[LegalHold]) -> list[tuple[LegalHold, str]]:
    """Each with the words for whose records it is on; "" when it is on a time. A handful of queries for all."""
    shown = list(rows)
    called = strangers.said(row.stranger for row in shown if row.stranger)
    return [
        (row, row.patient.name if row.patient else called.get(row.stranger, LED_TO_A_PATIENT) if row.stranger else "")
        for row in shown
    ]


def standing_holds() -> QuerySet[LegalHold]:
    return LegalHold.objects.filter(lifted_at=None)


def holds_on(whose: UUID) -> list[LegalHold]:
    """Those that stand on this patient, or this stranger's record, by name or by a time; on a patient also by what came
    in of them before. A handful of queries."""
    rows = list(standing_holds().filter(Q(patient=whose) | Q(patient=None)).select_related("placed_by"))
    led = strangers.led_to(row.stranger for row in rows if row.stranger)
    all_days = span_of(counted(whose)) if any(row.begins_on for row in rows) else None
    return [
        row
        for row in rows
        if whose in (row.patient_id, row.stranger)
        or (row.stranger and led.get(row.stranger) == whose)
        or (all_days and _is_about(row, all_days))
    ]


def holds_shown(staff: Staff, patient: Patient) -> list[LegalHold]:
    """For the pages of a record; only to who keeps retention, as a matter may tell of a case."""
    return holds_on(patient.pk) if know_of_holds(staff) else []


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


def counted(whose: UUID) -> dict[RecordClass, Counted]:
    """What is held of this patient, or of the stranger whose record begins with this row, class by class; nothing where
    nothing is. One query."""
    return counted_of([whose]).get(whose, {})


def counted_of(ids: Iterable[UUID]) -> dict[UUID, dict[RecordClass, Counted]]:
    """One query for all."""
    words = """
        SELECT whose, record_class, model, held, first, last
        FROM unnest(%s::uuid[]) whose, LATERAL privacy_held(whose)
    """
    found: dict[UUID, dict[RecordClass, list[Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(words, [list(ids)])
        for whose, record_class, *row in cursor.fetchall():
            found.setdefault(whose, {}).setdefault(RecordClass(record_class), []).append(row)
    return {whose: _dated(classes) for whose, classes in found.items()}


def _dated(classes: dict[RecordClass, list[Any]]) -> dict[RecordClass, Counted]:
    """Days at the center. Of a class whose rows have no time of their own, they are those of everything."""
    zone = here()
    of_all = [row for rows in classes.values() for row in rows if row[2]]
    return {
        each: Counted(
            {model: held for model, held, _first, _last in rows},
            min((row[2] for row in rows if row[2]), default=min(row[2] for row in of_all)).astimezone(zone).date(),
            max((row[3] for row in rows if row[3]), default=max(row[3] for row in of_all)).astimezone(zone).date(),
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


def blocks(ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """What privacy knows that keeps records that are due from being destroyed. A handful of queries."""
    wanted = list(ids)
    found: dict[UUID, list[str]] = {one: [] for one in wanted}
    held = list(standing_holds().filter(Q(patient__in=wanted) | Q(patient=None)))
    led = strangers.led_to(row.stranger for row in held if row.stranger)
    due = DueRecord.objects.filter(root__in=wanted)
    spans = {row.root: (row.all_first_on, row.all_last_on) for row in due}
    for row in held:
        by_days = {one for one, days in spans.items() if _is_about(row, days)}
        by_name = {row.patient_id, row.stranger, led.get(row.stranger) if row.stranger else None}
        for whose in by_days | {one for one in by_name if one in found}:
            found[whose].append(f"Legal hold: {row.matter}.")
    for patient in RightsRequest.objects.filter(patient__in=wanted, answered_at=None).values_list("patient", flat=True):
        found[patient].append("A request of theirs waits for its answer.")
    open_breach = Affected.objects.filter(breach__concluded_at=None, left_out_why="", patient__in=wanted)
    for patient in open_breach.values_list("patient", flat=True):
        found[patient].append("They may be affected by a breach that is not judged yet.")
    return found


# -- what is due


@dataclass(frozen=True)
class Line:
    """One line of the list. whose: who they are, or what it is of a stranger. blocks: what keeps it, in sentences;
    proposed: by whom it is proposed, if it is."""

    record: DueRecord
    whose: str
    blocks: list[str]
    proposed: Destruction | None

    @property
    def title(self) -> str:
        return titled(self.record.record_class, self.whose)

    @property
    def is_free(self) -> bool:
        """Whether it is a stranger's, nothing keeps it and nobody has proposed it: it may go together with others."""
        return self.record.patient is None and not self.blocks and self.proposed is None


def due_lines(rows: Iterable[DueRecord]) -> list[Line]:
    """With what keeps each. A handful of queries for all."""
    shown = list(rows)
    ids = {row.root for row in shown}
    called = strangers.said(row.root for row in shown if row.patient is None)
    blocks = retention.blocks_of(ids)
    proposed = {(one.whose, one.record_class): one for one in open_destructions().filter(whose__in=ids)}
    return [
        Line(
            row,
            row.patient.name if row.patient else called.get(row.root, NOBODY),
            blocks[row.root] + first_said(row.before),
            proposed.get((row.root, row.record_class)),
        )
        for row in shown
    ]


def kept_by(whose: UUID, record_class: str) -> list[str]:
    """All that keeps this class of somebody's records, in sentences."""
    first = goes_first(RecordClass(record_class), counted(whose))
    return retention.blocks_of([whose])[whose] + first_said(first)


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


def with_names(rows: Iterable[Destruction]) -> list[tuple[Destruction, str]]:
    """Each with whose it is, as long as that is known. A handful of queries more."""
    shown = list(rows)
    people = Patient.objects.in_bulk({row.whose for row in shown if row.record_class not in domain.STRANGERS})
    called = strangers.said(row.whose for row in shown if row.record_class in domain.STRANGERS)
    return [(row, people[row.whose].name if row.whose in people else called.get(row.whose, NOBODY)) for row in shown]


def certificates_for(staff: Staff) -> QuerySet[DestructionCertificate]:
    rows = DestructionCertificate.objects.filter(_shown_to(staff, "destruction__whose"))
    return rows.select_related("destruction__proposed_by", "approved_by")


def waits_for(staff: Staff) -> Waiting:
    """Proposals that this person may decide, for the menu. One query."""
    rows = open_destructions().filter(_shown_to(staff, "whose")).exclude(proposed_by=staff)
    return Waiting(len(rows.values_list("pk")[:MANY]))
