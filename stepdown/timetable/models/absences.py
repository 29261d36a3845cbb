"""Who is away when, who was asked to stand in, and who does."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Staff
from stepdown.placement.models import during
from stepdown.timetable.models.sessions import Session


class Place(models.TextChoices):
    """In whose place somebody stands in."""

    LEADER = "leader", _("Leader")
    CO_LEADER = "co_leader", _("Co-leader")


class Absence(Row):
    """Someone is away from `starts_at` to `ends_at`: what they lead then has no leader until somebody stands in.
    Taking it back gives back what nobody else has got."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            ExclusionConstraint(
                name="away_once",
                expressions=[("staff", RangeOperators.EQUAL), (during(), RangeOperators.OVERLAPS)],
                condition=Q(taken_back_at=None),
                violation_error_message=_(
                    "An absence in that time is marked already. Take it back first, or choose other days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="absence_ends_after_it_begins",
                violation_error_message=_("The last day cannot be before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="absence_is_taken_back_whole",
            ),
        ]


class Ask(Row):
    """Someone is asked to stand in. `turn`: its place in a row of asks, all 0 when asked at once; asked_at is empty
    until its turn comes. closed_at: somebody else has it, or nobody is needed any more."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="asks")
    place = models.CharField(max_length=9, choices=Place.choices)
    instead_of = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="asks")
    turn = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["turn", "made_at"]
        indexes = [models.Index(fields=["staff"], condition=Q(answer="", closed_at=None), name="ask_is_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "place", "staff"],
                condition=Q(answer="", closed_at=None),
                name="asked_once_at_a_time",
                violation_error_message=_("Someone of these is asked already. Wait for the answer, or stop asking."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="answer_is_whole",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return not self.answer and self.closed_at is None


class StandIn(Row):
    """Somebody has a session in place of who led it before. ended_at: somebody else has it by now."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="stand_ins")
    place = models.CharField(max_length=9, choices=Place.choices)
    instead_of = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "place"],
                condition=Q(ended_at=None),
                name="one_stands_in",
                violation_error_message=_("Somebody stands in already."),
            ),
        ]
