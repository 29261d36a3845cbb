"""Records that few may see, and records that somebody opened in an emergency though they were out of their sight."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain.emergency_access import LASTS


@pghistory.track()
class Restriction(Row):
    """A patient's record is restricted from set_at until lifted_at (None: it is). words: why, for whoever keeps it.

    Who is named for it stands in `NamedFor`; who leads the patient's group sees it without being named."""

    class Why(models.TextChoices):
        WORKS_HERE = "works_here", "Works here, or did"
        RELATED = "related", "Related to somebody who works here"
        PUBLIC = "public", "Publicly known"
        SOUGHT = "sought", "Somebody may look for them"
        OTHER = "other", "Another reason"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="restrictions")
    why = models.CharField(max_length=12, choices=Why.choices)
    words = models.CharField(max_length=300)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(lifted_at=None),
                name="restricted_once",
                violation_error_message="This record is restricted already.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_why="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_why=""),
                name="restriction_is_lifted_with_a_reason",
                violation_error_message="Say why it is lifted.",
            ),
        ]


@pghistory.track()
class NamedFor(Row):
    """Somebody who sees a restricted record though they do not lead the patient's group."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="named")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    named_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["staff__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "staff"],
                condition=Q(ended_at=None),
                name="named_for_a_record_once",
                violation_error_message="They are named for this record already.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="naming_is_ended_by_somebody",
            ),
        ]


class _Open(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


@pghistory.track()
class EmergencyAccess(Row):
    """Somebody opened a record that is out of their sight, from opened_at until the earlier of `until` and ended_at.

    Nothing of how it was opened ever changes; it ends once, and is judged once. Source: 45 CFR 164.312(a)(2)(ii)."""

    class Why(models.TextChoices):
        DANGER = "danger", "Danger to life: of the patient, or of somebody else"
        MEDICAL = "medical", "A hospital, doctor or ambulance asks"
        NOBODY = "nobody", "The patient needs somebody now, and who treats them cannot be reached"

    class Finding(models.TextChoices):
        APPROPRIATE = "appropriate", "It was needed"
        NOT = "not", "It was not needed"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="emergency_accesses")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=Why.choices)
    words = models.CharField(max_length=600)
    opened_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=12, choices=Finding.choices, blank=True)
    finding_words = models.CharField(max_length=600, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["opened_at"], condition=Q(judged_at=None), name="emergency_access_to_judge")]
        constraints = [
            ExclusionConstraint(
                name="opened_in_an_emergency_once_at_a_time",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    ("patient", RangeOperators.EQUAL),
                    (_Open("opened_at", Coalesce("ended_at", "until")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="You have opened this record already.",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at"), until__lte=F("opened_at") + LASTS),
                name="emergency_access_lasts_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("opened_at"), ended_at__lte=F("until")),
                name="emergency_access_ends_in_its_time",
            ),
            models.CheckConstraint(
                condition=Q(judged_at=None, judged_by=None, finding="")
                | Q(judged_at__isnull=False, judged_by__isnull=False) & ~Q(finding="") & ~Q(finding_words=""),
                name="emergency_access_is_judged_with_words",
                violation_error_message="Say what you found.",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(judged_by=F("staff")),
                name="nobody_judges_their_own_emergency_access",
                violation_error_message="You opened this one yourself. Another privacy officer looks at it.",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="emergency_access_stays_as_opened",
                fields=["patient", "staff", "why", "words", "opened_at", "until"],
            ),
            pgtrigger.Protect(
                name="judged_emergency_access_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__judged_at__isnull=False),
            ),
            pgtrigger.Protect(name="emergency_access_is_kept", operation=pgtrigger.Delete),
        ]


class EmergencyTry(Row):
    """Somebody looked for a record in an emergency, and no record has that name and birth date. What they typed is
    not kept: it tells of nobody here."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["staff", "-at"], name="emergency_tries")]
        triggers = [
            pgtrigger.Protect(name="emergency_try_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
