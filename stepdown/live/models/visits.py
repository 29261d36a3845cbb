"""Who is in one session beside its leaders and patients: observers, supervisors, guests. Rows are kept."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.live.models.lasting import kept
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session


class Visit(Row):
    """Someone who may be in the room of one session, and nowhere else. One of the staff observes or supervises; a guest
    is a `name` with the reason (`why`) that the group reads. A guest comes in once a leader lets them (`let_in_at`).
    `device`: digest of what the browser holds that opened the guest's link first."""

    class Role(models.TextChoices):
        SUPERVISOR = "supervisor", _("Clinical supervisor")
        OBSERVER = "observer", _("Observer")
        GUEST = "guest", _("Guest")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="visits")
    role = models.CharField(max_length=10, choices=Role.choices)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    device = models.CharField(max_length=64, blank=True)
    let_in_at = models.DateTimeField(null=True, blank=True)
    let_in_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    out_at = models.DateTimeField(null=True, blank=True)
    out_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["session"])]
        constraints = [
            models.CheckConstraint(
                condition=(Q(role="guest", staff=None) & ~Q(name="") & ~Q(why=""))
                | (Q(role__in=["observer", "supervisor"], staff__isnull=False, name="")),
                name="visit_is_staff_or_a_named_guest",
            ),
            models.UniqueConstraint(
                fields=["session", "staff"],
                condition=Q(out_at=None),
                name="visits_once",
                violation_error_message=_("This colleague is named for this session already."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="visit_that_is_over_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__out_at__isnull=False),
            ),
            kept("visit_is_kept"),
        ]

    @property
    def called(self) -> str:
        """What the group hears."""
        return self.staff.first_name if self.staff else self.name


class VisitAnswer(Row):
    """What a patient said when asked whether this guest may see and hear them; the last answer holds. `text` is the
    question as they read it. Source: 42 CFR 2.31 (being seen in the group by an outsider tells of treatment)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="answers")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["visit", "patient", "-at"])]
        triggers = [
            pgtrigger.Protect(name="visit_answer_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
