"""What somebody is diagnosed with, by ICD-10-CM code, from a day on and until one. A row ends; it never changes."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff

STAYS = "A diagnosis stays as it was recorded. End it and record another one."


class Remission(models.TextChoices):
    """What a clinician adds to a code that says “in remission”."""

    EARLY = "early", _("Early remission")
    SUSTAINED = "sustained", _("Sustained remission")


class DiagnosisQuerySet(models.QuerySet["Diagnosis"]):
    def open(self) -> "DiagnosisQuerySet":
        return self.filter(until_on=None)


class Diagnosis(Row):
    """Holds from `from_on` up to, not including, `until_on` (empty while it holds).

    code, words: as they stand in the list of that day. substance: the class of the code (F10 is alcohol). kind: how
    severe, and whether in remission, as the list says; of one substance only one kind holds at a time, but for F19,
    which stands for several substances. Source: RULE INT-11; section 9 of interop facts.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="diagnoses")
    code = models.CharField(max_length=8)
    words = models.CharField(max_length=200)
    substance = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    remission = models.CharField(max_length=10, choices=Remission.choices, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recorded_as = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    objects = DiagnosisQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "code"]
        constraints = [
            ExclusionConstraint(
                name="diagnosis_once",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (Func("from_on", "until_on", function="DATERANGE", output_field=DateRangeField()), "&&"),
                ],
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("This diagnosis holds already at that time."),
            ),
            ExclusionConstraint(
                name="one_kind_of_a_substance",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    ("substance", RangeOperators.EQUAL),
                    ("kind", RangeOperators.NOT_EQUAL),
                    (Func("from_on", "until_on", function="DATERANGE", output_field=DateRangeField()), "&&"),
                ],
                condition=~Q(substance="other_or_multiple") & (Q(until_on=None) | Q(until_on__gte=F("from_on"))),
                violation_error_message=_(
                    "Another diagnosis of the same substance says something else for that time. End that one first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="diagnosis_ends_after_it_begins",
                violation_error_message=_("A diagnosis cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(until_on=None, ended_at=None, ended_by=None, ended_why="")
                | Q(until_on__isnull=False, ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="diagnosis_end_is_whole",
                violation_error_message=_("Say why the diagnosis ends."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="diagnosis_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=f"""
                    IF TG_OP = 'UPDATE' AND OLD.until_on IS NULL AND ROW(
                        NEW.id, NEW.patient_id, NEW.code, NEW.words, NEW.substance, NEW.kind, NEW.remission,
                        NEW.from_on, NEW.recorded_by_id, NEW.recorded_as, NEW.recorded_at
                    ) IS NOT DISTINCT FROM ROW(
                        OLD.id, OLD.patient_id, OLD.code, OLD.words, OLD.substance, OLD.kind, OLD.remission,
                        OLD.from_on, OLD.recorded_by_id, OLD.recorded_as, OLD.recorded_at
                    ) THEN RETURN NEW; END IF;
                    RAISE EXCEPTION '{STAYS}';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.words}"
