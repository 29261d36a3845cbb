"""Drug tests: how often they fall, each of them with its notice and collection, what came of it, and the talk about it.
Coming tests are not stored: a job draws day by day, and a row begins on the day of its notice."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stepdown.chart.domain import drug_tests as domain
from stepdown.chart.models.returns import ReturnToUse, final
from stepdown.kernel.db import Row
from stepdown.live.models.lasting import final_once, kept
from stepdown.people.models import Patient, Staff


class Panel(models.TextChoices):
    ETG = "etg", _("Alcohol, EtG and EtS")
    PETH = "peth", _("Alcohol, PEth")
    BREATH = "breath", _("Alcohol, breath")
    FENTANYL = "fentanyl", _("Fentanyl")
    OPIOIDS = "opioids", _("Opioids")
    STIMULANTS = "stimulants", _("Amphetamines")
    COCAINE = "cocaine", _("Cocaine")
    BENZOS = "benzos", _("Benzodiazepines")
    CANNABIS = "cannabis", _("Cannabis")
    BUPRENORPHINE = "buprenorphine", _("Buprenorphine")
    METHADONE = "methadone", _("Methadone")


class Way(models.TextChoices):
    LAB = "lab", _("At a lab near them")
    ORAL = "oral", _("Mouth swab, seen on video")
    BREATH = "breath", _("Breath device with camera")
    BLOOD = "blood", _("Dried blood by mail")


class DrugTestSchedule(Row):
    """How often somebody is tested: between two tests at least min_days and at most max_days, by chance. always: what
    each test looks for; sometimes: what some look for as well. Ends when another one takes its place."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="test_schedules")
    min_days = models.PositiveSmallIntegerField()
    max_days = models.PositiveSmallIntegerField()
    always = ArrayField(models.CharField(max_length=14, choices=Panel.choices))
    sometimes = ArrayField(models.CharField(max_length=14, choices=Panel.choices), default=list, blank=True)
    way = models.CharField(max_length=6, choices=Way.choices)
    looked_on = models.DateField(null=True, blank=True, help_text="The day for which chance was asked last.")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(ended_at=None),
                name="one_test_schedule_at_a_time",
                violation_error_message=_("Somebody else set how often just now. Look at it, then change it."),
            ),
            models.CheckConstraint(
                condition=Q(min_days__gte=1, max_days__gt=F("min_days"), max_days__lte=domain.LONGEST),
                name="test_gaps_leave_a_choice",
                violation_error_message=_("Leave at least two days to choose from, and at most 90."),
            ),
            models.CheckConstraint(
                condition=~Q(always=[]),
                name="test_looks_for_something",
                violation_error_message=_("Choose what each test looks for."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="test_schedule_stays", exclude=["looked_on", "ended_at", "ended_by"]),
            final_once("ended_at", "test_schedule_ended_is_final"),
            kept("test_schedule_is_kept"),
        ]

    @property
    def gaps(self) -> tuple[int, int]:
        return self.min_days, self.max_days

    @property
    def always_said(self) -> list[str]:
        return [str(Panel(one).label) for one in self.always]

    @property
    def sometimes_said(self) -> list[str]:
        return [str(Panel(one).label) for one in self.sometimes]


class DrugTest(Row):
    """One test. on: the patient's day. notice_at: when they are told, not before; notified_at: when they were. due_at:
    by when it is collected. ask_by: by when somebody asks why it was not, set when its time has passed and who answers
    for them is told. asked_by: None when chance chose the day. What it looks for stays once they were told; final once
    it is collected."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="drug_tests")
    on = models.DateField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    panels = ArrayField(models.CharField(max_length=14, choices=Panel.choices))
    way = models.CharField(max_length=6, choices=Way.choices)
    notice_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    ask_by = models.DateTimeField(null=True, blank=True)
    collected_at = models.DateTimeField(null=True, blank=True)
    collected_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    identity_checked = models.BooleanField(default=False)
    kit_lot = models.CharField(max_length=40, blank=True)
    kit_expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-notice_at"]
        indexes = [
            models.Index(fields=["patient", "-notice_at"]),
            models.Index(fields=["notice_at"], condition=Q(notified_at=None), name="drug_test_to_notify"),
            models.Index(fields=["due_at"], condition=Q(collected_at=None, ask_by=None), name="drug_test_to_ask_about"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["patient", "on"], name="one_drug_test_a_day"),
            models.CheckConstraint(
                condition=Q(notified_at=None, due_at=None) | Q(notified_at__isnull=False, due_at__isnull=False),
                name="drug_test_notice_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(collected_at=None, collected_by=None)
                | Q(collected_at__gte=F("notified_at"), collected_by__isnull=False, identity_checked=True),
                name="collected_after_the_notice_from_them",
                violation_error_message=_("A test is collected after its notice, from the person it is of."),
            ),
            models.CheckConstraint(
                condition=Q(collected_at=None) | ~Q(way="oral") | ~Q(kit_lot="") & Q(kit_expires_on__isnull=False),
                name="seen_kit_has_its_lot",
                violation_error_message=_("Write down the lot of the kit and when it expires."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="drug_test_stays", fields=["patient", "on"]),
            pgtrigger.Protect(
                name="drug_test_told_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.notified_at IS NOT NULL AND (OLD.asked_by_id, OLD.panels, OLD.way, OLD.notice_at)"
                    " IS DISTINCT FROM (NEW.asked_by_id, NEW.panels, NEW.way, NEW.notice_at)"
                ),
            ),
            final_once("collected_at", "drug_test_collected_is_final"),
            kept("drug_test_is_kept"),
        ]

    @property
    def panels_said(self) -> list[str]:
        return [str(Panel(one).label) for one in self.panels]

    @property
    def counts(self) -> "DrugTestResult | None":
        """The result that counts: the definitive one, else the presumptive one."""
        found = {result.stage: result for result in self.results.all()}
        return found.get(DrugTestResult.Stage.DEFINITIVE) or found.get(DrugTestResult.Stage.PRESUMPTIVE)

    @property
    def talked(self) -> "DrugTestTalk | None":
        return next(iter(self.talks.all()), None)

    @property
    def is_past(self) -> bool:
        """Its time has passed and nobody wrote down that it was collected."""
        return self.collected_at is None and self.due_at is not None and self.due_at <= timezone.now()

    @property
    def state(self) -> str:
        """notified, missed (to ask about), collected, confirm (to be confirmed), talk (to talk about), done."""
        counts, talked = self.counts, self.talked
        if counts is None:
            return "collected" if self.collected_at else "missed" if self.is_past else "notified"
        if counts.talk_by and talked is None:
            return "missed" if counts.result == DrugTestResult.Said.MISSED else "talk"
        if talked and talked.came == DrugTestTalk.Came.CONFIRM and counts.stage == DrugTestResult.Stage.PRESUMPTIVE:
            return "confirm"
        return "done"


class DrugTestResult(Row):
    """What a test found, in the words of the rule. shared: how the patient learned of it; it is on their page as soon
    as it is written. talk_by: by when somebody talks with them about an unexpected or a missed one."""

    class Stage(models.TextChoices):
        PRESUMPTIVE = "presumptive", _("Presumptive")
        DEFINITIVE = "definitive", _("Definitive")

    class Said(models.TextChoices):
        NEGATIVE = domain.Result.NEGATIVE, _("negative")
        EXPECTED = domain.Result.EXPECTED, _("positive (expected/prescribed)")
        UNEXPECTED = domain.Result.UNEXPECTED, _("positive (unexpected)")
        INVALID = domain.Result.INVALID, _("invalid")
        MISSED = domain.Result.MISSED, pgettext_lazy("of a drug test", "missed")

    class Shared(models.TextChoices):
        TOGETHER = "together", _("Looked at it together")
        PHONE = "phone", _("Told them by phone")
        PAGE = "page", _("They read it on their page")

    test = models.ForeignKey(DrugTest, on_delete=models.PROTECT, related_name="results")
    stage = models.CharField(max_length=11, choices=Stage.choices)
    result = models.CharField(max_length=20, choices=Said.choices)
    shared = models.CharField(max_length=8, choices=Shared.choices)
    words = models.CharField(max_length=300, blank=True)
    talk_by = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["test", "stage"],
                name="one_result_of_a_stage",
                violation_error_message=_("This result is written down already."),
            ),
            models.CheckConstraint(
                condition=~Q(result="missed", stage="definitive"), name="missed_is_never_definitive"
            ),
        ]
        triggers = [final("drug_test_result_is_final")]


class DrugTestTalk(Row):
    """The talk about an unexpected or a missed result, once: to understand, not to punish. event: the return to use
    that was told in it."""

    class Came(models.TextChoices):
        EXPLAINED = "explained", _("They explained it")
        CONFIRM = "confirm", _("They dispute it: to be confirmed by a definitive test")
        RETURN = "return", _("They told of a return to use")

    test = models.ForeignKey(DrugTest, on_delete=models.PROTECT, related_name="talks")
    came = models.CharField(max_length=10, choices=Came.choices)
    words = models.TextField(max_length=2000)
    event = models.ForeignKey(ReturnToUse, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["test"],
                name="talked_once",
                violation_error_message=_("The talk about this test is written down already."),
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="talk_is_said_in_words",
                violation_error_message=_("Say in a few words what you talked about."),
            ),
        ]
        triggers = [final("drug_test_talk_is_final")]
