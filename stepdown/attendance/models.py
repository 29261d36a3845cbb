"""What the program records from stays: minutes and a status per patient and session."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Seat
from stepdown.timetable.models import Session

SEALED = _("The note of this session is signed, so its attendance is final.")


@pghistory.track()
class Attendance(Row):
    """One patient's part in one session. `stays` are [from, to] pairs (ISO) folded from the inbox; `minutes` the whole
    clinical minutes computed from them; `confirmed_minutes` what the leader stands for. Signing the note seals the row.
    Source: RULE PROG-02."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("To come")
        PRESENT = "present", _("There")
        LATE = "late", _("Came late")
        PARTIAL = "partial", _("In part")
        LEFT_EARLY = "left_early", _("Left early")
        NO_SHOW = "no_show", _("Missed")
        CANCELLED_PATIENT = "cancelled_patient", _("Cancelled by the patient")
        CANCELLED_LATE = "cancelled_late", _("Cancelled late")
        EXCUSED = "excused", _("Excused")
        CANCELLED_SITE = "cancelled_site", _("Cancelled by us")
        MADE_UP = "made_up", _("Made up")

    THERE = (Status.PRESENT, Status.LATE, Status.PARTIAL, Status.LEFT_EARLY, Status.MADE_UP)
    # What a leader may say of someone who was not there.
    ABSENCES = (
        Status.NO_SHOW,
        Status.EXCUSED,
        Status.CANCELLED_PATIENT,
        Status.CANCELLED_LATE,
        Status.CANCELLED_SITE,
    )

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(max_length=18, choices=Status.choices, default=Status.SCHEDULED)
    stays = models.JSONField(default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    computed_at = models.DateTimeField(default=timezone.now)
    confirmed_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    correction_reason = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["patient", "session"]),
            # Few rows are open at any time; lists of what waits read these only.
            models.Index(fields=["session"], condition=Q(sealed_at=None), name="attendance_not_sealed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "patient"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, confirmed_minutes=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, confirmed_minutes__isnull=False),
                name="confirmation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at=None) | Q(confirmed_at__isnull=False),
                name="only_confirmed_is_sealed",
                violation_error_message=_("Confirm the attendance first."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sealed_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__sealed_at__isnull=False),
                func=f"RAISE EXCEPTION '{SEALED}';",
            )
        ]

    @property
    def counted(self) -> int:
        """The minutes that stand: those the leader confirmed, until then those computed."""
        return self.minutes if self.confirmed_minutes is None else self.confirmed_minutes

    @property
    def version(self) -> str:
        """Of what stands: another one with other minutes, and with each confirmation."""
        return f"{self.counted} {self.confirmed_at.isoformat() if self.confirmed_at else ''}".strip()

    @property
    def was_there(self) -> bool:
        return self.status in self.THERE

    @property
    def is_corrected(self) -> bool:
        return self.confirmed_minutes is not None and self.confirmed_minutes != self.minutes
