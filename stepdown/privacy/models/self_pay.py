"""Days that a patient pays for themself, of which their health plan is told nothing."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain import self_pay as domain
from stepdown.privacy.models.rights import RightsRequest
from stepdown.privacy.wording_self_pay import days_said

ASKED = ["patient", "plan", "first_on", "last_on", "asked_at", "written_by", "request", "words"]


@pghistory.track()
class SelfPayRestriction(Row):
    """From first_on to last_on (None: without an end) nothing goes to a health plan. plan: its name; "" for every one.
    words: the patient's; written_by: who wrote it down for them, None when they did; request: by which it was asked.
    paid_through: it is paid in full up to this day, as paid_words says who says so; told by paid_by.

    It holds from asked_at on, also while nobody has confirmed the payment, and ends by the patient's word alone:
    ended_words, as ended_by wrote it down, or by their own tap. Source: RULE PRIV-29; 45 CFR 164.522(a)(1)(vi)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="self_pay_restrictions")
    plan = models.CharField(max_length=120, blank=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="self_pay_restrictions"
    )
    paid_through = models.DateField(null=True, blank=True)
    paid_words = models.CharField(max_length=300, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_words = models.TextField(blank=True)

    class Meta:
        ordering = ["-first_on", "-asked_at"]
        indexes = [models.Index(fields=["patient"], condition=Q(ended_at=None), name="self_pay_standing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")),
                name="self_pay_days_are_in_order",
                violation_error_message=_("Enter a last day that is not before the first."),
            ),
            models.CheckConstraint(
                condition=Q(paid_through=None, paid_at=None, paid_by=None, paid_words="")
                | Q(paid_through__gte=F("first_on"), paid_at__isnull=False, paid_by__isnull=False) & ~Q(paid_words=""),
                name="self_pay_is_paid_as_somebody_says",
                violation_error_message="Say through which day it is paid, and who says so.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_words="")
                | Q(ended_at__isnull=False, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_words=""),
                name="self_pay_ends_by_the_patients_word",
                violation_error_message="Write down what the patient said, and when.",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="self_pay_stays_as_asked", fields=ASKED),
            pgtrigger.Trigger(
                name="ended_self_pay_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
                func="RAISE EXCEPTION 'The patient took this back already.';",
            ),
            pgtrigger.Protect(name="self_pay_is_kept", operation=pgtrigger.Delete),
        ]

    @property
    def is_paid(self) -> bool:
        """Whether all of its days are paid; of one without an end that is never said."""
        return self.paid_through is not None and self.last_on is not None and self.paid_through >= self.last_on

    @property
    def days_said(self) -> str:
        """Of whoever reads it: in their language, with the year where it is not this one."""
        return days_said(self.first_on, self.last_on, get_language() or "en", timezone.localdate())

    def as_domain(self) -> domain.SelfPaid:
        return domain.SelfPaid(self.plan, self.first_on, self.last_on, self.asked_at, self.ended_at)
