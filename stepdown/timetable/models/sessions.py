"""Every meeting of every group as a row, and the topics they work on."""

from zoneinfo import ZoneInfo

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Band
from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Group, Language, Tag, during
from stepdown.timetable.domain.handouts import LINE, POINTS, QUESTIONS, STEPS, SUMMARY, TITLE, TOOL, Words
from stepdown.timetable.models.triggers import BOOKS_WHO_LEADS, NEXT_LEADERS_KEPT_APART


class Topic(Row):
    """One topic of the curriculum: week 1 to 13, third 1 to 3 of that week."""

    week = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE)
    summary = models.CharField(max_length=SUMMARY, blank=True)

    class Meta:
        ordering = ["week", "place"]
        constraints = [models.UniqueConstraint(fields=["week", "place"], name="topic_once")]

    def __str__(self) -> str:
        return self.title


class Handout(Row):
    """What people read about a topic, in one language.

    steps: of the tool. shipped: fingerprint of the words that the product brought; empty when it brought none.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="handouts")
    language = models.CharField(max_length=5, choices=Language.choices)
    title = models.CharField(max_length=TITLE)
    summary = models.CharField(max_length=SUMMARY)
    points = ArrayField(models.CharField(max_length=LINE))
    tool = models.CharField(max_length=TOOL)
    steps = ArrayField(models.CharField(max_length=LINE))
    questions = ArrayField(models.CharField(max_length=LINE))
    shipped = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "language"], name="handout_once_in_a_language"),
            models.CheckConstraint(
                condition=Q(points__len__range=POINTS)
                & Q(steps__len__range=STEPS)
                & Q(questions__len__range=QUESTIONS),
                name="handout_has_its_parts",
                violation_error_message=_(
                    "A handout has three to five points, three to five steps and two or three questions."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> Words:
        lists = tuple(self.points), tuple(self.steps), tuple(self.questions)
        return Words(self.title, self.summary, lists[0], self.tool, lists[1], lists[2])

    @property
    def is_own(self) -> bool:
        """Whether the center changed it, or wrote it."""
        return self.words.fingerprint != self.shipped


class SessionQuerySet(models.QuerySet["Session"]):
    def standing(self) -> "SessionQuerySet":
        return self.filter(cancelled_at=None)


@pghistory.track(
    pghistory.UpdateEvent(),
    model_name="SessionEvent",
    fields=[
        "starts_at",
        "ends_at",
        "leader",
        "co_leader",
        "cancelled_why",
        "moved_from",
        "changed_at",
        "changed_by",
        "topic",
    ],
)
class Session(Row):
    """One meeting of a group. Its roster is a query over seats, so joining a group changes no row here."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="sessions")
    leader = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="sessions")
    co_leader = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    service_date = models.DateField(help_text="The day in the group's own zone.")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True)
    topic_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who chose another topic than that of the calendar week; empty while the week decides.",
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=200, blank=True)
    closure = models.ForeignKey("Closure", on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    moved_from = models.DateTimeField(
        null=True, blank=True, help_text="When it was planned, for one that was moved by itself."
    )
    makes_up_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="made_up_by")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How often it was changed: two people who change it at once notice by it."
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["starts_at"]),
            models.Index(fields=["group", "starts_at"], condition=Q(cancelled_at=None), name="session_of_group"),
            models.Index(fields=["leader", "starts_at"]),
            models.Index(fields=["moved_from"], condition=Q(moved_from__isnull=False), name="session_moved_from"),
        ]
        constraints = [
            ExclusionConstraint(
                name="room_holds_one",
                expressions=[("group", RangeOperators.EQUAL), (during(), RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None),
                violation_error_message=_("This group's room is already in use at that time. Choose another time."),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(co_leader=None) | ~Q(co_leader=F("leader")),
                name="two_lead",
                violation_error_message=_("Nobody leads a session with themselves. Choose somebody else as co-leader."),
            ),
            models.UniqueConstraint(
                fields=["makes_up_for"],
                condition=Q(cancelled_at=None),
                name="made_up_for_once",
                violation_error_message=_("There is already another session instead of this one."),
            ),
        ]
        triggers = [BOOKS_WHO_LEADS]


class Booking(models.Model):
    """Who leads or co-leads when: a row for each of them and each session that is not called off. Kept by a trigger on
    the session, so that one constraint holds whoever is booked in whichever place; nobody writes it by hand."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="bookings")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="leads_one",
                expressions=[("staff", RangeOperators.EQUAL), (during(), RangeOperators.OVERLAPS)],
                violation_error_message=_(
                    "This counselor already leads a group at that time. Choose another time or another counselor."
                ),
            )
        ]


class GroupChange(Row):
    """What a group is from a day on. Its sessions follow at once; the group's own row when the day has come, or at once
    when it is today. `was`: the same fields before, as text, for the group's history."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="changes")
    from_on = models.DateField(help_text="The first day, in the group's zone before.")
    name = models.CharField(max_length=40)
    band = models.CharField(max_length=10, choices=Band.choices)
    days = ArrayField(models.PositiveSmallIntegerField())
    starts_at = models.TimeField()
    time_zone = models.CharField(max_length=40)
    leader = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    co_leader = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tags = ArrayField(models.CharField(max_length=20, choices=Tag.choices), default=list, blank=True)
    language = models.CharField(max_length=5, choices=Language.choices)
    entry_until = models.DateField(null=True, blank=True)
    chairs = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many; empty when as many as before."
    )
    was = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(applied_at=None, taken_back_at=None),
                name="one_change_of_a_group_ahead",
                violation_error_message=_("A change of this group is planned already. Take that one back first."),
            )
        ]
        triggers = [NEXT_LEADERS_KEPT_APART]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Closure(Row):
    """Days on which the whole center holds no session: a holiday, say. Both days are included, in each group's zone."""

    name = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["first_on"]
        constraints = [
            ExclusionConstraint(
                name="one_closure_a_day",
                expressions=[(Func("first_on", "last_on", Value("[]"), function="DATERANGE"), RangeOperators.OVERLAPS)],
                violation_error_message=_("The center is closed on some of these days already. Choose other days."),
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="closure_ends_after_it_begins",
                violation_error_message=_("A closure cannot end before it begins. Enter a later last day."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarLink(Row):
    """An address from which a calendar program reads when somebody meets: a patient, one of the staff, or a group of
    whoever of the staff asked for it. The token is derived from the id and the secret key; only its digest is kept."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_links")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_links")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(patient=None) ^ Q(staff=None),
                name="calendar_link_is_of_one_person",
            ),
            models.CheckConstraint(condition=Q(group=None) | Q(patient=None), name="calendar_of_group_is_for_staff"),
            models.UniqueConstraint(
                fields=["patient", "staff", "group"],
                condition=Q(revoked_at=None),
                nulls_distinct=False,
                name="one_calendar_link_at_a_time",
                violation_error_message=_("There is already a link to this calendar."),
            ),
        ]
