"""Who looked at whose record: one row an act, numbered without a gap, each sealed to the one before it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.people.models import Patient, Staff, Supporter

NUMBERS_AND_SEALS = """
PERFORM pg_advisory_xact_lock(hashtextextended('privacy_look', 0));
SELECT number, seal INTO last FROM privacy_look ORDER BY number DESC LIMIT 1;
NEW.number := coalesce(last.number, 0) + 1;
NEW.seal := privacy_look_seal(coalesce(last.seal, ''), NEW);
RETURN NEW;
"""


class Act(models.TextChoices):
    READ = "read", _("Read")
    SENT = "sent", _("Sent a form")
    TAKEN = "taken", _("Took a copy")
    REFUSED = "refused", _("Was refused")


class Purpose(models.TextChoices):
    """Why somebody looks: at the center, as their work says. Source: 45 CFR 164.501 (treatment, payment, operations);
    somebody outside, as the patient lets them."""

    TREATMENT = "treatment", _("Treatment")
    PAYMENT = "payment", _("Payment")
    OPERATIONS = "operations", _("Running the center")
    OWN = "own", _("Their own record")
    SUPPORT = "support", _("As the patient lets them")
    AUDIT = "audit", _("Audit or evaluation")


class Look(models.Model):
    """One act of somebody on a page with patients' records on it.

    page: the name of the address; about: the ids in it, as JSON; never its words. patients: all whose rows were read.
    place: the network address it was asked from. Number and seal are given by the database, and no row is ever changed.
    own, supporter: lead to nobody once the record is destroyed, for a look stays (`retention`).
    Source: RULE PRIV-32; 45 CFR 164.312(b).
    """

    number = models.BigIntegerField(primary_key=True, default=0, editable=False)
    at = models.DateTimeField(default=timezone.now)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    own = models.ForeignKey(Patient, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+")
    supporter = models.ForeignKey(
        Supporter, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    roles = models.CharField(max_length=120, blank=True)
    act = models.CharField(max_length=10, choices=Act.choices)
    page = models.CharField(max_length=80)
    about = models.TextField(default="{}")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    place = models.GenericIPAddressField(null=True)
    status = models.PositiveSmallIntegerField()
    patients = ArrayField(models.UUIDField(), default=list)
    seal = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        indexes = [
            GinIndex(fields=["patients"], name="look_patients"),
            models.Index(fields=["staff", "-at"], name="look_staff"),
            models.Index(fields=["-at"], name="look_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(staff__isnull=False, own=None, supporter=None)
                | Q(staff=None, own__isnull=False, supporter=None)
                | Q(staff=None, own=None, supporter__isnull=False),
                name="look_is_somebodys",
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="look_is_numbered_and_sealed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "RECORD")],
                func=NUMBERS_AND_SEALS,
            ),
            pgtrigger.Protect(name="look_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class LookCheck(models.Model):
    """One verification of the whole chain, and how far it reached: rows taken off its end are missed by the next.

    broken_at: number of the first row that is not as it was written, or is missing; none when all stand.
    """

    at = models.DateTimeField(default=timezone.now)
    rows = models.BigIntegerField()
    head = models.CharField(max_length=64, blank=True)
    broken_at = models.BigIntegerField(null=True)

    class Meta:
        triggers = [pgtrigger.Protect(name="look_check_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
