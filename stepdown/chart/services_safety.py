"""What people do with a safety plan: they write it, together or alone. Each writing is a version of its own."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.chart import queries_safety
from stepdown.chart.domain import safety_plan as domain
from stepdown.chart.models import SafetyPlan
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Device, Patient, Staff

log = structlog.get_logger(__name__)


class ChangedMeanwhile(RuleBroken):
    """Somebody else saved a version after the page was opened; `theirs` is that version."""

    def __init__(self, theirs: SafetyPlan) -> None:
        self.theirs = theirs
        name = theirs.written_by.name if theirs.written_by else theirs.patient.called
        super().__init__(
            _(
                "%(name)s changed this plan while you wrote. What it says now is shown here. Yours is still in the "
                "boxes and not saved. Save again to put yours in its place."
            )
            % {"name": name}
        )


@transaction.atomic
def write_safety_plan(
    *,
    patient: Patient,
    document: domain.Document,
    seen: str = "",
    by: Staff | None,
    device: Device | None = None,
    now: datetime | None = None,
) -> SafetyPlan:
    """The next version, in force at once; the newest one when it says the same already.

    seen: number of the version on the page, "0" for none; "" whatever it was. by: None when the patient writes alone.
    Raises ChangedMeanwhile, or RuleBroken when nothing is written.
    """
    one_at_a_time(f"safety plan of {patient.pk}")
    newest = queries_safety.safety_plan_of(patient)
    if document.is_empty:
        raise RuleBroken(_("Write down one thing first. One is enough to begin."))
    if newest and newest.document == document:
        return newest
    if newest and seen and seen != str(newest.number) and newest.written_by != by:
        raise ChangedMeanwhile(newest)
    with rules_speak():
        plan = SafetyPlan.objects.create(
            patient=patient,
            number=newest.number + 1 if newest else 1,
            content=domain.as_json(document),
            written_by=by,
            device=device,
            at=now or timezone.now(),
        )
    log.info("safety plan written", safety_plan_id=plan.pk, number=plan.number)
    return plan
