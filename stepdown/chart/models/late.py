"""Who was told that a note or a co-signature is late, so that each is told once."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stepdown.chart.models.contacts import ContactNote
from stepdown.chart.models.notes import NotePart
from stepdown.kernel.db import Row
from stepdown.timetable.models import Session


class LateNote(Row):
    """Somebody was told: that the note of a session, or of a contact, is not signed in time; that a part or the note of
    a contact is not co-signed. What was told of a draft goes with it when it is thrown away."""

    class Told(models.TextChoices):
        WRITERS = "writers", _("Who writes it")  # a day after the session
        DIRECTORS = "directors", _("Directors")  # three days after it
        COSIGN_NEAR = "cosign_near", _("Supervisor, two days before")
        COSIGN_LATE = "cosign_late", _("Supervisor, when it is due")
        COSIGN_DIRECTORS = "cosign_directors", _("Directors, three days past it")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="late_notes")
    part = models.ForeignKey(NotePart, on_delete=models.PROTECT, null=True, blank=True, related_name="late_notes")
    contact = models.ForeignKey(ContactNote, on_delete=models.CASCADE, null=True, blank=True, related_name="late_notes")
    told = models.CharField(max_length=20, choices=Told.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "told"], name="told_of_a_late_note_once"),
            models.UniqueConstraint(fields=["part", "told"], name="told_of_a_late_part_once"),
            models.UniqueConstraint(fields=["contact", "told"], name="told_of_a_late_contact_once"),
            models.CheckConstraint(
                condition=Q(session__isnull=False, part=None, contact=None)
                | Q(session=None, part__isnull=False, contact=None)
                | Q(session=None, part=None, contact__isnull=False),
                name="late_is_one_note",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="late_note_stays_as_it_was", operation=pgtrigger.Update),
            pgtrigger.Protect(
                name="late_note_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.contact_id IS NULL"),
            ),
        ]
