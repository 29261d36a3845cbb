"""Putting a record from elsewhere in, taking out what is another patient's, and deciding what is under part 2."""

from datetime import date
from hashlib import sha256

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.privacy import permissions_received as permissions
from stepdown.privacy import queries_received as queries
from stepdown.privacy.models import Part2Decision, ReceivedRecord

log = structlog.get_logger(__name__)


@transaction.atomic
def put_in(
    *,
    patient: Patient,
    source: str,
    from_whom: str,
    what: str,
    received_on: date,
    covers_from: date | None,
    covers_until: date | None,
    came: str,
    words: str,
    document: bytes,
    by: Staff,
) -> ReceivedRecord:
    """Under part 2 from the first moment. document: a PDF file. Sent twice it is one. Raises RuleBroken when the words
    of its notice are missing, or its last day is before the first. Source: RULE PRIV-01, PRIV-20."""
    one_at_a_time(f"received {patient.pk}")
    digest = sha256(document).hexdigest()
    if there := ReceivedRecord.objects.filter(patient=patient, digest=digest, taken_out_at=None).first():
        return there
    with rules_speak():
        made = ReceivedRecord.objects.create(
            patient=patient, source=source, from_whom=from_whom, what=what, received_on=received_on,
            covers_from=covers_from, covers_until=covers_until, came=came, words=words, document=document,
            digest=digest, put_in_by=by,
        )  # fmt: skip
    log.info("record from elsewhere put in", record_id=str(made.pk), by=str(by.pk))
    return made


@transaction.atomic
def take_out(*, record: ReceivedRecord, why: str, by: Staff) -> None:
    """It goes nowhere and is opened no more; that it was here stays. Raises RuleBroken when somebody was faster."""
    found = ReceivedRecord.objects.defer("document").select_for_update(of=("self",)).get(pk=record.pk)
    if not (may := permissions.take_out(by, found)):
        raise RuleBroken(may.reason)
    found.taken_out_at, found.taken_out_by, found.taken_out_why = timezone.now(), by, why
    with rules_speak():
        found.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_why"])
    log.info("record from elsewhere taken out", record_id=str(found.pk), by=str(by.pk))


@transaction.atomic
def decide_part2(
    *, patient: Patient, record: ReceivedRecord | None, is_part2: bool, why: str, by: Staff
) -> Part2Decision:
    """Of one that came from elsewhere, or (None) of the patient's record as a whole. What it changes is which label
    goes along, never whether something may go. Raises RuleBroken for who may not, for a record that came with a notice,
    and when it is so already. Source: RULE PRIV-01."""
    may = permissions.decide_part2(by) if is_part2 else permissions.clear_part2(by, record)
    if not may:
        raise RuleBroken(may.reason)
    one_at_a_time(f"part 2 {patient.pk}")
    decided = {row.record_id: row.is_part2 for row in reversed(queries.decisions_on(patient))}
    if decided.get(record.pk if record else None, True) == is_part2:
        raise RuleBroken("This is so already.")
    with rules_speak():
        made = Part2Decision.objects.create(patient=patient, record=record, is_part2=is_part2, why=why, by=by)
    log.info("part 2 decided", decision_id=str(made.pk), is_part2=is_part2, by=str(by.pk))
    return made
