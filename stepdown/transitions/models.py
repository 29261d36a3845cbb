"""The decision to step down, with its reasons and the Aftercare seat that waits; and how somebody is rated in care."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Episode, Level
from stepdown.kernel.db import Row
from stepdown.people.models import Staff
from stepdown.placement.models import Seat


@pghistory.track()
class Transition(Row):
    """A move between levels inside the program: a step down to Aftercare, or the way back to IOP without a new intake.
    `not_met` are the criteria that were not met when it was decided all the same, with `reason` saying why."""

    class Kind(models.TextChoices):
        STEP_DOWN = "step_down", _("Step down")
        RETURN = "return", _("Return")

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="transitions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    from_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_seat_ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When the old seat was to end before this decision, for taking it back."
    )
    to_level = models.CharField(max_length=30, choices=Level.choices)
    to_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    effective_at = models.DateTimeField(help_text="When the old seat ends and the new one begins.")
    met = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    not_met = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(done_at=None, cancelled_at=None),
                name="one_open_transition",
                violation_error_message=_("A move is already planned for this patient. Change or cancel that one."),
            )
        ]


DIMENSIONS = ("d1", "d2", "d3", "d4", "d5", "d6")
MOST = 4


class Rating(Row):
    """Somebody in care is rated again in the six dimensions of the assessment, each 0 (no concern) to 4 (danger). Never
    changed: who was mistaken rates again. Source: level-of-care rules, section 7."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="ratings")
    d1 = models.PositiveSmallIntegerField()
    d2 = models.PositiveSmallIntegerField()
    d3 = models.PositiveSmallIntegerField()
    d4 = models.PositiveSmallIntegerField()
    d5 = models.PositiveSmallIntegerField()
    d6 = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__lte": MOST for name in DIMENSIONS}),
                name="rated_from_0_to_4",
                violation_error_message=_("Choose a number from 0 to 4."),
            )
        ]
        triggers = [pgtrigger.Protect(name="rating_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
