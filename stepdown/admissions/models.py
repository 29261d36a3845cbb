"""From the first call to the decision: inquiries, calls, assessments, episodes of care."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import FoundText, SealedJSON
from stepdown.people.models import Patient, Staff


class Level(models.TextChoices):
    """Levels of care. Source: glossary, enum `loc`."""

    OUTPATIENT = "OUTPATIENT", _("Outpatient")
    IOP = "IOP", _("Intensive outpatient")
    PHP = "PHP", _("Partial hospitalization")
    RESIDENTIAL = "RESIDENTIAL", _("Residential care")
    WITHDRAWAL_MANAGEMENT = "WITHDRAWAL_MANAGEMENT", _("Withdrawal management")
    EMERGENCY_NOW = "EMERGENCY_NOW", _("Emergency care now")


class CameFrom(models.TextChoices):
    HOSPITAL = "hospital", _("Hospital")
    PARTIAL_HOSPITALIZATION = "partial_hospitalization", _("Partial hospitalization")
    RESIDENTIAL = "residential", _("Residential care")
    WITHDRAWAL_MANAGEMENT = "withdrawal_management", _("Withdrawal management")
    IOP = "iop", _("Another intensive outpatient program")
    DIRECT = "direct", _("Directly")


class Band(models.TextChoices):
    MORNING = "morning", _("Morning")
    EVENING = "evening", _("Evening")


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def open(self) -> "InquiryQuerySet":
        return self.filter(status__in=Inquiry.OPEN)


@pghistory.track()
class Inquiry(Row):
    """Someone asked for a call, or called. May be an alias; nothing here says patient."""

    class Status(models.TextChoices):
        NEW = "new", _("To call")
        CONTACTED = "contacted", _("Reached")
        SCREENED = "screened", _("Screened")
        ASSESSMENT_SCHEDULED = "assessment_scheduled", _("To assess")
        NOT_ELIGIBLE = "not_eligible", _("Not right for them")
        REFERRED_OUT = "referred_out", _("Referred elsewhere")
        LOST_CONTACT = "lost_contact", _("Lost contact")
        ADMITTED = "admitted", _("Admitted")

    TO_CALL = (Status.NEW, Status.CONTACTED)
    TO_ASSESS = (Status.SCREENED, Status.ASSESSMENT_SCHEDULED)
    OPEN = (*TO_CALL, *TO_ASSESS)
    CLOSED = (Status.NOT_ELIGIBLE, Status.REFERRED_OUT, Status.LOST_CONTACT, Status.ADMITTED)

    class BestTime(models.TextChoices):
        NOW = "now", _("Now")
        MORNING = "morning", _("Morning")
        AFTERNOON = "afternoon", _("Afternoon")
        EVENING = "evening", _("Evening")

    class LeaveMessage(models.TextChoices):
        NO = "no", _("No")
        SHORT = "short", _("Yes, a short one")
        TEXT = "text", _("Text only")

    class CameBy(models.TextChoices):
        WEB = "web", _("Asked on the site")
        PHONE = "phone", _("Called us")

    name = models.CharField(max_length=60)
    phone = FoundText("admissions.inquiry.phone", max_length=16)
    best_time = models.CharField(max_length=10, choices=BestTime.choices, default=BestTime.NOW)
    leave_message = models.CharField(max_length=5, choices=LeaveMessage.choices, default=LeaveMessage.NO)
    language = models.CharField(max_length=5, default="en")
    came_by = models.CharField(max_length=5, choices=CameBy.choices, default=CameBy.WEB)
    note = models.CharField(max_length=300, blank=True)
    self_screen = models.JSONField(
        null=True, blank=True, help_text="Answers by item id, only when the person sent them along."
    )
    asked_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NEW)
    next_call_at = models.DateTimeField(null=True, blank=True)
    came_from = models.CharField(max_length=30, choices=CameFrom.choices, blank=True)
    court_or_dui = models.BooleanField(default=False)
    assigned_to = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    close_reason = models.CharField(max_length=300, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, status__in=["new", "contacted", "screened", "assessment_scheduled"])
                | Q(closed_at__isnull=False) & ~Q(status__in=["new", "contacted", "screened", "assessment_scheduled"]),
                name="inquiry_close_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "asked_at"]),
            models.Index(fields=["asked_at"], name="inquiry_asked_at"),
        ]


@pghistory.track()
class Call(Row):
    """One try to talk, with what came of it and what comes next."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("We talked")
        NO_ANSWER = "no_answer", _("No answer")
        LEFT_MESSAGE = "left_message", _("Left a message")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        CALLED_US = "called_us", _("They called us")

    class NextStep(models.TextChoices):
        CALL_AGAIN = "call_again", _("Call again")
        ASSESS_NOW = "assess_now", _("Assess now")
        ASSESS_LATER = "assess_later", _("Assess at a set time")
        REFER = "refer", _("Refer elsewhere")
        CLOSE = "close", _("Close, nothing more to do")

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="calls")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    next_step = models.CharField(max_length=12, choices=NextStep.choices)
    next_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at"]


@pghistory.track()
class Assessment(Row):
    """The guided interview. `answers` has the shape of the level-of-care input (null: not asked yet), `words` what the
    person said, by part, `about` the facts about the person (name, date of birth, address, contacts, bands).
    `advice` is what the rules said at the last save, and stays as it was at the decision; `ready_at` is when nothing
    was missing any more. Source: program manual, "Level of care"."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="assessments")
    started_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict)
    words = models.JSONField(default=dict, blank=True)
    about = SealedJSON("admissions.assessment.about", default=dict, blank=True)
    came_from = models.CharField(max_length=30, choices=CameFrom.choices, blank=True)
    came_from_name = models.CharField(max_length=120, blank=True)
    referred_by = models.CharField(max_length=120, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    advice = models.JSONField(null=True, blank=True)
    decided_level = models.CharField(max_length=30, choices=Level.choices, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"],
                condition=Q(decided_at=None),
                name="one_open_assessment",
                violation_error_message=_("This person's assessment is already open. Continue that one."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decided_level="")
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decided_level=""),
                name="decision_is_whole",
            ),
        ]


@pghistory.track()
class Danger(Row):
    """Danger that came up in an assessment: which emergency rules fired (none: staff pressed the button), who handles
    it, and what was done. While it is open, the assessment waits. Source: program manual, "Level of care", step 0."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="dangers")
    rules = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    noted_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    handled_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    done = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-noted_at"]
        constraints = [
            models.UniqueConstraint(fields=["assessment"], condition=Q(done_at=None), name="one_open_danger"),
            models.CheckConstraint(
                condition=Q(done_at=None, done="") | Q(done_at__isnull=False) & ~Q(done=""),
                name="danger_end_is_whole",
                violation_error_message=_("Say what was done about the danger."),
            ),
        ]


@pghistory.track()
class Episode(Row):
    """From admission to discharge. `admitted_on` is the day of the first service (null until then).
    Statuses and end reasons: glossary, enum `episode_status`."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        WAITLIST = "waitlist", _("On the waitlist")
        ACTIVE = "active", _("In care")
        ON_HOLD = "on_hold", _("On hold")
        COMPLETED = "completed", _("Completed")
        TRANSFERRED = "transferred", _("Moved to another provider")
        LEFT_AGAINST_ADVICE = "left_against_advice", _("Chose to leave early")
        ADMINISTRATIVE_DISCHARGE = "administrative_discharge", _("Ended by the program")
        NO_CONTACT = "no_contact", _("Contact lost")
        INCARCERATED = "incarcerated", _("Incarcerated")
        DECEASED = "deceased", _("Died")
        OTHER = "other", _("Other reason")

    OPEN = (Status.PLANNED, Status.WAITLIST, Status.ACTIVE, Status.ON_HOLD)
    ENDED = (
        Status.COMPLETED,
        Status.TRANSFERRED,
        Status.LEFT_AGAINST_ADVICE,
        Status.ADMINISTRATIVE_DISCHARGE,
        Status.NO_CONTACT,
        Status.INCARCERATED,
        Status.DECEASED,
        Status.OTHER,
    )

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="episodes")
    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="episode"
    )
    status = models.CharField(max_length=26, choices=Status.choices, default=Status.PLANNED)
    came_from = models.CharField(max_length=30, choices=CameFrom.choices, default=CameFrom.DIRECT)
    came_from_name = models.CharField(max_length=120, blank=True)
    referred_by = models.CharField(max_length=120, blank=True)
    bands = ArrayField(models.CharField(max_length=10, choices=Band.choices), default=list, blank=True)
    days_away = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        help_text="Weekdays (0 is Monday) the person cannot come.",
    )
    planned_at = models.DateTimeField(default=timezone.now)
    admitted_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    end_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(ended_at=None),
                name="one_open_episode",
                violation_error_message=_("This patient already has an open episode of care."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, status__in=["planned", "waitlist", "active", "on_hold"])
                | Q(ended_at__isnull=False, ended_by__isnull=False)
                & ~Q(status__in=["planned", "waitlist", "active", "on_hold"]),
                name="episode_end_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "planned_at"]),
            models.Index(fields=["admitted_on"], name="episode_admitted_on"),
        ]


@pghistory.track()
class LevelStay(Row):
    """One spell at one level of care, here or elsewhere. Together they are the way from hospital to Aftercare.
    `days` is a half-open range of dates; no upper bound while it lasts."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="level_stays")
    level = models.CharField(max_length=30, choices=Level.choices)
    name = models.CharField(max_length=120, help_text="As people say it: the program here, or the place elsewhere.")
    here = models.BooleanField(default=True)
    days = DateRangeField()
    reasons = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        ordering = ["days"]
        constraints = [
            ExclusionConstraint(
                name="one_level_at_a_time",
                expressions=[("episode", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
                violation_error_message=_("This patient is already at another level of care on those days."),
            )
        ]
