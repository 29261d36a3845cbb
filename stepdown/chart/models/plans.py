"""The treatment plan: one version after the other, each signed once; objectives and how they go."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Episode
from stepdown.chart.domain import plan as domain
from stepdown.chart.domain.digest import version_of
from stepdown.kernel.db import Row
from stepdown.people.models import Device, Patient, Staff

FINAL = _("This version is signed. Begin the next one to change the plan.")


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def signed(self) -> "PlanVersionQuerySet":
        return self.exclude(signed_at=None)

    def drafts(self) -> "PlanVersionQuerySet":
        return self.filter(signed_at=None)


@pghistory.track(pghistory.DeleteEvent())
class PlanVersion(Row):
    """One version of the plan of one episode. `content` has the shape of `domain.plan.Document`; the newest signed
    version is in force. review: what was gone through when this version took the place of the one before."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="plan_versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)
    review = models.TextField(blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_as = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=60, blank=True)
    attestation = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "number"],
                name="plan_version_once",
                violation_error_message=_("Somebody else began this version already."),
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(signed_at=None),
                name="one_draft_of_a_plan",
                violation_error_message=_("A draft of this plan is open already. Go on with that one."),
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None, signed_as="", digest="")
                | Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(signed_as="") & ~Q(digest=""),
                name="plan_signature_is_whole",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_plan_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
                func=f"RAISE EXCEPTION '{FINAL}';",
            )
        ]

    @property
    def document(self) -> domain.Document:
        return domain.from_json(self.content)

    @property
    def version(self) -> str:
        """Changes with every word; a page that is open carries the one it was made of."""
        return version_of(self.content, self.review)


class PlanAnswer(Row):
    """What a patient answered to a signed version: signed it, asked for a change, or said no. Never changed.

    A signature keeps what the patient saw: `text` word for word with its SHA-256, the digest of the version, the
    sentence that said what signing means, the name they typed, how, when, and on which device. Source: RULE PRIV-43.
    """

    class Kind(models.TextChoices):
        SIGNED = "signed", _("Signed")
        CHANGE = "change", _("Asks for a change")
        DECLINED = "declined", _("Does not want to sign")

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="answers")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plan_answers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    text = models.TextField(blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    version_digest = models.CharField(max_length=64)
    statement = models.TextField(blank=True)
    signed_name = models.CharField(max_length=120, blank=True)
    method = models.CharField(max_length=60)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(kind="signed"),
                name="plan_signed_by_patient_once",
                violation_error_message=_("You have signed this plan already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="signed") | ~Q(signed_name="") & ~Q(text="") & ~Q(text_digest="") & ~Q(statement=""),
                name="patient_signature_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind="change") | ~Q(words=""),
                name="change_is_said_in_words",
                violation_error_message=_("Tell us what you want to change."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="answer_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]


@pghistory.track()
class Objective(Row):
    """An objective of a signed plan, the same row through all versions it stands in. Its words are those of `version`,
    the newest of them; dropped_at: since when no version in force has it."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="objectives")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="objectives")
    number = models.CharField(max_length=8)
    words = models.TextField()
    measure = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.words}"


class Progress(Row):
    """How an objective stands on a day, in words. Never changed; the newest entry is what holds."""

    class Status(models.TextChoices):
        NOT_YET = "not_yet", _("Not yet")
        PARTLY = "partly", _("Partly")
        MET = "met", _("Met")

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="progress")
    status = models.CharField(max_length=8, choices=Status.choices)
    words = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="progress_is_said_in_words",
                violation_error_message=_("Say in a few words what you saw."),
            )
        ]
        triggers = [pgtrigger.Protect(name="progress_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
