"""Agreements with those who run services for the center."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedBytes
from stepdown.people.models import Staff
from stepdown.privacy.domain.vendors import WARNED_BEFORE, Kind, Term

WRITTEN = [
    "party", "kind", "begins_on", "ends_on", "services", "says", "document", "digest", "recorded_at", "recorded_by",
]  # fmt: skip


@pghistory.track(exclude=["document"])
class ServiceAgreement(Row):
    """By which `party` may be handed what its services get. services: keys of `kernel.outside.Service`. says: what the
    officer found in it, of `domain.vendors.MUST_SAY`. document: the signed PDF; digest: its SHA-256, in hexadecimal.

    ends_on: its last day, None for no end. It never changes; it ends before its time once, at once and with the reason.
    Source: RULE PRIV-24.
    """

    class Kind(models.TextChoices):
        BOTH = Kind.BOTH, "BAA and QSOA in one"
        BAA = Kind.BAA, "Business associate agreement (BAA)"
        QSOA = Kind.QSOA, "Qualified service organization agreement (QSOA)"

    party = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    services = ArrayField(models.CharField(max_length=20))
    says = ArrayField(models.CharField(max_length=20))
    document = SealedBytes("privacy.serviceagreement.document")
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-begins_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="service_agreement_ends_after_it_begins",
                violation_error_message="It cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(services__len__gt=0),
                name="service_agreement_covers_something",
                violation_error_message="Choose at least one service that it covers.",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"),
                name="service_agreement_has_its_document",
                violation_error_message="Choose the file of the signed agreement.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="service_agreement_is_ended_with_a_reason",
                violation_error_message="Say why it ends.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="service_agreement_is_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="service_agreement_stays_as_signed", fields=WRITTEN),
            pgtrigger.Protect(
                name="service_agreement_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
        ]

    @property
    def term(self) -> Term:
        return Term(self.begins_on, self.ends_on, self.ended_at is not None)


class AgreementWarning(Row):
    """Privacy officers were told that an agreement ends, `days` before its last day. Each once."""

    agreement = models.ForeignKey(ServiceAgreement, on_delete=models.PROTECT, related_name="warnings")
    days = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "days"], name="agreement_warned_of_once"),
            models.CheckConstraint(condition=Q(days__in=WARNED_BEFORE), name="agreement_warned_of_in_time"),
        ]
        triggers = [pgtrigger.Protect(name="agreement_warning_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
