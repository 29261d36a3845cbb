"""What a licensed counselor does with diagnoses: record, end, put one in place of another."""

from datetime import date
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.chart import queries_plan
from stepdown.chart.domain import icd10
from stepdown.chart.models import Diagnosis
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff

log = structlog.get_logger(__name__)


class Contradicts(RuleBroken):
    """An open diagnosis says something else; `clashes` has the code of each and the sentence."""

    def __init__(self, clashes: list[icd10.Clash]) -> None:
        self.clashes = clashes
        super().__init__(" ".join(clash.sentence for clash in clashes))


@transaction.atomic
def record_diagnosis(
    *,
    patient: Patient,
    code: str,
    from_on: date,
    remission: str = "",
    instead_of: UUID | None = None,
    by: Staff,
) -> Diagnosis:
    """Records a code that holds from a day on. instead_of: an open diagnosis that ends where this one begins.

    Raises RuleBroken when the code does not hold on that day, or "in remission" is said without its specifier, or the
    other way round; Contradicts when an open one says something else. Source: RULE INT-11.
    """
    one_at_a_time(f"diagnoses of {patient.pk}")
    known = icd10.codes_on(from_on).get(code)
    if known is None:
        raise RuleBroken(_not_in_force(code, from_on))
    if known.remission and not remission:
        raise RuleBroken("This code says “in remission”. Say whether early or sustained.")
    if remission and not known.remission:
        raise RuleBroken("This code does not say “in remission”. Choose the code that does, or leave remission out.")
    still_open = queries_plan.open_diagnoses(patient)
    ends = next((each for each in still_open if each.pk == instead_of), None)
    if ends:
        _end(ends, on=max(from_on, ends.from_on), why=f"Now {code}", by=by)
    beside = [queries_plan.code_of(each) for each in still_open if each != ends]
    if found := icd10.clashes(known, beside):
        raise Contradicts(found)
    with rules_speak():
        diagnosis = Diagnosis.objects.create(
            patient=patient,
            code=known.code,
            words=known.words,
            substance=known.substance,
            kind=known.kind,
            remission=remission,
            from_on=from_on,
            recorded_by=by,
            recorded_as=by.signature,
        )
    log.info("diagnosis recorded", diagnosis_id=diagnosis.pk)
    return diagnosis


def _not_in_force(code: str, on: date) -> str:
    if on < icd10.first_day():
        return f"The list of codes begins on {icd10.first_day():%B %-d, %Y}. Choose that day or a later one."
    return f"{code} is not a code that holds on {on:%B %-d, %Y}. Search for it and choose one of those found."


@transaction.atomic
def end_diagnosis(*, diagnosis: Diagnosis, on: date, why: str, by: Staff) -> Diagnosis:
    """It holds up to, not including, that day. Raises RuleBroken when it has ended, or would before it began."""
    return _end(Diagnosis.objects.select_for_update().get(pk=diagnosis.pk), on=on, why=why, by=by)


def _end(diagnosis: Diagnosis, *, on: date, why: str, by: Staff) -> Diagnosis:
    diagnosis.until_on, diagnosis.ended_why = on, why.strip()
    diagnosis.ended_by, diagnosis.ended_at = by, timezone.now()
    with rules_speak():
        diagnosis.save(update_fields=["until_on", "ended_why", "ended_by", "ended_at"])
    log.info("diagnosis ended", diagnosis_id=diagnosis.pk)
    return diagnosis
