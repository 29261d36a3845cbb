"""What may have been a breach, whom it concerns, and who was told of it."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain import breach

TOLD_ON = {breach.INDIVIDUALS: "individuals_told_on", breach.HHS: "hhs_told_on", breach.MEDIA: "media_told_on"}
ASSESSED = ~Q(information="") & ~Q(recipient="") & ~Q(viewed="") & ~Q(mitigation="")


@pghistory.track()
class SuspectedBreach(Row):
    """One incident, from the day somebody of the center knew of it. information, recipient, viewed, mitigation: the
    four factors; without all four it is a breach. told days: of individuals, of the Secretary of HHS, of media.
    Source: RULE PRIV-31; 45 CFR 164.402 to 164.410."""

    class Conclusion(models.TextChoices):
        BREACH = "breach", _("A breach")
        NONE = "none", _("Not a breach")

    what = models.TextField()
    discovered_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    information = models.TextField(blank=True)
    recipient = models.TextField(blank=True)
    viewed = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    conclusion = models.CharField(max_length=6, choices=Conclusion.choices, blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    individuals_told_on = models.DateField(null=True)
    hhs_told_on = models.DateField(null=True)
    media_told_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(conclusion="none") | ASSESSED,
                name="not_a_breach_is_assessed",
                violation_error_message=_("Answer all four questions first. Without them it counts as a breach."),
            ),
            models.CheckConstraint(
                condition=Q(conclusion="", concluded_at=None) | ~Q(conclusion="") & Q(concluded_at__isnull=False),
                name="breach_is_concluded_at_a_time",
            ),
        ]


@pghistory.track()
class Affected(Row):
    """One patient whom it concerns. left_out_why: why they are not, after all; empty while they are."""

    breach = models.ForeignKey(SuspectedBreach, on_delete=models.CASCADE, related_name="affected")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    from_looks = models.BooleanField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    left_out_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["breach", "patient"], name="affected_once")]
