"""What a patient pays for themself is not told to their health plan: asked for, confirmed, taken back.

Source: RULE PRIV-29; 45 CFR 164.522(a)(1)(vi); 42 CFR 2.26.
"""

from datetime import date, datetime

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.privacy.models import Packet, RightsRequest, SelfPayRestriction

log = structlog.get_logger(__name__)


@transaction.atomic
def restrict(
    *,
    patient: Patient,
    first_on: date,
    last_on: date | None,
    plan: str = "",
    words: str = "",
    request: RightsRequest | None = None,
    by: Staff | None = None,
    now: datetime | None = None,
) -> SelfPayRestriction:
    """From this moment nothing of these days goes to a health plan; plan: to this one, "" for every one. by: who writes
    it down for the patient. The same that stands already is the same restriction.

    What is on its way is let go first, or is asked about again when it is released: both wait for the packet's row.
    Raises RuleBroken when the last day is before the first."""
    one_at_a_time(f"self-pay {patient.pk}")
    what = {"patient": patient, "plan": plan.strip(), "first_on": first_on, "last_on": last_on}
    if there := SelfPayRestriction.objects.filter(**what, ended_at=None).first():
        return there
    list(Packet.objects.select_for_update(of=("self",)).filter(patient=patient, sent_at=None, cancelled_at=None))
    with rules_speak():
        made = SelfPayRestriction.objects.create(
            **what, words=words, request=request, written_by=by, asked_at=now or timezone.now()
        )
    log.info("self-pay restriction made", restriction_id=str(made.pk), by=str(by.pk) if by else "patient")
    return made


@transaction.atomic
def confirm_paid(*, restriction: SelfPayRestriction, through: date, words: str, by: Staff) -> SelfPayRestriction:
    """It is paid in full through this day; words: who says so. Said again, the last word counts, and the history keeps
    the others. Raises RuleBroken for a day before the first, and when it was taken back."""
    found = _standing(restriction)
    found.paid_through, found.paid_words, found.paid_at, found.paid_by = through, words, timezone.now(), by
    with rules_speak():
        found.save()
    log.info("self-pay confirmed", restriction_id=str(found.pk), by=str(by.pk))
    return found


@transaction.atomic
def end(*, restriction: SelfPayRestriction, by: Staff | None = None, words: str = "") -> SelfPayRestriction:
    """The patient takes it back: by a tap, or as `by` writes down in their words. Raises RuleBroken when it is taken
    back already."""
    found = _standing(restriction)
    found.ended_at, found.ended_by, found.ended_words = timezone.now(), by, words
    with rules_speak():
        found.save()
    log.info("self-pay restriction ended", restriction_id=str(found.pk), by=str(by.pk) if by else "patient")
    return found


def _standing(restriction: SelfPayRestriction) -> SelfPayRestriction:
    found = SelfPayRestriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    if found.ended_at:
        raise RuleBroken(_("You took this back already."))
    return found
