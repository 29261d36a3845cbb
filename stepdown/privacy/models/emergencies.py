"""Disclosures in a medical emergency: begun with one tap, closed with the four facts of 42 CFR 2.51(c)."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.privacy.models.disclosures import Disclosure


@pghistory.track()
class Emergency(Row):
    """recipient, affiliation: of the medical personnel; discloser: who told them; disclosed_at: when; nature: of the
    emergency. told: what they were told. Closed, it is a disclosure, and final. Source: RULE PRIV-22."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="emergencies")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=120, blank=True)
    affiliation = models.CharField(max_length=200, blank=True)
    discloser = models.CharField(max_length=120, blank=True)
    disclosed_at = models.DateTimeField(null=True, blank=True)
    nature = models.TextField(blank=True)
    told = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    alerted_at = models.DateTimeField(null=True, blank=True)
    disclosure = models.OneToOneField(
        Disclosure, on_delete=models.PROTECT, null=True, blank=True, related_name="emergency"
    )

    class Meta:
        ordering = ["opened_at"]
        indexes = [models.Index(fields=["opened_at"], condition=Q(closed_at=None), name="emergencies_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, disclosure=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False, disclosure__isnull=False)
                & ~Q(recipient="")
                & ~Q(affiliation="")
                & ~Q(discloser="")
                & Q(disclosed_at__isnull=False)
                & ~Q(nature=""),
                name="emergency_is_closed_with_its_facts",
                violation_error_message=_("Write down who got it and where they work, who told them, when, and why."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_emergency_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
                func="RAISE EXCEPTION 'This is closed, and stays as it is.';",
            )
        ]
