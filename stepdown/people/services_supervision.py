"""Who co-signs somebody's notes: named from a day on, and ended. What was signed before keeps what it needs."""

from datetime import date, timedelta

import structlog
from django.db import transaction

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people import supervision as queries
from stepdown.people.models import Staff, Supervision

log = structlog.get_logger()


@transaction.atomic
def name_supervisor(*, staff: Staff, supervisor: Staff, from_on: date, by: Staff) -> Supervision:
    """What `staff` signs from that day on needs the co-signature of `supervisor`; whoever did it before does it up to
    the day before.

    Raises RuleBroken with the reason when that person may not co-sign these notes (`supervision.refusal`), or somebody
    is named for that day or a later one already.
    """
    if why_not := queries.refusal(supervisor, staff, from_on):
        raise RuleBroken(why_not, "supervisor")
    before = Supervision.objects.select_for_update(of=("self",)).filter(staff=staff, from_on__lt=from_on).first()
    if before and (before.until_on is None or before.until_on >= from_on):
        before.until_on, before.changed_by = from_on - timedelta(days=1), by
        before.save()
    with rules_speak():
        named = Supervision.objects.create(staff=staff, supervisor=supervisor, from_on=from_on, changed_by=by)
    log.info("supervisor named", staff_id=str(staff.pk), supervision_id=str(named.pk), by=str(by.pk))
    return named


@transaction.atomic
def end_supervision(*, supervision: Supervision, last_on: date, by: Staff) -> Supervision:
    """After that day this person's own signature is enough. What waits then is still co-signed.

    Raises RuleBroken when it would end before it begins, or it has its last day already and would last longer.
    """
    supervision = Supervision.objects.select_for_update(of=("self",)).get(pk=supervision.pk)
    if supervision.until_on and last_on > supervision.until_on:
        raise RuleBroken("It does not last that long. Enter an earlier day, or name a supervisor again.", "last_on")
    supervision.until_on, supervision.changed_by = last_on, by
    with rules_speak():
        supervision.save()
    log.info("supervision ended", supervision_id=str(supervision.pk), by=str(by.pk))
    return supervision
