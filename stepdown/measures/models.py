"""Administrations of instruments with their answers and scores, and the work items that flags raise."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.measures.domain.battery import Stage
from stepdown.outreach.models import Concern
from stepdown.people.models import Patient, Staff

FINISHED = _("These answers are finished. Ask the questions again instead.")
SETTLED = _("What was done about this is written down already.")


class AdministrationQuerySet(models.QuerySet["Administration"]):
    def open(self) -> "AdministrationQuerySet":
        """Still to be answered, or answered in part."""
        return self.filter(finished_at=None, lapsed_at=None)

    def finished(self) -> "AdministrationQuerySet":
        return self.exclude(finished_at=None)


@pghistory.track(pghistory.DeleteEvent())
class Administration(Row):
    """One asking of one instrument. `values` are the raw answers by item id, None for a question passed over;
    `occasion` tells why it is asked, once for each patient and instrument; `about` is the substance, of a
    checklist that goes by substance. Finished is final. Source: RULE INS-02."""

    class Mode(models.TextChoices):
        SELF = "self", _("Answered by the patient")
        INTERVIEW = "interview", _("Asked in an interview")
        VIDEO_PARTIAL = "video-partial", _("Over video, in part")

    class Why(models.TextChoices):
        INTAKE = Stage.INTAKE, _("Intake")
        WEEKLY = Stage.WEEKLY, _("Weekly")
        SESSION = Stage.SESSION, _("Before the group")
        TWO_WEEKS = Stage.TWO_WEEKS, _("Every two weeks")
        MIDDLE = Stage.MIDDLE, _("Middle of the program")
        DISCHARGE = Stage.DISCHARGE, _("Discharge")
        AFTERCARE = Stage.AFTERCARE, _("Aftercare, monthly")
        AFTERCARE_QUARTER = Stage.AFTERCARE_QUARTER, _("Aftercare, quarterly")
        FOLLOW_UP = Stage.FOLLOW_UP, _("Asked for by an answer")
        BY_HAND = Stage.BY_HAND, _("Given by staff")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="administrations")
    instrument = models.CharField(max_length=40)
    about = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=20, choices=Why.choices)
    occasion = models.CharField(max_length=80)
    assigned_at = models.DateTimeField(default=timezone.now)
    assigned_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty when by itself."
    )
    due_on = models.DateField()
    lapses_on = models.DateField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    mode = models.CharField(max_length=13, choices=Mode.choices, default=Mode.SELF)
    version = models.CharField(max_length=120, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12, blank=True)
    values = models.JSONField(default=dict, blank=True)
    context = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: the patient."
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AdministrationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "assigned_at"]
        indexes = [
            models.Index(fields=["patient", "-due_on"]),
            models.Index(fields=["patient", "instrument", "finished_at"]),
            models.Index(
                fields=["lapses_on"], condition=Q(finished_at=None, lapsed_at=None), name="administration_lapses"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "instrument", "occasion"],
                name="asked_once_an_occasion",
                violation_error_message=_("This was given already."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(started_at__isnull=False, lapsed_at=None) & ~Q(version="") & ~Q(text_hash=""),
                name="finished_is_whole",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="finished_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__finished_at__isnull=False),
                func=f"RAISE EXCEPTION '{FINISHED}';",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.lapsed_at is None


class Scoring(Row):
    """What an engine made of the answers. Never changed: who scores again adds a row. scores: number, class label or
    None (not scorable) by score id. missing: how many answers a score lacks, by its id. Source: RULE INS-02, INS-04."""

    administration = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="scorings")
    scored_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    engine = models.CharField(max_length=20)
    scores = models.JSONField(default=dict, blank=True)
    bands = models.JSONField(default=dict, blank=True)
    flags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    checks = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    missing = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["scored_at"]
        triggers = [
            pgtrigger.Protect(name="scoring_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    def open(self) -> "WorkItemQuerySet":
        return self.filter(settled_at=None)


@pghistory.track()
class WorkItem(Row):
    """Something that needs somebody: who owns it, by when, and what was done. Raised at the moment an answer is saved,
    with its flag, and it stays when the answer is changed; or by somebody outside who is worried (`concern`). Settled
    is final: an answer that sets the flag off afterwards raises another one. Source: RULE INS-03."""

    class Severity(models.TextChoices):
        URGENT = "urgent", _("Urgent")
        EMERGENCY = "emergency", _("Emergency")

    class Disposition(models.TextChoices):
        SPOKE = "spoke", _("Talked with them: safe for now")
        PLAN = "plan", _("Talked with them: safety plan made or gone through")
        MEDICAL = "medical", _("Sent to medical or higher care")
        EMERGENCY = "emergency", _("911 or 988 called")
        MISTAKE = "mistake", _("Answered by mistake, asked them")
        NOT_REACHED = "not_reached", _("Not reached: handed on to the emergency procedure")

    administration = models.ForeignKey(
        Administration, on_delete=models.PROTECT, null=True, blank=True, related_name="work_items"
    )
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="work_item")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="work_items")
    flag = models.CharField(max_length=60, blank=True)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    action = models.TextField(help_text="What the instrument says is to be done, as it said then.")
    owner = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="work_items",
        help_text="Empty when nobody works here who could own it.",
    )  # fmt: skip
    asks_for = models.ForeignKey(
        Administration, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="What is to be asked because of it, the suicide-risk screener for example.",
    )  # fmt: skip
    raised_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)
    disposition = models.CharField(max_length=12, choices=Disposition.choices, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["owner", "due_at"], condition=Q(settled_at=None), name="work_item_open_of_owner"),
            models.Index(fields=["due_at"], condition=Q(settled_at=None), name="work_item_open"),
            models.Index(fields=["patient", "-raised_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "flag"], condition=Q(settled_at=None), name="raised_once_while_open"
            ),
            models.CheckConstraint(
                condition=Q(administration__isnull=False, concern=None) & ~Q(flag="")
                | Q(administration=None, concern__isnull=False, flag=""),
                name="work_item_says_why",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, disposition="", words="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(disposition="") & ~Q(words=""),
                name="settling_is_whole",
                violation_error_message=_("Choose what was done, and say it in a sentence."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="settled_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__settled_at__isnull=False),
                func=f"RAISE EXCEPTION '{SETTLED}';",
            )
        ]


@pghistory.track()
class TurnedOff(Row):
    """An instrument that this center does not ask by itself. Turning it on again deletes the row."""

    instrument = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")


class TextPack(Row):
    """The official wording of an instrument, loaded by the center. The newest of a version counts; none is ever
    changed, so that the hash kept with an administration leads to what was read. Source: RULE INS-01."""

    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    content = models.JSONField()
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at"]
        triggers = [
            pgtrigger.Protect(name="text_pack_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class CheckIn(Row):
    """How a patient says they are, by themselves, in under a minute; every answer may be left out. Its id comes from
    the page, so that one that waited on the device for a line and is sent twice counts once. Never changed."""

    class Mood(models.TextChoices):
        VERY_LOW = "very_low", _("Very low")
        LOW = "low", _("Low")
        OK = "ok", _("OK")
        GOOD = "good", _("Good")

    class Trigger(models.TextChoices):
        WORK = "work", _("Work")
        RELATIONSHIP = "relationship", _("Relationship")
        HEALTH = "health", _("Health")
        MONEY = "money", _("Money")
        OFFERED = "offered", _("People who offer")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="check_ins")
    at = models.DateTimeField(default=timezone.now)
    craving = models.PositiveSmallIntegerField(null=True, blank=True)
    mood = models.CharField(max_length=8, choices=Mood.choices, blank=True)
    used_since = models.BooleanField(null=True, blank=True)
    triggers = ArrayField(models.CharField(max_length=12, choices=Trigger.choices), default=list, blank=True)
    helped = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["patient", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(craving=None) | Q(craving__lte=10),
                name="check_in_craving_zero_to_ten",
                violation_error_message=_("Choose a number from 0 to 10."),
            ),
            models.CheckConstraint(
                condition=~Q(craving=None, mood="", used_since=None, triggers=[], helped="", words=""),
                name="check_in_says_something",
                violation_error_message=_("Answer at least one question."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="check_in_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    @property
    def triggers_said(self) -> list[str]:
        """What made it harder, in words."""
        return [str(self.Trigger(one).label) for one in self.triggers]
