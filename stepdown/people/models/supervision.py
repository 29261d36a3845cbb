"""Whose notes need a co-signature, from when to when, and whose."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models.licenses import DateRange
from stepdown.people.models.people import Staff


@pghistory.track()
class Supervision(Row):
    """What `staff` signs from one day to another (no end: until somebody ends it) is final when `supervisor` has
    co-signed it. One supervisor at a time. Source: RULE PRIV-45; glossary, "co-signature"."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="supervisions")
    supervisor = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="supervises")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            ExclusionConstraint(
                name="one_supervisor_at_a_time",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    (
                        DateRange("from_on", "until_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("Somebody co-signs these notes in that time already. Choose a later day."),
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="supervision_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(staff=F("supervisor")),
                name="nobody_supervises_themself",
                violation_error_message=_("Nobody co-signs their own notes. Choose somebody else."),
            ),
        ]

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)
