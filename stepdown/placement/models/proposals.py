"""A plan for the waitlist, as it was asked for and worked out. It proposes; people approve."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Staff


class Proposal(Row):
    """`progress`: what is done now, seconds, goals so far. `plan`: as `matching.plan.Plan` writes it, with ids of
    episodes for people and of groups for groups; `options`: the groups it could open, by the names it has for them."""

    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    seed = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    progress = models.JSONField(default=dict, blank=True)
    plan = models.JSONField(null=True, blank=True)
    options = models.JSONField(default=dict, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, plan=None) | Q(done_at__isnull=False, plan__isnull=False),
                name="proposal_done_is_whole",
            ),
            models.UniqueConstraint(
                fields=["asked_by"],
                condition=Q(done_at=None, failed_at=None),
                name="one_plan_at_a_time",
                violation_error_message=_("A plan that you asked for is still being worked out."),
            ),
        ]
