"""Licenses to counsel, and the certificates that prove them. Every state a license was in is kept as an event."""

from datetime import date

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedBytes
from stepdown.people.domain.documents import LARGEST
from stepdown.people.domain.warnings import WARNED_BEFORE
from stepdown.people.models.people import Staff
from stepdown.ui.states import STATES


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


@pghistory.track()
class License(Row):
    """A license to counsel in one state. Valid on a day when issued_on <= day <= expires_on (no end: never expires).

    A renewal without a gap moves `expires_on`; after a gap it is a row of its own. One that ended before its time has
    its last valid day in `expires_on` and the reason in `ended_why`. changed_by: who wrote it last.
    Leading a group asks for `masters_level`. Source: program manual, "Leader".
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="licenses")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=2)
    number = models.CharField(max_length=40)
    masters_level = models.BooleanField(default=True)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="license_number_once",
                expressions=[
                    ("state", RangeOperators.EQUAL),
                    (Upper("kind"), RangeOperators.EQUAL),
                    (Upper("number"), RangeOperators.EQUAL),
                    (
                        DateRange("issued_on", "expires_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                violation_error_message=_(
                    "A license of that kind with this number is on the list for that time. Check the number, the state "
                    "and the dates."
                ),
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="license_ends_after_it_begins",
                violation_error_message=_("A license cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[code for code, _name in STATES]),
                name="license_state_is_known",
                violation_error_message=_("Choose the state it is valid in."),
            ),
            models.CheckConstraint(
                condition=Q(ended_why="") | Q(expires_on__isnull=False),
                name="license_ended_on_a_day",
                violation_error_message=_("Enter the last day on which it is valid."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.state}"

    @property
    def state_name(self) -> str:
        return dict(STATES)[self.state]

    def is_valid_on(self, day: date) -> bool:
        return self.issued_on <= day and (self.expires_on is None or self.expires_on >= day)


class LicenseDocument(Row):
    """A certificate as it was sent to us: what it is was read from its content. It never changes; it may be taken out,
    which leaves no copy here. size: of the file in bytes, before it is sealed."""

    class Kind(models.TextChoices):
        PDF = "application/pdf", _("PDF")
        JPEG = "image/jpeg", _("JPEG picture")
        PNG = "image/png", _("PNG picture")

    license = models.ForeignKey(License, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    content = SealedBytes("people.licensedocument.content")
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=LARGEST),
                name="document_has_its_size",
                violation_error_message=_("A document has at most 5 MB."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="document_stays_as_it_was", operation=pgtrigger.Update),
        ]

    @property
    def ending(self) -> str:
        return {self.Kind.PDF: "pdf", self.Kind.JPEG: "jpg", self.Kind.PNG: "png"}[self.Kind(self.kind)]


class LicenseWarning(Row):
    """It was told that a license ends: `days` before the last day it had then, to its owner and to the directors. Each
    once; a renewal begins anew."""

    license = models.ForeignKey(License, on_delete=models.CASCADE, related_name="warnings")
    expires_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["told_at"]
        constraints = [
            models.UniqueConstraint(fields=["license", "expires_on", "days"], name="license_warned_once"),
            models.CheckConstraint(condition=Q(days__in=WARNED_BEFORE), name="license_warned_in_time"),
        ]
