"""What leaders do about the people of a session. Rows are added and kept; what is said of one later is said once."""

from datetime import datetime, timedelta

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedText
from stepdown.live.models.lasting import kept
from stepdown.live.models.room import PrivateWord
from stepdown.outreach.models import Message
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

FOLLOW_UP = timedelta(hours=24)


class Attempt(Row):
    """One try to reach a patient who is missing: a call, or a text message with their link. by: None for a text that
    went by itself. number: the one that was called or texted, empty where it is not known. What came of a call is said
    afterwards by who called, once; nothing else of a row ever changes."""

    class How(models.TextChoices):
        CALL = "call", _("Call")
        TEXT = "text", _("Text message")

    class Outcome(models.TextChoices):
        TALKED = "talked", _("Talked")
        NO_ANSWER = "no_answer", _("No answer")
        LEFT_MESSAGE = "left_message", _("Left a message")
        NOT_SAFE = "not_safe", _("No message left: not safe")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attempts")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=4, choices=How.choices)
    number = models.CharField(max_length=16, blank=True, default="", db_default="")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["session", "patient", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(how="call", message=None, by__isnull=False)
                | Q(how="text", message__isnull=False, outcome=""),
                name="attempt_is_a_call_or_a_text",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="attempt_stays_as_it_was", exclude=["outcome"]),
            pgtrigger.Protect(
                name="outcome_is_said_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__outcome="")
            ),
            kept("attempt_is_kept"),
        ]


class Incident(Row):
    """Something happened to a patient, around a session or (without one) elsewhere. Begun with one tap by who signs it;
    `place` is where they were as told at a door at `place_told_at`, or as on record. What it was is said once; what was
    done and what happened stands in its entries."""

    class Kind(models.TextChoices):
        OVERDOSE = "overdose", _("Overdose")
        MEDICAL = "medical", _("Medical emergency")
        SUICIDE = "suicide", _("Danger of suicide")
        INJURY = "injury", _("Injury")
        THREAT = "threat", _("Threat or violence")
        INTOXICATED = "intoxicated", _("Came intoxicated")
        BREACH = "breach", _("Breach of confidentiality")
        OTHER = "other", _("Something else")

    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    place = SealedText("live.incident.place", max_length=200)
    place_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["session"]), models.Index(fields=["-at"])]
        triggers = [
            pgtrigger.ReadOnly(name="incident_stays_as_it_was", exclude=["kind"]),
            pgtrigger.Protect(
                name="incident_kind_is_said_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__kind="")
            ),
            kept("incident_is_kept"),
        ]

    @property
    def deeds(self) -> list[tuple[str, str]]:
        """What can have been done about it, to be said with one tap."""
        later = (IncidentEntry.Done.FOLLOWED_UP, IncidentEntry.Done.CLOSED)
        return [(deed.value, str(deed.label)) for deed in IncidentEntry.Done if deed not in later]

    @property
    def follow_up_by(self) -> datetime:
        """By when somebody calls them after it. Source: program facts, section 8 (24-hour follow-up call)."""
        return self.at + FOLLOW_UP

    @property
    def followed_up(self) -> "IncidentEntry | None":
        return self._entry(IncidentEntry.Done.FOLLOWED_UP)

    @property
    def closed(self) -> "IncidentEntry | None":
        return self._entry(IncidentEntry.Done.CLOSED)

    def _entry(self, done: str) -> "IncidentEntry | None":
        return next((entry for entry in self.entries.all() if entry.done == done), None)


class IncidentEntry(Row):
    """What was done, or what happened in words: signed by who adds it, at that moment, and never changed. A mistake is
    mended by a further entry."""

    class Done(models.TextChoices):
        PRIVATE_ROOM = "private_room", _("Taken to a private room")
        LOCATION = "location", _("Place confirmed aloud")
        CALLED_911 = "called_911", _("911 called")
        NALOXONE = "naloxone", _("Naloxone given")
        CALLED_988 = "called_988", _("988 called")
        CALLED_CONTACT = "called_contact", _("Emergency contact called")
        STAYED = "stayed", _("Stayed until help came")
        SUPERVISOR = "supervisor", _("Supervisor told")
        FOLLOWED_UP = "followed_up", _("Called them after it")
        CLOSED = "closed", _("Closed by a director")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="entries")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done = models.CharField(max_length=14, choices=Done.choices, blank=True)
    words = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(done="", words=""),
                name="entry_says_something",
                violation_error_message=_("Choose what was done, or write what happened."),
            ),
            models.CheckConstraint(
                condition=~Q(done="closed", words=""),
                name="closed_with_its_reason",
                violation_error_message=_("Say in a few words what was learned and what changes."),
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(done="closed"),
                name="incident_closed_once",
                violation_error_message=_("This is closed already. More can be added all the same."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="incident_entry_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class LicenseOverride(Row):
    """A clinical director let a patient take part in one session from a state where its leader has no license, and why.
    Source: RULE PRIV-35."""

    class Reason(models.TextChoices):
        TRAVEL = "travel", _("Travel emergency")
        OTHER = "other", _("Another reason")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="license_overrides")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=2)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient", "state"],
                name="license_overridden_once",
                violation_error_message=_("This person was let take part from there already."),
            ),
            models.CheckConstraint(
                condition=Q(reason="travel") | ~Q(words=""),
                name="another_reason_has_words",
                violation_error_message=_("Write the reason."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="override_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class CalledBack(Row):
    """A leader called the patient after the group, and says so, as a private word asked for or an answer promised."""

    word = models.OneToOneField(PrivateWord, on_delete=models.PROTECT, related_name="called_back")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="called_back_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
