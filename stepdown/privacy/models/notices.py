"""The center's notice of privacy practices, version by version, and who got which."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff

FINAL = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Notice(Row):
    """One published version, final from then on. written_*: with places in brackets, as the next version begins from;
    text_*: as people read it; digest_*: of it. effective_on: the day from which it is the notice of the center.
    is_material: everybody in care gets it anew; changed_*: what is new, in the words they read, empty in the first.
    Source: RULE PRIV-30; 42 CFR 2.22."""

    number = models.PositiveSmallIntegerField()
    effective_on = models.DateField()
    is_material = models.BooleanField()
    changed_en = models.TextField(blank=True)
    changed_es = models.TextField(blank=True)
    contact = models.CharField(max_length=120)
    phone = models.CharField(max_length=16)
    email = models.EmailField()
    written_en = models.TextField()
    written_es = models.TextField()
    text_en = models.TextField()
    text_es = models.TextField()
    digest_en = models.CharField(max_length=64)
    digest_es = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                name="notice_has_one_text_a_version",
                violation_error_message=_("Somebody published a version while your page was open. Read it first."),
            ),
            models.CheckConstraint(
                condition=Q(number=1, is_material=True) | Q(number__gt=1) & ~Q(changed_en="") & ~Q(changed_es=""),
                name="notice_says_what_changed",
                violation_error_message=_("Say in both languages what is new."),
            ),
            models.CheckConstraint(
                condition=~Q(contact="") & ~Q(phone="") & ~Q(email="") & ~Q(text_en="") & ~Q(text_es=""),
                name="notice_is_whole",
            ),
        ]
        triggers = [FINAL]

    def text(self, language: str) -> str:
        return self.text_es if language.startswith("es") else self.text_en

    def digest(self, language: str) -> str:
        return self.digest_es if language.startswith("es") else self.digest_en

    def changed(self, language: str) -> str:
        return self.changed_es if language.startswith("es") else self.changed_en


class NoticeDelivery(Row):
    """That one patient got one version: on their own screen, or on paper from one of the staff, who then wrote it down.
    Confirming it is theirs to refuse: why it is not confirmed is kept with the effort. digest: of what they got.
    Source: RULE PRIV-30; 45 CFR 164.520(c)(2)(ii)."""

    class Way(models.TextChoices):
        SCREEN = "screen", _("On their own screen")
        PAPER = "paper", _("On paper")

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("They confirmed it")
        DECLINED = "declined", _("They did not want to confirm it")
        UNABLE = "unable", _("They were not able to confirm it")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="notices")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)
    way = models.CharField(max_length=6, choices=Way.choices)
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    why = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-given_at"]
        indexes = [models.Index(fields=["patient", "notice"], name="notice_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="confirmed", why="") | ~Q(outcome="confirmed") & ~Q(why=""),
                name="notice_not_confirmed_says_why",
                violation_error_message=_("Write why they did not confirm it."),
            ),
            models.CheckConstraint(
                condition=Q(way="screen", recorded_by=None) | Q(way="paper", recorded_by__isnull=False),
                name="notice_on_paper_is_recorded_by_somebody",
            ),
            models.CheckConstraint(condition=Q(given_at__lte=F("recorded_at")), name="notice_is_given_before_recorded"),
        ]
        triggers = [FINAL]
