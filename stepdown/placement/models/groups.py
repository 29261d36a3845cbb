"""Programs, groups and the numbered chairs in them. A seat is one patient's interval on one chair."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Band, Episode, Level
from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.placement.domain.chairs import last_day
from stepdown.placement.models.apart import KEEPS_APART, LEADERS_KEPT_APART
from stepdown.placement.models.there import CHAIRS_STAY, ON_A_CHAIR


class TsTzRange(Func):
    """tstzrange(starts_at, ends_at), closed at the start and open at the end; no end means for ever."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def during(start: str = "starts_at", end: str = "ends_at") -> TsTzRange:
    return TsTzRange(start, end, RangeBoundary())


def still_open(now: datetime, of: str = "") -> Q:
    """Of groups: their last day, if they have one, is not over where they meet. of: the way to the group of a row that
    is none, "group__"."""
    clock = Func(F(f"{of}time_zone"), Value(now), function="TIMEZONE", output_field=models.DateTimeField())
    today = Cast(clock, models.DateField())
    return Q(**{f"{of}closed_on": None}) | Q(**{f"{of}closed_on__gte": today})


def two_breaks() -> list[list[int]]:
    """[minutes after the start, length in minutes] of each planned break."""
    return [[60, 10], [120, 10]]


@pghistory.track()
class Program(Row):
    """A program is a row: the director may change its numbers."""

    name = models.CharField(max_length=60)
    level = models.CharField(max_length=30, choices=Level.choices)
    meeting_minutes = models.PositiveSmallIntegerField()
    meetings_a_week = models.PositiveSmallIntegerField()
    weeks = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Length; empty when open-ended.")
    review_days = models.PositiveSmallIntegerField(default=30)
    seats_intended = models.PositiveSmallIntegerField(default=8)
    seats_limit = models.PositiveSmallIntegerField(default=10)
    breaks = models.JSONField(default=two_breaks, blank=True)
    is_aftercare = models.BooleanField(default=False)
    encrypted = models.BooleanField(
        default=False, db_default=False, help_text="Picture and sound, end to end, in rooms opened from now on."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seats_limit__lte=10, seats_limit__gte=1, seats_intended__lte=F("seats_limit")),
                name="program_seats_within_ten",
                violation_error_message=_("A group has at most 10 chairs."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                name="program_name_once",
                violation_error_message=_("There is already a program of that name. Choose another name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def length(self) -> timedelta:
        """Of a meeting."""
        return timedelta(minutes=self.meeting_minutes)


class Tag(models.TextChoices):
    """Whom a group is meant for. Source: program manual, "Group composition": optional tracks."""

    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    PROFESSIONALS = "professionals", _("Professionals")
    VETERANS = "veterans", _("Veterans")
    CO_OCCURRING = "co_occurring", _("Co-occurring conditions")


class Language(models.TextChoices):
    """What is spoken in a group; the same codes as a patient's own language."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


@pghistory.track()
class Group(Row):
    """A standing cohort. `days` are weekdays (0 is Monday); `starts_at` is the clock in the group's own zone."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=40)
    band = models.CharField(max_length=10, choices=Band.choices)
    days = ArrayField(models.PositiveSmallIntegerField())
    starts_at = models.TimeField()
    time_zone = models.CharField(max_length=40)
    leader = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="led_groups")
    co_leader = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="co_led_groups")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    tags = ArrayField(models.CharField(max_length=20, choices=Tag.choices), default=list, db_default=[], blank=True)
    language = models.CharField(
        max_length=5, choices=Language.choices, default=Language.ENGLISH, db_default=Language.ENGLISH
    )
    entry_until = models.DateField(
        null=True,
        blank=True,
        help_text="The last day on which a seat may begin, in a closed group; empty in an open one.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="group_name_once",
                violation_error_message=_("There is already a group of that name. Choose another name."),
            )
        ]
        triggers = [LEADERS_KEPT_APART]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def is_open(self, now: datetime) -> bool:
        """As `still_open`, of this one."""
        return self.closed_on is None or now.astimezone(self.zone).date() <= self.closed_on

    @property
    def tag_names(self) -> list[str]:
        return [str(Tag(tag).label) for tag in self.tags]


class ChairQuerySet(models.QuerySet["Chair"]):
    def there_on(self, on: date) -> "ChairQuerySet":
        return self.filter(Q(from_on=None) | Q(from_on__lte=on), Q(gone_on=None) | Q(gone_on__gt=on))


@pghistory.track()
class Chair(Row):
    """One numbered chair of a group. A group seats as many as it has chairs, and never more than ten.

    from_on: the first day on which it is there, gone_on: the first on which it is not, both in the group's zone; empty
    when it was there from the beginning, and when no end is in sight.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="chairs")
    number = models.PositiveSmallIntegerField()
    from_on = models.DateField(null=True, blank=True)
    gone_on = models.DateField(null=True, blank=True)

    objects = ChairQuerySet.as_manager()

    class Meta:
        ordering = ["group", "number"]
        constraints = [
            ExclusionConstraint(
                name="chair_once",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    (Func("from_on", "gone_on", function="DATERANGE"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The group has a chair of that number in that time."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=10),
                name="ten_chairs_at_most",
                violation_error_message=_("A group has at most 10 chairs."),
            ),
        ]
        triggers = [CHAIRS_STAY]

    def is_there(self, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.gone_on is None or on < self.gone_on)


class SeatQuerySet(models.QuerySet["Seat"]):
    def standing(self) -> "SeatQuerySet":
        """Not given back: held or accepted."""
        return self.filter(released_at=None)

    def accepted(self) -> "SeatQuerySet":
        return self.standing().exclude(accepted_at=None)

    def held(self) -> "SeatQuerySet":
        return self.standing().filter(accepted_at=None)

    def at(self, moment: Any) -> "SeatQuerySet":
        """Whose interval covers the moment."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=moment), starts_at__lte=moment)


@pghistory.track()
class Seat(Row):
    """A patient's place in a group: offered, held until `held_until`, accepted by the patient, or released
    (lapsed, declined, taken back, also after a yes but before it began: it then never was). A seat that was sat on ends
    by its `ends_at`."""

    class Release(models.TextChoices):
        LAPSED = "lapsed", _("Not accepted in time")
        DECLINED = "declined", _("Declined by the patient")
        WITHDRAWN = "withdrawn", _("Taken back by staff")

    class End(models.TextChoices):
        COMPLETED = "completed", _("Completed")
        MOVED = "moved", _("Moved to another group")
        STEPPED_DOWN = "stepped_down", _("Stepped down")
        DISCHARGED = "discharged", _("Discharged")

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="seats")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="seats")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    chair = models.ForeignKey(Chair, on_delete=models.PROTECT, related_name="seats")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty when the chair was offered by itself, to the next on the waitlist.",
    )
    held_until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_why = models.CharField(max_length=10, choices=Release.choices, blank=True)
    end_reason = models.CharField(max_length=14, choices=End.choices, blank=True)
    end_note = models.CharField(max_length=300, blank=True, help_text="Why, in the words of who ended or moved it.")
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["group", "starts_at"]),
            models.Index(fields=["ends_at"], name="seat_ends_at"),
            models.Index(fields=["starts_at"], name="seat_starts_at"),
            models.Index(
                fields=["held_until"], condition=Q(accepted_at=None, released_at=None), name="seat_held_until"
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="chair_seats_one",
                expressions=[("chair", RangeOperators.EQUAL), (during(), RangeOperators.OVERLAPS)],
                condition=Q(released_at=None),
                violation_error_message=_(
                    "Someone already has that chair in that time. Choose another chair or another group."
                ),
            ),
            ExclusionConstraint(
                name="patient_sits_once",
                expressions=[("patient", RangeOperators.EQUAL), (during(), RangeOperators.OVERLAPS)],
                condition=Q(released_at=None),
                violation_error_message=_("This patient already has a seat in that time. End or move that one first."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="seat_ends_after_it_begins",
                violation_error_message=_("A seat cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_why="") | Q(released_at__isnull=False) & ~Q(released_why=""),
                name="seat_release_is_whole",
            ),
        ]
        triggers = [KEEPS_APART, ON_A_CHAIR]

    @property
    def last_on(self) -> date | None:
        """The last day on which it is theirs, in the group's zone; None when no end is in sight."""
        return last_day(self.ends_at, self.group.starts_at, self.group.zone) if self.ends_at else None
