"""Side rooms: a few people of a session for themselves, for a while. Rows are kept; only their ends are added."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.live.models.lasting import final_once, kept, one_open
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session


class Pairs(Row):
    """The group talks in twos and threes, until `ends_at` or until a leader brings everyone back."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="pairs")
    started_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_open("pairs_once_at_a_time", _("The group is in pairs already.")),
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="pairs_end_after_they_begin"),
        ]


class SideRoom(Row):
    """One small room beside the main one; its id is also the room's id on the media server.

    A private word is asked for by a leader (`by`), and opens when the patient agrees; so does a talk at the door, with
    somebody who waits and is not let in yet. A pair is one of `pairs`, open from the start, and has a number by which
    leaders speak of it. `why`: how it ended.
    """

    class Kind(models.TextChoices):
        WORD = "word", _("Private word")
        DOOR = "door", _("Talk at the door")
        PAIR = "pair", _("Pair")

    class Why(models.TextChoices):
        DECLINED = "declined", _("The patient stayed with the group")
        WITHDRAWN = "withdrawn", _("No longer asked")
        BACK = "back", _("Back to the group")
        LOST = "lost", _("Somebody's line was lost")
        OVER = "over", _("Time to come back")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="side_rooms")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    asked_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=9, choices=Why.choices, blank=True)
    pairs = models.ForeignKey(Pairs, on_delete=models.PROTECT, null=True, blank=True, related_name="rooms")
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        indexes = [models.Index(fields=["session"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["word", "door"], pairs=None, number=None)
                | Q(kind="pair", pairs__isnull=False, number__isnull=False, opened_at__isnull=False),
                name="side_room_is_a_talk_or_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, why="") | (Q(ended_at__isnull=False) & ~Q(why="")),
                name="side_room_ends_whole",
            ),
        ]
        triggers = [
            final_once("ended_at", "ended_side_room_is_final"),
            kept("side_room_is_kept"),
        ]


class SideMember(Row):
    """Who is to be in a side room, from when until when. Who really was there the inbox tells, by `Join.side_room`."""

    side_room = models.ForeignKey(SideRoom, on_delete=models.PROTECT, related_name="members")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["session"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(patient=None, staff__isnull=False) | Q(patient__isnull=False, staff=None),
                name="side_member_is_one_person",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="side_member_goes_after"),
            models.UniqueConstraint(
                fields=["session", "patient"],
                condition=Q(until=None),
                name="patient_in_one_side_room",
                violation_error_message=_("This person is asked to a side room already, or is in one."),
            ),
            models.UniqueConstraint(
                fields=["session", "staff"],
                condition=Q(until=None),
                name="leader_in_one_side_room",
                violation_error_message=_(
                    "You have asked somebody to a side room already, or are in one. Go back first."
                ),
            ),
        ]
        triggers = [
            kept("side_member_is_kept"),
        ]
