"""The waitlist, and what staff say to the chain of offers that empties it."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Episode
from stepdown.kernel.db import Row
from stepdown.people.models import Staff
from stepdown.placement.models.groups import Group


class Urgency(models.IntegerChoices):
    """How much it matters that somebody sits soon. The rules behind it are in `domain/waiting.py`."""

    FIRST = 1, _("First")
    SOON = 2, _("Soon")
    IN_TURN = 3, _("In turn")


@pghistory.track()
class Waiting(Row):
    """Somebody on the waitlist: how urgent, why, and since when. `set_by` and `set_why` when one of the staff judged
    it otherwise than the rules do. The row stays when they sit; whether they wait is the episode's status."""

    episode = models.OneToOneField(Episode, on_delete=models.CASCADE, related_name="waiting")
    since = models.DateTimeField()
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices)
    reasons = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    put_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["urgency", "since"], name="waiting_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(urgency__in=[1, 2, 3]),
                name="urgency_is_known",
                violation_error_message=_("Choose how urgent it is."),
            ),
            models.CheckConstraint(
                condition=Q(set_by=None, set_why="") | Q(set_by__isnull=False) & ~Q(set_why=""),
                name="urgency_set_with_a_reason",
                violation_error_message=_("Say why it is more or less urgent than the rules say."),
            ),
        ]


@pghistory.track()
class ChainStop(Row):
    """Chairs of this group are not offered by themselves, from `stopped_at` until somebody starts the chain again."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="chain_stops")
    stopped_at = models.DateTimeField(default=timezone.now)
    stopped_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(started_at=None),
                name="chain_stopped_once",
                violation_error_message=_("The offers of this group are stopped already."),
            ),
            models.CheckConstraint(
                condition=Q(started_at=None, started_by=None) | Q(started_at__isnull=False, started_by__isnull=False),
                name="chain_start_is_whole",
            ),
        ]


@pghistory.track()
class Skip(Row):
    """This person is passed over when the group's chairs are offered by themselves, until somebody takes that back."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="skips")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="skips")
    reason = models.CharField(max_length=300)
    skipped_at = models.DateTimeField(default=timezone.now)
    skipped_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "episode"],
                condition=Q(ended_at=None),
                name="skipped_once",
                violation_error_message=_("This person is passed over already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="skip_end_is_whole",
            ),
        ]
