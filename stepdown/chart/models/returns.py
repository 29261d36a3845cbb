"""Return to use: what happened, what was done about it, what was added later. None of it ever changes."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff


def final(name: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class ReturnToUse(Row):
    """Somebody drank or used again. words: what and how much, in the patient's words. recorded_by: None when the
    patient told it themself. due_at: by when a response is written."""

    class Part(models.TextChoices):
        MORNING = "morning", _("Morning")
        AFTERNOON = "afternoon", _("Afternoon")
        EVENING = "evening", _("Evening")
        NIGHT = "night", _("Late at night")

    class Learned(models.TextChoices):
        TOLD = "told", _("Told us")
        TEST = "test", _("A test")
        FAMILY = "family", _("Family")
        OTHER = "other", _("Another way")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="returns_to_use")
    on = models.DateField()
    part = models.CharField(max_length=10, choices=Part.choices, blank=True)
    words = models.TextField(blank=True)
    learned = models.CharField(max_length=10, choices=Learned.choices)
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-recorded_at"]
        triggers = [final("return_to_use_is_final")]


class ReturnResponse(Row):
    """What was done about it, once. safety_seen: whether danger and the safety plan were looked at."""

    class Step(models.TextChoices):
        PLAN = "plan", _("Plan changed")
        LEVEL = "level", _("Higher level considered")
        CONTACT = "contact", _("More contact")
        MEDICATION = "medication", _("Medication talk")
        NALOXONE = "naloxone", _("Naloxone given")
        OTHER = "other", _("Something else")

    event = models.OneToOneField(ReturnToUse, on_delete=models.PROTECT, related_name="response")
    steps = ArrayField(models.CharField(max_length=10, choices=Step.choices))
    words = models.TextField()
    safety_seen = models.BooleanField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="response_is_said_in_words",
                violation_error_message=_("Say in a few words what you did."),
            )
        ]
        triggers = [final("return_response_is_final")]

    @property
    def steps_said(self) -> list[str]:
        return [str(self.Step(step).label) for step in self.steps]


class ReturnAddendum(Row):
    """A dated, signed addition to an event or to its response."""

    event = models.ForeignKey(ReturnToUse, on_delete=models.PROTECT, related_name="addenda")
    words = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        triggers = [final("return_addendum_is_final")]
