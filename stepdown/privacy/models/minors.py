"""What the center decided about people under 18, state by state, and the parents who sign with them."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Staff, Supporter
from stepdown.privacy.domain.minors import OLDEST, YOUNGEST, Signs, StateRule
from stepdown.privacy.models.consents import Consent
from stepdown.privacy.models.sharing import SharingConsent
from stepdown.privacy.wording_minors import RELATIONS, RULES
from stepdown.ui.states import STATES


class MinorRule(Row):
    """From set_at on, people under 18 who take part from this state are admitted from this age, and sign so; the newest
    row of a state counts, and without one nobody is. signs: empty where nobody is admitted any more. source: the law.
    Source: RULE PRIV-15; 42 CFR 2.14."""

    state = models.CharField(max_length=2, choices=STATES)
    signs = models.CharField(max_length=20, choices=RULES.items(), blank=True)
    from_age = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300)
    why = models.CharField(max_length=300)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-set_at"]
        indexes = [models.Index(fields=["state", "-set_at"], name="minor_rule_of_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signs="", from_age=None) | (~Q(signs="") & Q(from_age__gte=YOUNGEST, from_age__lte=OLDEST)),
                name="minor_rule_has_its_age",
                violation_error_message=f"Enter an age from {YOUNGEST} to {OLDEST}.",
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(why=""),
                name="minor_rule_says_its_law",
                violation_error_message="Say which law it rests on, and why it is decided.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="minor_rule_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def rule(self) -> StateRule:
        if not self.signs or self.from_age is None:
            return StateRule(None)
        return StateRule(Signs(self.signs), self.from_age)

    @property
    def said(self) -> str:
        if not self.signs:
            return "Nobody under 18 is admitted"
        return f"From the age of {self.from_age}. Signs: {self.get_signs_display().lower()}"


@pghistory.track()
class Parent(Row):
    """Who signs with a patient under 18 where the law asks for both, as the patient named them. supporter: their link,
    and the number or address to which their code goes. text, signature: the patient's own consent, in writing, that we
    tell them of it; without one nothing is told. false_at, false_by, false_why: they were found to be nobody who may
    sign. Source: 42 CFR 2.14(b)(2), 2.31(c)(4)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="parents")
    supporter = models.OneToOneField(Supporter, on_delete=models.PROTECT, related_name="parent")
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=10, choices=RELATIONS.items())
    text = models.TextField()
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=120)
    named_at = models.DateTimeField(default=timezone.now)
    method = models.CharField(max_length=40)
    place = models.GenericIPAddressField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    false_at = models.DateTimeField(null=True, blank=True)
    false_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    false_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-named_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient"], condition=Q(ended_at=None), name="one_parent_at_a_time"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(text="") & ~Q(digest="") & ~Q(signature="") & ~Q(method=""),
                name="parent_is_named_in_writing",
                violation_error_message=_("Say who it is, and sign that we may tell them."),
            ),
            models.CheckConstraint(
                condition=Q(false_at=None, false_by=None, false_why="")
                | Q(false_at__isnull=False, false_by__isnull=False, ended_at__isnull=False) & ~Q(false_why=""),
                name="parent_is_found_false_whole",
            ),
        ]


SAME_WORDS = """
IF NOT EXISTS (
    SELECT 1 FROM privacy_parent parent
    WHERE parent.id = NEW.parent_id AND parent.ended_at IS NULL AND (
        EXISTS (SELECT 1 FROM privacy_sharingconsent own WHERE own.id = NEW.sharing_id
                AND own.patient_id = parent.patient_id AND own.digest = NEW.digest AND own.signs = 'minor_and_parent')
     OR EXISTS (SELECT 1 FROM privacy_consent own WHERE own.id = NEW.agreement_id
                AND own.patient_id = parent.patient_id AND own.digest = NEW.digest AND own.signs = 'minor_and_parent'))
) THEN
    RAISE EXCEPTION 'A parent signs the very words that the patient has signed, once both have to.';
END IF;
RETURN NEW;
"""


class ParentSignature(Row):
    """A parent's own signature under what the patient, a minor, has signed: a consent to share, or an agreement.
    digest: of the words, which are kept with the patient's; words: what they said of themself. signed_at, method,
    place: of their own act, on their own device. Source: RULE PRIV-15, PRIV-43."""

    parent = models.ForeignKey(Parent, on_delete=models.PROTECT, related_name="signatures")
    sharing = models.OneToOneField(
        SharingConsent, on_delete=models.PROTECT, null=True, blank=True, related_name="parent_signature"
    )
    agreement = models.OneToOneField(
        Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="parent_signature"
    )
    name = models.CharField(max_length=120)
    words = models.TextField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField(default=timezone.now)
    method = models.CharField(max_length=40)
    place = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sharing=None) ^ Q(agreement=None), name="parent_signs_one_thing_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(words="") & ~Q(digest="") & ~Q(method=""),
                name="parent_signs_whole",
                violation_error_message=_("A signature has its name, its time and the words that were signed."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="parent_signs_the_same_words",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=SAME_WORDS,
            ),
            pgtrigger.Protect(name="parent_signature_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    @property
    def said(self) -> str:
        """What was signed, in short, to staff."""
        if self.agreement:
            return self.agreement.get_type_display()
        sharing = self.sharing
        return f"Sharing with {sharing.recipient.name}" if sharing and sharing.recipient else "Sharing for payment"
