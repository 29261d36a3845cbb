"""From a suspicion to who was told. Source: RULE PRIV-31."""

from datetime import date, datetime
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain.breach import INDIVIDUALS
from stepdown.privacy.models import Affected, SuspectedBreach
from stepdown.privacy.models.breaches import TOLD_ON
from stepdown.privacy.queries_breaches import Standing, standing
from stepdown.privacy.queries_looks import seen_by

log = structlog.get_logger()
FACTORS = ("information", "recipient", "viewed", "mitigation")


@transaction.atomic
def report(*, what: str, discovered_on: date, by: Staff, once: UUID | None = None) -> SuspectedBreach:
    """discovered_on: the first day on which anybody of the center knew; the clock runs from it. once: the id to give
    it; what is sent twice is made once."""
    said = {"what": what, "discovered_on": discovered_on, "recorded_by": by}
    made, is_new = SuspectedBreach.objects.get_or_create(pk=once or uuid4(), defaults=said)
    if any(getattr(made, name) != value for name, value in said.items()):  # another report from a page gone back to
        made, is_new = SuspectedBreach.objects.create(**said), True
    if is_new:
        log.info("breach suspected", breach_id=str(made.pk), by=str(by.pk))
    return made


@transaction.atomic
def assess(*, breach: SuspectedBreach, factors: dict[str, str], by: Staff) -> SuspectedBreach:
    """Keeps the answers to the four questions. factors: by FACTORS. Raises RuleBroken once it is concluded."""
    breach = _open(breach)
    for name in FACTORS:
        setattr(breach, name, factors[name])
    breach.save()
    log.info("breach assessed", breach_id=str(breach.pk), by=str(by.pk))
    return breach


@transaction.atomic
def conclude(*, breach: SuspectedBreach, conclusion: str, by: Staff) -> SuspectedBreach:
    """Raises RuleBroken when it is concluded already, and for "not a breach" without all four answers."""
    breach = _open(breach)
    breach.conclusion, breach.concluded_at, breach.concluded_by = conclusion, timezone.now(), by
    with rules_speak():
        breach.save()
    log.info("breach concluded", breach_id=str(breach.pk), conclusion=conclusion, by=str(by.pk))
    return breach


@transaction.atomic
def told(*, breach: SuspectedBreach, whom: str, on: date, by: Staff) -> SuspectedBreach:
    """Writes down on which day they were told. whom: as in Duty. Raises RuleBroken while it is no breach, or when that
    day lies before the discovery."""
    breach = SuspectedBreach.objects.select_for_update(of=("self",)).get(pk=breach.pk)
    if breach.conclusion != SuspectedBreach.Conclusion.BREACH:
        raise RuleBroken("Nobody is told before it is found to be a breach.", "told")
    if on < breach.discovered_on:
        raise RuleBroken("It was not known on that day yet. Enter a later one.", "on")
    setattr(breach, TOLD_ON[whom], on)
    breach.save()
    log.info("breach told", breach_id=str(breach.pk), whom=whom, by=str(by.pk))
    return breach


@transaction.atomic
def add_from_looks(*, breach: SuspectedBreach, staff: UUID, begins: datetime, ends: datetime, by: Staff) -> int:
    """Everyone whose record this person, or whoever used their account, was shown in that time. Returns how many came
    new; who was left out before stays left out."""
    return _add(breach, seen_by(staff, begins, ends), by, from_looks=True)


@transaction.atomic
def add(*, breach: SuspectedBreach, patient: Patient, by: Staff) -> int:
    """One by name; who was left out before is on the list again. Returns 1 when they are new on it."""
    return _add(breach, {patient.pk}, by, from_looks=False)


@transaction.atomic
def leave_out(*, affected: Affected, why: str, by: Staff) -> None:
    affected.left_out_why = why
    affected.save()
    log.info("left out of breach", affected_id=str(affected.pk), by=str(by.pk))


def _add(breach: SuspectedBreach, patients: set[UUID], by: Staff, *, from_looks: bool) -> int:
    breach = SuspectedBreach.objects.select_for_update(of=("self",)).get(pk=breach.pk)
    before = standing(breach)
    back = 0 if from_looks else _left_out(breach, patients).update(left_out_why="")
    new = patients - set(breach.affected.values_list("patient", flat=True))
    rows = [Affected(breach=breach, patient_id=one, from_looks=from_looks, added_by=by) for one in sorted(new)]
    Affected.objects.bulk_create(rows)
    if back or new:
        _tell_anew(breach, before)
    log.info("breach affects", breach_id=str(breach.pk), new=len(new), by=str(by.pk))
    return back + len(new)


def _left_out(breach: SuspectedBreach, patients: set[UUID]) -> QuerySet[Affected]:
    return breach.affected.filter(patient__in=patients).exclude(left_out_why="")


def _tell_anew(breach: SuspectedBreach, before: Standing) -> None:
    """Who came after the others were told is still to be told, and so are the Secretary and media where there is more
    to tell them by now, or sooner. The history keeps the days until now. Source: 45 CFR 164.404(a), 164.408."""
    same = {one.duty for one in before.todo if one.duty.whom != INDIVIDUALS}
    for one in standing(breach).todo:
        if one.duty not in same:
            setattr(breach, TOLD_ON[one.duty.whom], None)
    breach.save()


def _open(breach: SuspectedBreach) -> SuspectedBreach:
    breach = SuspectedBreach.objects.select_for_update(of=("self",)).get(pk=breach.pk)
    if breach.conclusion:
        raise RuleBroken("This was concluded already. It stays as it is.", "concluded")
    return breach
