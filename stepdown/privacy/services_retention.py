"""Deciding how long records are kept, and holding them."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.privacy import strangers, tasks
from stepdown.privacy.domain.retention import RecordClass, Rule
from stepdown.privacy.models import LegalHold, RetentionPolicy


@transaction.atomic
def decide_policy(*, record_class: RecordClass, rule: Rule, why: str, by: Staff) -> RetentionPolicy:
    """From now on records of this class are kept so long; what is due is worked out again. Raises RuleBroken for less
    than federal law sets."""
    with rules_speak():
        row = RetentionPolicy.objects.create(
            record_class=record_class,
            years=rule.years,
            counts_from=rule.counts_from,
            minors_until=rule.minors_until,
            source=rule.source,
            why=why,
            set_by=by,
        )
    tasks.find_due_now.defer()
    return row


@transaction.atomic
def hold(
    *,
    patient: Patient | None = None,
    stranger: UUID | None = None,
    begins_on: date | None = None,
    ends_on: date | None = None,
    matter: str,
    words: str,
    by: Staff,
) -> LegalHold:
    """From now on nothing of this patient is destroyed; or of the stranger whose record begins with this row; or of
    nobody of whom there is something of these days. Waits for a destruction that is under way. Raises RuleBroken for
    neither a record nor a day, and when the record is gone by then, or is a patient's."""
    with rules_speak():
        held = LegalHold.objects.create(
            patient=patient, stranger=stranger, begins_on=begins_on, ends_on=ends_on, matter=matter, words=words,
            placed_by=by,
        )  # fmt: skip
    if stranger and stranger not in strangers.said([stranger]):
        raise RuleBroken("This has led to a patient since, or is not there any more.")
    return held


@transaction.atomic
def lift(*, hold: LegalHold, why: str, by: Staff) -> None:
    """Raises RuleBroken when somebody was faster."""
    hold = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.lifted_at:
        raise RuleBroken("This hold is lifted already.")
    hold.lifted_at, hold.lifted_by, hold.lifted_why = timezone.now(), by, why
    with rules_speak():
        hold.save()
