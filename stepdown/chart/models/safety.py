"""The safety plan: a row for each version, never changed; the newest is in force."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain import safety_plan as domain
from stepdown.kernel.db import Row
from stepdown.people.models import Device, Patient, Staff


class SafetyPlan(Row):
    """One version of a patient's safety plan. `content` has the shape of `domain.safety_plan.Document`.

    written_by: who of the staff wrote it together with the patient; None when the patient wrote it alone, on `device`.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="safety_plans")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "number"],
                name="safety_plan_once",
                violation_error_message=_("This plan was saved at the same moment on another page. Save again."),
            )
        ]
        triggers = [pgtrigger.Protect(name="safety_plan_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def document(self) -> domain.Document:
        return domain.from_json(self.content)
