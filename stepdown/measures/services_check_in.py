"""A check-in of the patient's own."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import structlog
from django.db import transaction

from stepdown.kernel.db import one_at_a_time, rules_speak
from stepdown.measures.models import CheckIn
from stepdown.people.models import Patient

log = structlog.get_logger(__name__)


@transaction.atomic
def check_in(
    *,
    patient: Patient,
    once: UUID,
    craving: int | None = None,
    mood: str = "",
    used_since: bool | None = None,
    triggers: Sequence[str] = (),
    helped: str = "",
    words: str = "",
) -> CheckIn:
    """Keeps how they are. once: the id it gets; with the same id again nothing is kept, as one may be sent again when
    the line was lost before its answer came. Raises RuleBroken when it says nothing."""
    one_at_a_time(str(once))
    if kept := CheckIn.objects.filter(pk=once).first():
        if kept.patient_id == patient.pk:
            return kept
        once = uuid4()
    with rules_speak():
        kept = CheckIn.objects.create(
            pk=once, patient=patient, craving=craving, mood=mood, used_since=used_since, triggers=list(triggers),
            helped=helped.strip(), words=words.strip(),
        )  # fmt: skip
    log.info("checked in", check_in_id=kept.pk)
    return kept
