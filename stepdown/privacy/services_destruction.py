"""Working out what is past its time, proposing to destroy it, and destroying what a second person approves."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.privacy import queries_retention as queries
from stepdown.privacy import retention, strangers
from stepdown.privacy.days import here, today
from stepdown.privacy.domain.retention import STRANGERS, Due, Facts, RecordClass, due, due_of_strangers, years_after
from stepdown.privacy.models import Destruction, DestructionCertificate, DueRecord
from stepdown.privacy.models.retention import LOCK
from stepdown.privacy.queries_retention import Counted, Standing
from stepdown.privacy.wording_retention import NOBODY, due_said

Dues = Callable[[UUID, RecordClass, Counted], Due | None]
log = structlog.get_logger(__name__)
AT_ONCE = 200
LED = "This has led to a patient since, or is not there any more."


def find_due() -> int:
    """Works out anew what is past its time: one row a person and class. Returns how many. A transaction for each few
    hundred people, so that nobody waits."""
    standings, on = queries.standings(), today()
    found, looked_at = 0, timezone.now()
    for part in _in_parts(_served_until(years_after(on, -min(one.rule.years for one in standings.values())))):
        found += _keep([one.pk for one in part], _dues_of({one.pk: one for one in part}, standings), standings, on)
    for each, root in strangers.roots().items():
        begun = {f"{root.at}__date__lte": years_after(on, -standings[each].rule.years)}
        for part in _in_parts(strangers.done_with(root).filter(**begun).only("pk")):
            found += _keep([one.pk for one in part], _dues_of_strangers(standings), standings, on)
    DueRecord.objects.filter(found_at__lt=looked_at).delete()
    return found


def _in_parts(rows: QuerySet[Any, Any]) -> Iterator[list[Any]]:
    """A few hundred at a time."""
    after: UUID | None = None
    rows = rows.order_by("pk")
    while part := list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE]):
        yield part
        after = part[-1].pk


def _served_until(last: date) -> QuerySet[Any, Any]:
    """Whoever is not in care and was last served before the end of that day."""
    served = retention.with_service(Patient.objects.all()).filter(is_in_care=False)
    return served.annotate(served=Coalesce("last_service_at", "created_at")).filter(served__date__lte=last)


def _dues_of(people: dict[UUID, Patient], standings: dict[RecordClass, Standing]) -> Dues:
    return lambda whose, each, held: _due(people[whose], each, standings[each], held)


def _dues_of_strangers(standings: dict[RecordClass, Standing]) -> Dues:
    return lambda _whose, each, held: due_of_strangers(standings[each].rule, held.last)


@transaction.atomic
def _keep(ids: Iterable[UUID], dues: Dues, standings: dict[RecordClass, Standing], on: date) -> int:
    rows = [
        DueRecord(
            root=whose,
            patient_id=None if each in STRANGERS else whose,
            record_class=each,
            due_on=found.on,
            why=due_said(found, standings[each].rule.years),
            held=one.rows,
            first_on=one.first,
            last_on=one.last,
            before=queries.goes_first(each, classes),
            all_first_on=min(other.first for other in classes.values()),
            all_last_on=max(other.last for other in classes.values()),
        )
        for whose, classes in queries.counted_of(ids).items()
        for each, one in classes.items()
        if (found := dues(whose, each, one)) and found.on <= on
    ]
    same = {"id", "root", "patient", "record_class"}
    facts = [field.name for field in DueRecord._meta.fields if field.name not in same]
    DueRecord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["root", "record_class"], update_fields=facts
    )
    return len(rows)


def _due(patient: Patient, record_class: RecordClass, standing: Standing, held: Counted) -> Due | None:
    served: datetime | None = patient.last_service_at or patient.created_at  # type: ignore[attr-defined]  # annotated
    is_in_care: bool = patient.is_in_care  # type: ignore[attr-defined]  # annotated
    last_service = None if is_in_care or served is None else served.astimezone(here()).date()
    return due(record_class, standing.rule, Facts(patient.date_of_birth, last_service, held.first, held.last))


@transaction.atomic
def propose(*, record: DueRecord, words: str, by: Staff) -> Destruction:
    """Raises RuleBroken while something keeps the records, when they are not due any more, or are proposed already."""
    _nothing_keeps(record.root, record.record_class)
    due_on, why = _still_due(record.root, record.record_class)
    with rules_speak():
        return Destruction.objects.create(
            whose=record.root,
            record_class=record.record_class,
            due_on=due_on,
            why=why,
            words=words,
            proposed_by=by,
        )


@transaction.atomic
def propose_several(*, records: Iterable[DueRecord], words: str, by: Staff) -> list[Destruction]:
    """Each by itself, for the same reason; all of them or none. Raises RuleBroken with the first that cannot be."""
    made = []
    for record in records:
        with _named(record.root):
            made.append(propose(record=record, words=words, by=by))
    return made


@transaction.atomic
def approve_several(*, destructions: Iterable[Destruction], by: Staff) -> list[DestructionCertificate]:
    """Each by itself, with a certificate of its own; all of them or none. Raises RuleBroken with the first that cannot
    be. Source: RULE PRIV-34."""
    made = []
    for destruction in destructions:
        with _named(destruction.whose):
            made.append(approve(destruction=destruction, by=by))
    return made


@contextmanager
def _named(whose: UUID) -> Iterator[None]:
    """What keeps one of several keeps all of them, so it says which one it is about."""
    try:
        yield
    except RuleBroken as broken:
        called = strangers.said([whose]).get(whose, NOBODY)
        raise RuleBroken(f"{called}: {broken} Nothing of what you chose is changed.", broken.rule) from broken


@transaction.atomic
def approve(*, destruction: Destruction, by: Staff) -> DestructionCertificate:
    """Destroys the records with every earlier state of them, and keeps the certificate; nothing else can be done about
    it. Raises RuleBroken when a hold or anything else keeps them, they are not due any more, or it is decided.

    Holds and destructions pass one after the other, so that a hold that is there first always wins. Source: RULE
    PRIV-34."""
    one_at_a_time(LOCK)
    if Destruction.objects.filter(pk=destruction.pk, ended_at=None).exists():
        _nothing_keeps(destruction.whose, destruction.record_class)
        _still_due(destruction.whose, destruction.record_class)
    with rules_speak(), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_destroy(%s, %s)", [destruction.pk, by.pk])
        (made,) = cursor.fetchone()
    DueRecord.objects.filter(root=destruction.whose, record_class=destruction.record_class).delete()
    certificate = DestructionCertificate.objects.get(pk=made)
    log.warning("records destroyed", certificate_id=str(made), record_class=destruction.record_class)
    return certificate


@transaction.atomic
def refuse(*, destruction: Destruction, why: str, by: Staff) -> None:
    """Raises RuleBroken when it is decided, and for one's own."""
    _end(destruction, Destruction.Outcome.REFUSED, why, by)


@transaction.atomic
def withdraw(*, destruction: Destruction, by: Staff) -> None:
    _end(destruction, Destruction.Outcome.WITHDRAWN, "", by)


def _end(destruction: Destruction, outcome: str, why: str, by: Staff) -> None:
    row = Destruction.objects.select_for_update(of=("self",)).get(pk=destruction.pk)
    if row.ended_at:
        raise RuleBroken("Somebody has decided this already.")
    row.outcome, row.ended_why, row.ended_at, row.ended_by = outcome, why, timezone.now(), by
    with rules_speak():
        row.save()


def _still_due(whose: UUID, record_class: str) -> tuple[date, str]:
    """(from when on, why) by what there is now. Raises RuleBroken when it is not due."""
    each = RecordClass(record_class)
    standing = queries.standings()[each]
    found = (_due_of_stranger if each in STRANGERS else _due_of_patient)(whose, each, standing)
    if found.on > today():
        raise RuleBroken("By the rule that counts now this is not due yet.")
    return found.on, due_said(found, standing.rule.years)


def _due_of_patient(whose: UUID, record_class: RecordClass, standing: Standing) -> Due:
    patient = retention.with_service(Patient.objects.filter(pk=whose)).first()
    held = queries.counted(whose).get(record_class) if patient else None
    if patient is None or held is None:
        raise RuleBroken("Nothing of this is there any more.")
    if found := _due(patient, record_class, standing, held):
        return found
    raise RuleBroken("They are in care again, so nothing of their record is due.")


def _due_of_stranger(whose: UUID, record_class: RecordClass, standing: Standing) -> Due:
    held = queries.counted(whose).get(record_class)
    if held is None:
        raise RuleBroken(LED)
    if not strangers.is_done_with(record_class, whose):
        raise RuleBroken("This is not done with yet.")
    return due_of_strangers(standing.rule, held.last)


def _nothing_keeps(whose: UUID, record_class: str) -> None:
    """Raises RuleBroken with everything that keeps the records."""
    if kept := queries.kept_by(whose, record_class):
        raise RuleBroken(" ".join(kept))
