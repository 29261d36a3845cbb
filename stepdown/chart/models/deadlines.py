"""What is due by when, for whom, and by which rule. A deadline moves with a reason only, and keeps its old date."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Episode
from stepdown.kernel.db import Row
from stepdown.people.models import Staff

MOVES_WITH_A_REASON = "A deadline moves with a reason, and its old date is kept."


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> "DeadlineQuerySet":
        """Not done, in an episode that goes on; of one that was completed, the calls after it."""
        calls = Q(episode__status=Episode.Status.COMPLETED, kind__in=Deadline.CALLS)
        return self.filter(Q(episode__ended_at=None) | calls, done_at=None)


@pghistory.track()
class Deadline(Row):
    """Due at `counted_from` plus `offset` when it is made, or soon after it where that had passed; `due_at` says when
    now. source: who asks for it. ended_why: set with done_at when it ended and what it asks for was not done.
    Source: RULE PROG-10: a data row with source, offset and owner; overdue ones are seen and never silently moved.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("First treatment plan")
        PLAN_REVIEW = "plan_review", _("Plan review")
        LEVEL_REVIEW = "level_review", _("Plan review after a new level of care")
        EVENT_REVIEW = "event_review", _("Plan review after an incident")
        WEEK_AFTER = "week_after", _("Call a week after IOP")
        MONTH_AFTER = "month_after", _("Call 30 days after IOP")

    CALLS = (Kind.WEEK_AFTER, Kind.MONTH_AFTER)

    class Source(models.TextChoices):
        PROGRAM = "program", _("Program")
        STATE = "state", _("State")
        PAYER = "payer", _("Payer")
        ACCREDITOR = "accreditor", _("Accreditor")

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.PROGRAM)
    counted_from = models.DateTimeField()
    offset = models.DurationField()
    due_at = models.DateTimeField()
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="deadlines")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.CharField(max_length=100, blank=True, default="", db_default="")

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [models.Index(fields=["due_at"], condition=Q(done_at=None), name="deadline_open_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "kind"],
                condition=Q(done_at=None),
                name="one_open_deadline_of_a_kind",
                violation_error_message=_("This is due already. Move that date instead."),
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="deadline_done_is_whole",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="deadline_moves_with_a_reason",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange("due_at", "counted_from", "offset", "source", "kind", "episode"),
                func=f"""
                    IF ROW(NEW.counted_from, NEW.offset, NEW.source, NEW.kind, NEW.episode_id)
                        IS NOT DISTINCT FROM ROW(OLD.counted_from, OLD.offset, OLD.source, OLD.kind, OLD.episode_id)
                        AND EXISTS (
                            SELECT 1 FROM chart_deadlinemove
                            WHERE deadline_id = NEW.id AND was_due_at = OLD.due_at AND due_at = NEW.due_at
                        )
                    THEN RETURN NEW; END IF;
                    RAISE EXCEPTION '{MOVES_WITH_A_REASON}';
                """,  # noqa: S608  # no input, constant words
            ),
            pgtrigger.Protect(name="deadline_stays", operation=pgtrigger.Delete),
        ]


class DeadlineMove(Row):
    """A deadline got another date: from which to which, why, by whom. Never changed."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="moves")
    was_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="move_has_its_reason",
                violation_error_message=_("Say why the date moves."),
            ),
            models.CheckConstraint(
                condition=~Q(due_at=F("was_due_at")),
                name="move_goes_somewhere",
                violation_error_message=_("Choose another date than the one it has."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="move_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
