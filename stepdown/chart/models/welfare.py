"""Somebody did not come and nobody knows why: which groups they missed, what was done, how it ended."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain import welfare
from stepdown.chart.models.returns import final
from stepdown.kernel.db import Row
from stepdown.live.models.lasting import final_once, kept
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session


class Act(models.TextChoices):
    CALL = welfare.Act.CALL, _("Call")
    CONTACT = welfare.Act.CONTACT, _("Call the emergency contact")
    CHECK = welfare.Act.CHECK, _("Welfare check")
    WRITE = welfare.Act.WRITE, _("Write to them")
    LETTER = welfare.Act.LETTER, _("Send a letter")
    INDIVIDUAL = welfare.Act.INDIVIDUAL, _("Offer an individual session")
    CONFERENCE = welfare.Act.CONFERENCE, _("Case conference")
    REVIEW = welfare.Act.REVIEW, _("Review whether care goes on")


class Came(models.TextChoices):
    SAFE = welfare.Came.SAFE, _("Reached, safe")
    NO_ANSWER = welfare.Came.NO_ANSWER, _("No answer")
    LEFT_MESSAGE = welfare.Came.LEFT_MESSAGE, _("Left a message without content")
    WRONG_NUMBER = welfare.Came.WRONG_NUMBER, _("Wrong number")
    DANGER = welfare.Came.DANGER, _("In danger: 911 called")
    SENT = welfare.Came.SENT, _("Sent")
    ASKED = welfare.Came.ASKED, _("Asked for it")
    NOT_NEEDED = welfare.Came.NOT_NEEDED, _("Decided against it")
    AGREED = welfare.Came.AGREED, _("Agreed on a time")
    DECLINED = welfare.Came.DECLINED, _("They would rather not")
    HELD = welfare.Came.HELD, _("Held")


class Missed(Row):
    """One person who did not come, from the first group they missed until it is over; one at a time. flags: why it goes
    faster, from before they were missed. individual_by, conference_by: until it was held; conference_why and
    conference_on stay. next_act, next_at: what stands, worked out after every change."""

    class Flag(models.TextChoices):
        URGE = "urge", _("Urge of 7 or more")
        ITEM_NINE = "item_nine", _("Thoughts of death in the PHQ-9")
        WORK = "work", _("An answer that nobody has settled")
        OVERDOSE = "overdose", _("Overdose in the last month")
        RETURN = "return", _("Return to use in the last two weeks")

    class Over(models.TextChoices):
        CAME_LATE = "came_late", _("Came late")
        CAME_BACK = "came_back", _("Came to a later group")
        REACHED = "reached", _("Reached, safe")
        EXCUSED = "excused", _("Excused")
        CALLED_OFF = "called_off", _("It did not take place")
        REVIEWED = "reviewed", _("Reviewed")
        LEFT = "left", _("Care has ended")

    class Conference(models.TextChoices):
        IN_A_ROW = "in_a_row", _("Three missed in a row")
        SHORT_WEEK = "short_week", _("Under 6 hours in a week")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="missed")
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField(default=timezone.now)
    flags = ArrayField(models.CharField(max_length=10, choices=Flag.choices), default=list, blank=True)
    last_contact_at = models.DateTimeField(null=True, blank=True, help_text="Before the first group they missed.")
    second = models.BooleanField(default=False, help_text="A second absence within a week.")
    individual_by = models.DateTimeField(null=True, blank=True)
    conference_why = models.CharField(max_length=10, choices=Conference.choices, blank=True)
    conference_on = models.DateField(null=True, blank=True, help_text="Of the group that called for it.")
    conference_by = models.DateTimeField(null=True, blank=True)
    next_act = models.CharField(max_length=10, choices=Act.choices, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    over_why = models.CharField(max_length=10, choices=Over.choices, blank=True)

    class Meta:
        ordering = ["-noticed_at"]
        indexes = [models.Index(fields=["next_at"], condition=Q(over_at=None), name="missed_open_next")]
        constraints = [
            models.UniqueConstraint(fields=["patient"], condition=Q(over_at=None), name="one_missed_at_a_time"),
            models.CheckConstraint(
                condition=Q(over_at=None, over_why="") | Q(over_at__isnull=False) & ~Q(over_why=""),
                name="missed_is_over_for_a_reason",
            ),
        ]
        triggers = [final_once("over_at", "what_is_over_is_final"), kept("missed_is_kept")]

    @property
    def is_for_conference(self) -> bool:
        """Whether the case conference is next and they missed no group without a word. One query where it is next,
        unless `sessions` are read before."""
        return self.next_act == Act.CONFERENCE and all(one.over_why for one in self.sessions.all())

    @property
    def flags_said(self) -> list[str]:
        return [str(self.Flag(flag).label) for flag in self.flags]


class MissedSession(Row):
    """One group that they missed without a word. over_why: said once, when they came after all, were excused or it
    was called off; where that was not so, another row is begun."""

    missed = models.ForeignKey(Missed, on_delete=models.PROTECT, related_name="sessions")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="missed_by")
    noticed_at = models.DateTimeField(default=timezone.now)
    over_why = models.CharField(max_length=10, choices=Missed.Over.choices, blank=True)

    class Meta:
        ordering = ["noticed_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "patient"], condition=Q(over_why=""), name="missed_once")
        ]
        triggers = [
            pgtrigger.Protect(
                name="missed_session_is_final", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__over_why="")
            ),
            kept("missed_session_is_kept"),
        ]


class WelfareStep(Row):
    """Who did what, when, how, and what came of it. Never changed."""

    class How(models.TextChoices):
        PHONE = "phone", _("Phone")
        TEXT = "text", _("Text message")
        EMAIL = "email", _("E-mail")
        MAIL = "mail", _("Mail")
        VIDEO = "video", _("Video")
        POLICE = "police", _("911 or police")
        MOBILE_TEAM = "team", _("Mobile crisis team")

    missed = models.ForeignKey(Missed, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=10, choices=Act.choices)
    came = models.CharField(max_length=12, choices=Came.choices)
    how = models.CharField(max_length=6, choices=How.choices, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(came__in=sorted(welfare.IN_WORDS), words=""),
                name="what_was_decided_is_said",
                violation_error_message=_("Say in a few words what was decided, and why."),
            )
        ]
        triggers = [final("welfare_step_is_final")]
