"""Requests about a person by name, from outside: who asked, about whom, what for, and what they were told."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.privacy.models.sharing import SharingConsent
from stepdown.privacy.wording_sharing import DATA, PURPOSES, WHOM


@pghistory.track()
class AskedAbout(Row):
    """One request. Without a consent that covers it everyone hears the one neutral sentence, whether or not the person
    is a patient; the row is kept all the same. patient, consent: only where a consent covers it. for_officer: a court,
    police, immigration or an employer asks, or for such a purpose, which a privacy officer answers.

    Source: 42 CFR 2.13(c); RULE PRIV-04, PRIV-21."""

    class Way(models.TextChoices):
        PHONE = "phone", _("By phone")
        PERSON = "person", _("In person")
        WRITING = "writing", _("In writing")

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=120)
    whom = models.CharField(max_length=20, choices=WHOM.items())
    reached_at = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=8, choices=Way.choices)
    about = models.CharField(max_length=120)
    purpose = models.CharField(max_length=20, choices=PURPOSES.items())
    classes = ArrayField(models.CharField(max_length=20, choices=DATA.items()))
    for_officer = models.BooleanField(default=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    consent = models.ForeignKey(SharingConsent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["-at"], name="asked_about_at"),
            models.Index(fields=["by", "-at"], name="asked_about_by"),
            models.Index(fields=["at"], condition=Q(for_officer=True, done_at=None), name="asked_about_waits"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(patient=None, consent=None)
                | Q(patient__isnull=False, consent__isnull=False, for_officer=False),
                name="asked_about_names_a_patient_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, outcome="")
                | Q(done_at__isnull=False, done_by__isnull=False, for_officer=True) & ~Q(outcome=""),
                name="asked_about_is_done_whole",
                violation_error_message=_("Write down what was answered."),
            ),
        ]

    @property
    def classes_said(self) -> list[str]:
        return [str(label) for data, label in DATA.items() if data in self.classes]
