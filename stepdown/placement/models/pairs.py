"""Who is not to sit together, who would like to, and what a person wishes for."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Band, Episode
from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff
from stepdown.placement.models.groups import Language, Tag


@pghistory.track()
class Pair(Row):
    """Two people who are kept apart, or would like to sit together: two patients, or a patient and one of the staff.

    Two patients are written down in the order of their ids. What they are to each other, and why, is for who entered it
    and the director. That no seat joins a pair that is kept apart is held by a trigger on the seat.
    Source: program manual, "Group composition", do not place together.
    """

    class Kind(models.TextChoices):
        RELATIVES = "relatives", _("Relatives")
        PARTNERS = "partners", _("Partners")
        COWORKERS = "coworkers", _("Co-workers")
        CODEFENDANTS = "codefendants", _("Co-defendants")
        NO_CONTACT = "no_contact", _("No-contact order")
        CONFLICT = "conflict", _("A conflict")
        ACQUAINTED = "acquainted", _("Know each other otherwise")

    one = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="pairs")
    other = models.ForeignKey(Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="pairs_with")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, blank=True, related_name="pairs")
    apart = models.BooleanField(default=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(other=None) ^ Q(staff=None),
                name="pair_is_of_two",
                violation_error_message=_("Choose one other person."),
            ),
            models.CheckConstraint(
                condition=Q(other=None) | Q(one__lt=F("other")),
                name="pair_is_in_order",
                violation_error_message=_("Choose somebody else: nobody is kept apart from themselves."),
            ),
            models.CheckConstraint(
                condition=Q(staff=None) | Q(apart=True),
                name="staff_are_kept_apart_only",
                violation_error_message=_("Staff and patients can only be kept apart."),
            ),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(ended_at=None),
                name="pair_once",
                violation_error_message=_("These two are written down already. End that first."),
            ),
            models.UniqueConstraint(
                fields=["one", "staff"],
                condition=Q(ended_at=None),
                name="staff_pair_once",
                violation_error_message=_("These two are written down already. End that first."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="pair_end_is_whole",
            ),
        ]


@pghistory.track()
class Wishes(Row):
    """What a person would like and can do without, and what is true of them that a group may be meant for. Needs (time,
    license, keep-apart) are elsewhere and forbid; wishes only weigh."""

    episode = models.OneToOneField(Episode, on_delete=models.CASCADE, related_name="wishes")
    band = models.CharField(max_length=10, choices=Band.choices, blank=True)
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    language = models.CharField(max_length=5, choices=Language.choices, blank=True)
    tags = ArrayField(models.CharField(max_length=20, choices=Tag.choices), default=list, blank=True)
    true_of = ArrayField(models.CharField(max_length=20, choices=Tag.choices), default=list, blank=True)
