"""Who was told that a note is late, so that each is told once."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.timetable.models import Session


class LateNote(Row):
    """The note of a session was not signed in time, and somebody was told."""

    class Told(models.TextChoices):
        WRITERS = "writers", _("Who writes it")  # a day after the session
        DIRECTORS = "directors", _("Directors")  # three days after it

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="late_notes")
    told = models.CharField(max_length=10, choices=Told.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "told"], name="told_of_a_late_note_once")]
        triggers = [pgtrigger.Protect(name="late_note_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
