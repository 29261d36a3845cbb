"""What a patient asks for of their rights over their record, and the answer."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain import rights

# What staff read of a kind.
IN_SHORT = {
    rights.ACCESS: "see the record or get a copy",
    rights.AMENDMENT: "correct the record",
    rights.ACCOUNTING: "a list of disclosures",
    rights.RESTRICTION: "limit what is shared",
    rights.SELF_PAY: "tell a health plan nothing of what they pay for",
    rights.INTERMEDIARY: "an intermediary’s list",
}


@pghistory.track()
class RightsRequest(Row):
    """One request. words: as the patient said or wrote it; recorded_by: who wrote it down for them, None when they did.
    due_on: the last day for the answer, a longer time included; longer_why: what the patient is told of it.
    answer: what the patient reads. Source: RULE PRIV-28; 45 CFR 164.522 to 164.528; 42 CFR 2.24 to 2.26."""

    class Kind(models.TextChoices):
        ACCESS = rights.ACCESS, _("See or get a copy of my record")
        AMENDMENT = rights.AMENDMENT, _("Correct something in my record")
        ACCOUNTING = rights.ACCOUNTING, _("A list of who got something about me")
        RESTRICTION = rights.RESTRICTION, _("Limit what is shared about me")
        SELF_PAY = rights.SELF_PAY, _("Do not tell my health plan about what I pay for myself")
        INTERMEDIARY = rights.INTERMEDIARY, _("A list of who got my record through an intermediary")

    class Outcome(models.TextChoices):
        GRANTED = rights.GRANTED, pgettext_lazy("a request", "Done as asked")
        IN_PART = "in_part", pgettext_lazy("a request", "Done in part")
        DENIED = "denied", pgettext_lazy("a request", "Not done")
        WITHDRAWN = "withdrawn", pgettext_lazy("a request", "Taken back")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="rights_requests")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    longer_why = models.TextField(blank=True)
    longer_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "kind"],
                condition=Q(answered_at=None) & ~Q(kind=rights.SELF_PAY),
                name="one_open_request_of_a_kind",
                violation_error_message=_("You asked for this already. We are working on it."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=rights.MUST_BE_GRANTED) | ~Q(outcome__in=["in_part", "denied"]),
                name="self_pay_request_is_granted",
                violation_error_message=rights.why_not_answered(rights.SELF_PAY, ""),
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="request_is_due_after_it_is_made"),
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="") | Q(answered_at__isnull=False) & ~Q(outcome=""),
                name="answered_request_has_an_outcome",
            ),
        ]

    @property
    def in_short(self) -> str:
        return IN_SHORT[self.kind]

    @property
    def must_be_granted(self) -> bool:
        return self.kind in rights.MUST_BE_GRANTED

    @property
    def may_be_longer(self) -> bool:
        return self.kind in rights.EXTENDABLE and not self.longer_why

    def is_late(self, today: object) -> bool:
        return self.answered_at is None and self.due_on < today  # type: ignore[operator]
