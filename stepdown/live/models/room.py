"""The room: who may come in, who came, and what three witnesses saw. Witness rows are only ever added."""

import re
from datetime import datetime, timedelta

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedText
from stepdown.live.models.lasting import final_once, kept, one_open
from stepdown.live.models.sides import SideRoom
from stepdown.live.models.visits import Visit
from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Seat
from stepdown.timetable.models import Session


class Room(Row):
    """The video room of one session. `server` names the media server it lives on, and is empty until somebody comes in;
    secrets are derived, not stored. `encrypted`: picture and sound end to end, as its program had it at its opening."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="room")
    server = models.CharField(max_length=40, blank=True)
    encrypted = models.BooleanField(default=False, db_default=False)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class SessionOfRoom(Session):
    """A session as its room heeds it: whoever changes its time or who leads it, the live process reads it anew."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="session_tells_its_room",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.AnyChange("leader", "co_leader", "cancelled_at", "starts_at", "ends_at"),
                func="PERFORM pg_notify('live', NEW.id::text); RETURN NULL;",
            )
        ]


class SeatOfWhoWaits(Seat):
    """A seat as the door heeds it: when it ends or is released while its patient waits, the live process reads the
    session anew."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="seat_tells_the_door",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.AnyChange("starts_at", "ends_at", "released_at"),
                func="""
                    PERFORM pg_notify('live', knock.session_id::text)
                    FROM live_knock AS knock
                    WHERE knock.patient_id = NEW.patient_id AND knock.ended_at IS NULL;
                    RETURN NULL;
                """,
            )
        ]


class DoorCheck(Row):
    """What the patient said before coming in: place and call-back, each time. `asked_of`: the leader without a license
    there who held them at the door by it, of whom the directors were asked. Source: RULE PROG-08, PRIV-35."""

    class Mood(models.TextChoices):
        VERY_LOW = "very_low", _("Very low")
        LOW = "low", _("Low")
        OK = "ok", _("OK")
        GOOD = "good", _("Good")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="door_checks")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="door_checks")
    at = models.DateTimeField(default=timezone.now)
    address = SealedText("live.doorcheck.address", max_length=200)
    state = models.CharField(max_length=2)
    callback_phone = SealedText("live.doorcheck.callback_phone", max_length=16)
    alone = models.BooleanField(help_text="Nobody else hears or sees; headphones or a closed door.")
    craving = models.PositiveSmallIntegerField(null=True, blank=True)
    mood = models.CharField(max_length=8, choices=Mood.choices, blank=True)
    used_since = models.BooleanField(null=True, blank=True)
    asked_of = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["session", "patient", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(craving=None) | Q(craving__lte=10),
                name="craving_zero_to_ten",
                violation_error_message=_("Choose a number from 0 to 10."),
            )
        ]

    @property
    def place(self) -> str:
        """One line, as told to an emergency operator: the address ends with its state, and a ZIP code if told."""
        told = re.search(rf"\b{self.state}(\W+\d{{5}}(-\d{{4}})?)?\W*$", self.address)
        return self.address if told else f"{self.address}, {self.state}"


class Admittance(Row):
    """The leader let a patient in; once let in, let in for that session unless sent out."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="admittances")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    sent_out_at = models.DateTimeField(null=True, blank=True)
    sent_out_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "patient"], condition=Q(sent_out_at=None), name="let_in_once")
        ]


class Knock(Row):
    """A patient at the door, waiting to be let in. Ends when they are let in, leave, or are lost."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="knocks")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "patient"], condition=Q(ended_at=None), name="knocks_once")
        ]


class Join(Row):
    """One coming in of one person on one device, into the main room or a side room: a patient, a leader (`staff`), or
    whoever visits. Its id is the person's id on the
    media server, unique for each coming in, so that a late word about an old join never ends a new one."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="joins")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="joins")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="joins")
    side_room = models.ForeignKey(SideRoom, on_delete=models.PROTECT, null=True, blank=True, related_name="joins")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["session", "patient"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(patient=None, staff__isnull=False, visit=None)
                | Q(patient__isnull=False, staff=None, visit=None)
                | Q(patient=None, staff=None, visit__isnull=False),
                name="join_is_one_person",
            )
        ]


class InboxEvent(models.Model):
    """What a witness saw: the signaling socket, the media server's event stream, or the poll of who is in the room.
    `at` is the witness's clock, `received_at` ours. `detail` carries technical facts only."""

    class Source(models.TextChoices):
        SIGNALING = "signaling", _("Signaling")
        MEDIA = "media", _("Media server")
        POLL = "poll", _("Poll")

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("Arrived")
        SEEN = "seen", _("Seen")
        LEFT = "left", _("Left")
        MEDIA_LOST = "media_lost", _("Picture and sound lost")
        MEDIA_BACK = "media_back", _("Picture and sound back")
        SERVER_DIED = "server_died", _("Media server died")

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    emitter = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="inbox")
    join = models.ForeignKey(Join, on_delete=models.PROTECT, null=True, blank=True, related_name="inbox")
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["session", "at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "emitter", "kind", "join", "at"], name="seen_once", nulls_distinct=False
            )
        ]
        triggers = [
            pgtrigger.Protect(name="inbox_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class Break(Row):
    """A break the leader started. No end while it lasts, and it lasts no longer than planned."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="breaks")
    starts_at = models.DateTimeField(default=timezone.now)
    planned_minutes = models.PositiveSmallIntegerField(default=10)
    ends_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(ends_at=None),
                name="one_break_at_a_time",
                violation_error_message=_("The group is already on a break."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="break_ends_after_it_begins"
            ),
        ]

    @property
    def planned_end(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.planned_minutes)


class PrivateWord(Row):
    """What a patient told the leaders alone: one of a few fixed words, never text of their own. Kept until and after it
    is answered, so that none vanishes while no leader is connected."""

    class Kind(models.TextChoices):
        HELP = "help", _("I need help.")
        STEP_OUT = "step_out", _("I want to step out for a minute.")
        BREAK = "break", _("I need a break.")
        CALL = "call", _("Call me after the group.")

    class Answer(models.TextChoices):
        TAKE_TIME = "take_time", _("OK, take your time.")
        COMING = "coming", _("I see you. I am with you in a moment.")
        BREAK = "break", _("OK. We take a break soon.")
        CALL = "call", _("I call you after the group.")
        CALLED = "called", _("I called you.")
        MET = "met", _("We talked in a side room.")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="words")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient", "kind"], condition=Q(answered_at=None), name="one_open_word_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="word_answered_whole",
            ),
        ]
        triggers = [
            final_once("answered_at", "answered_word_is_final"),
            kept("word_is_kept"),
        ]


class Decision(Row):
    """What a leader decided for the whole room: paused or not, locked or not, chat open or not. The last row of each
    kind holds; rows are only ever added, so that it is known who paused a room, and when. Source: RULE PRIV-41."""

    class What(models.TextChoices):
        PAUSE = "pause", _("Pause")
        LOCK = "lock", _("Lock")
        CHAT = "chat", _("Chat")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="decisions")
    what = models.CharField(max_length=5, choices=What.choices)
    on = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["session", "what", "-at"])]
        triggers = [
            pgtrigger.Protect(name="decisions_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class LeaderAway(Row):
    """A stretch with patients in the room, or at its door though the group should have begun, and no leader, so long
    that a director was called in."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="leader_away")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_open("one_leader_away_at_a_time", _("It is known already that no leader is there.")),
        ]


class Round(Row):
    """A check-in round. `order` are patient ids, `turn` is the index of whoever's turn it is (see domain/rounds.py)."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="rounds")
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    order = ArrayField(models.UUIDField())
    turn = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_open("one_round_at_a_time", _("A check-in round is going on already.")),
        ]
