"""Records that came from elsewhere, with the notice they came with; and what is under part 2, as it was decided."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from stepdown.kernel.db import Row
from stepdown.kernel.sealed_fields import SealedBytes
from stepdown.people.models import Patient, Staff
from stepdown.privacy import part2
from stepdown.privacy.domain.labels import LABELED, Came, carried
from stepdown.privacy.wording_received import CAME, SOURCES

WRITTEN = [
    "patient", "source", "from_whom", "what", "received_on", "covers_from", "covers_until", "came", "words",
    "document", "digest", "put_in_at", "put_in_by",
]  # fmt: skip


@pghistory.track(exclude=["document"])
class ReceivedRecord(Row):
    """A file about a patient that a hospital, a court or another clinician sent. covers_from, covers_until: the days
    that it tells of. came: which notice of 42 CFR part 2 stood on it; words: that notice, where its words are others
    than those of the law. document, digest: the PDF file, and its SHA-256, in hexadecimal.

    It never changes. What was put into the wrong record is taken out, once, with the reason. Source: RULE PRIV-20.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="received")
    source = models.CharField(max_length=9, choices=[(each.value, said) for each, said in SOURCES.items()])
    from_whom = models.CharField(max_length=160)
    what = models.CharField(max_length=160)
    received_on = models.DateField()
    covers_from = models.DateField(null=True, blank=True)
    covers_until = models.DateField(null=True, blank=True)
    came = models.CharField(max_length=7, choices=[(each.value, said) for each, said in CAME.items()])
    words = models.TextField(blank=True)
    document = SealedBytes("privacy.receivedrecord.document")
    digest = models.CharField(max_length=64)
    put_in_at = models.DateTimeField(default=timezone.now, editable=False)
    put_in_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_out_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-received_on", "-put_in_at"]
        indexes = [models.Index(fields=["patient", "-received_on"], name="received_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_from=None, covers_until=None)
                | Q(covers_from__isnull=False, covers_until__gte=F("covers_from")),
                name="received_covers_days_in_order",
                violation_error_message="Enter the first and the last day that it covers, in their order.",
            ),
            models.CheckConstraint(
                condition=Q(came=Came.OTHER.value) & ~Q(words="") | ~Q(came=Came.OTHER.value) & Q(words=""),
                name="received_keeps_the_words_of_its_notice",
                violation_error_message="Copy the words of the notice that it came with.",
            ),
            models.CheckConstraint(
                condition=Q(taken_out_at=None, taken_out_by=None, taken_out_why="")
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False) & ~Q(taken_out_why=""),
                name="received_is_taken_out_with_a_reason",
                violation_error_message="Say why it is taken out.",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="received_stays_as_it_came", fields=WRITTEN),
            pgtrigger.Trigger(
                name="received_is_taken_out_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__taken_out_at__isnull=False),
                func="RAISE EXCEPTION 'Somebody took this out already.';",
            ),
            pgtrigger.Protect(name="received_is_kept", operation=pgtrigger.Delete),
        ]

    def carries(self, decided: bool | None) -> str:
        """The label that goes with it, word for word; "" for none. decided: as in `domain.labels`."""
        return carried(
            Came(self.came),
            words=self.words,
            whole=part2.statement(),
            short=part2.statement(whole=False),
            decided=decided,
        )


KEEPS_ITS_NOTICE = f"""
IF NEW.record_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM privacy_receivedrecord came
    WHERE came.id = NEW.record_id AND came.patient_id = NEW.patient_id
      AND (NEW.is_part2 OR came.came NOT IN ({", ".join(f"'{each.value}'" for each in LABELED)}))
) THEN
    RAISE EXCEPTION 'It came with a notice of 42 CFR part 2, which stays with it.';
END IF;
RETURN NEW;
"""


class Part2Decision(Row):
    """A privacy officer said whether a record is under 42 CFR part 2, and why: one that came from elsewhere; or,
    without one, the patient's record as a whole. The last counts; while there is none, it is. Source: RULE PRIV-01."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="part2_decisions")
    record = models.ForeignKey(
        ReceivedRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="part2_decisions"
    )
    is_part2 = models.BooleanField()
    why = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["patient", "-at"], name="part2_of_patient")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""), name="part2_is_decided_with_a_reason", violation_error_message="Say why."
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="received_keeps_its_notice",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=KEEPS_ITS_NOTICE,
            ),
            pgtrigger.Protect(name="part2_decision_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
