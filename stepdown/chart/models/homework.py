"""Homework: what a leader gave at the end of a session, and what each person did with it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session, Topic

STAYS = "Homework stays as it was given. Take it back, and give another one."


@pghistory.track()
class Homework(Row):
    """Given in one session, to everyone who sits in it or to some. topic: the tool of its handout is to be done; words:
    what the leader asks, instead of it or beside it. due_at: when the next session starts; None while there is none."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="homework")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__isnull=False) | ~Q(words=""),
                name="homework_says_what_to_do",
                violation_error_message=_("Choose the exercise of the handout, or write what to do."),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="homework_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="homework_stays_as_given",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange("session", "topic", "words", "given_by", "given_at"),
                func=f"RAISE EXCEPTION '{STAYS}';",
            ),
        ]


@pghistory.track()
class HomeworkOf(Row):
    """One person's own: done or not yet, with what they wrote about it."""

    homework = models.ForeignKey(Homework, on_delete=models.PROTECT, related_name="of")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="homework")
    answer = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["homework", "patient"], name="homework_once_each"),
            models.CheckConstraint(condition=Q(answer="") | Q(done_at__isnull=False), name="answered_is_done"),
        ]
        indexes = [models.Index(fields=["patient", "done_at"], name="homework_of_patient")]
