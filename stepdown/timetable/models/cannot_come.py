"""What patients say beforehand: that they cannot come to one session."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.timetable.domain.notice import is_late
from stepdown.timetable.models.sessions import Session


class CannotComeQuerySet(models.QuerySet["CannotCome"]):
    def standing(self) -> "CannotComeQuerySet":
        """Those that were not taken back, of a session that is still planned for when it was said."""
        return self.filter(taken_back_at=None, starts_at=F("session__starts_at"))


@pghistory.track()
class CannotCome(Row):
    """Somebody told us that this patient cannot come to this session, which is to begin at `starts_at`: for another
    time it is not said. excused: None until somebody judges it. recorded_by: empty when they said it on their own page.
    What follows for their attendance is confirmed by who leads."""

    class SaidBy(models.TextChoices):
        PATIENT = "patient", _("They themselves")
        FAMILY = "family", _("Family or a friend")
        OTHER = "other", _("Somebody else")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="cannot_come")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="cannot_come")
    starts_at = models.DateTimeField()
    told_at = models.DateTimeField()
    said_by = models.CharField(max_length=7, choices=SaidBy.choices, default=SaidBy.PATIENT)
    why = models.CharField(max_length=120, blank=True)
    excused = models.BooleanField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CannotComeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["patient"])]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient", "starts_at"],
                condition=Q(taken_back_at=None),
                name="cannot_come_is_said_once",
                violation_error_message=_("It is written down already that they cannot come to this session."),
            ),
            models.CheckConstraint(
                condition=Q(taken_back_by=None) | Q(taken_back_at__isnull=False),
                name="cannot_come_is_taken_back_at_a_time",
            ),
        ]

    @property
    def is_late(self) -> bool:
        return is_late(self.told_at, self.starts_at)

    @property
    def judged(self) -> str:
        """In words, what they are to us so far."""
        if self.excused:
            return str(_("excused"))
        in_time = _("cancelled late") if self.is_late else _("cancelled in time")
        return str(in_time if self.excused is False else _("not judged yet"))
