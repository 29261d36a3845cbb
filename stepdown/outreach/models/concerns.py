"""What somebody outside writes because they are afraid for somebody."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedText
from stepdown.people.models import Patient, Staff, Supporter


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open(self) -> "ConcernQuerySet":
        """Told, and neither known of whom nor laid aside."""
        return self.filter(patient=None, closed_at=None)


@pghistory.track()
class Concern(Row):
    """Somebody is worried about somebody. Nothing of ours goes back to them that tells whether we know whom they mean.

    supporter: who has a page of the patient, of whom it is then. Else `about` says of whom, in their words, and one of
    the staff finds the patient (`matched_at`, `matched_by`), or lays it aside with what was done (`outcome`).
    in_danger: they think that something may happen today. Source: 42 CFR 2.13(c); RULE PRIV-04.
    """

    told_at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=5, default="en")
    about = models.CharField(max_length=120, blank=True)
    words = models.TextField(max_length=2000)
    in_danger = models.BooleanField(default=False)
    teller = models.CharField(max_length=80, blank=True)
    teller_phone = SealedText("outreach.concern.teller_phone", max_length=16, blank=True)
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    matched_at = models.DateTimeField(null=True, blank=True)
    matched_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["-in_danger", "told_at"]
        indexes = [
            models.Index(fields=["told_at"], condition=Q(patient=None, closed_at=None), name="concerns_open"),
            models.Index(fields=["patient", "-told_at"], name="concerns_of_patient"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(supporter=None) & ~Q(about="") | Q(supporter__isnull=False, patient__isnull=False),
                name="concern_is_about_somebody",
                violation_error_message=_("Say whom you are worried about."),
            ),
            models.CheckConstraint(
                condition=Q(patient=None, matched_at=None, matched_by=None)
                | Q(patient__isnull=False, matched_at__isnull=False, closed_at=None),
                name="concern_is_matched_whole",
                violation_error_message=_("Somebody has found whom this is about already, or laid it aside."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
                name="concern_is_laid_aside_whole",
                violation_error_message=_("Write down what was done."),
            ),
        ]
