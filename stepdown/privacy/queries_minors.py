"""What the center decided about people under 18, who has to sign, and what waits for a parent's signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from stepdown.kernel.decision import Decision
from stepdown.people.models import Patient, Supporter
from stepdown.privacy import texts, wording_minors
from stepdown.privacy.domain import consents as domain
from stepdown.privacy.domain import minors
from stepdown.privacy.domain.minors import Signs, StateRule
from stepdown.privacy.models import Consent, MinorRule, Parent, SharingConsent
from stepdown.ui.states import STATES


def rule_of(state: str, at: datetime) -> StateRule | None:
    """What counts in a state (two letters) at that moment; None where nothing was ever decided."""
    row = MinorRule.objects.filter(state=state, set_at__lte=at).first()
    return row.rule if row else None


def standing() -> list[MinorRule]:
    """What counts now, by state; of one where nobody is admitted any more, that."""
    newest = MinorRule.objects.order_by("state", "-set_at").distinct("state").select_related("set_by")
    return sorted(newest, key=lambda row: (not row.signs, row.get_state_display()))


def decided() -> QuerySet[MinorRule]:
    """Everything that was ever decided, the newest first."""
    return MinorRule.objects.select_related("set_by")


def may_be_admitted(*, born: date, day: date, state: str, at: datetime) -> Decision:
    """Whether the center admits somebody born then. day: where they are; state: two letters, or "" while nobody knows.
    No query for who is of age. Source: RULE PRIV-15."""
    is_minor = minors.is_minor(born, day)
    return minors.admit(born, day, dict(STATES).get(state, ""), rule_of(state, at) if is_minor else None)


def day_of(patient: Patient, at: datetime) -> date:
    """The day where the patient is."""
    return timezone.localdate(at, ZoneInfo(patient.time_zone))


def is_minor(patient: Patient, at: datetime) -> bool:
    return minors.is_minor(patient.date_of_birth, day_of(patient, at))


def who_signs(patient: Patient, at: datetime) -> Signs | None:
    """Who has to sign what this patient agrees to at that moment, by the rule of the state of their address; None: they
    are under 18, and no rule covers them. No query for who is of age."""
    day = day_of(patient, at)
    rule = rule_of(patient.state, at) if minors.is_minor(patient.date_of_birth, day) else None
    return minors.who_signs(patient.date_of_birth, day, rule)


# -- what waits for a parent


def agreements_waiting(patient: Patient) -> QuerySet[Consent]:
    """Agreements that the patient has signed, and a parent still has to."""
    both = Consent.objects.filter(patient=patient, signs=Signs.MINOR_AND_PARENT, revoked_at=None)
    return both.filter(parent_signature=None)


def waits_for_parent(patient: Patient, at: datetime | None = None) -> bool:
    """Whether an agreement of theirs is not in force because a parent has not signed it. Who is of age by now signs
    anew, alone: nothing of theirs waits. No query for them."""
    return is_minor(patient, at or timezone.now()) and agreements_waiting(patient).exists()


def parent_of_patient(patient: Patient) -> Parent | None:
    """Whom the patient has named to sign with them."""
    return Parent.objects.filter(patient=patient, ended_at=None).select_related("supporter", "patient").first()


def parent_behind(supporter: Supporter, at: datetime) -> Parent | None:
    """Who signs by this link; None when it is of no parent, of one who is replaced, or the patient is of age by now: a
    parent decides nothing for them from that day on."""
    parent = Parent.objects.filter(supporter=supporter, ended_at=None).select_related("patient", "supporter").first()
    return parent if parent and is_minor(parent.patient, at) else None


def needs_parent(patient: Patient, at: datetime) -> bool:
    """Whether they are under 18 and a parent signs with them, by the rule of now or of when they signed."""
    if not is_minor(patient, at):
        return False
    return who_signs(patient, at) == Signs.MINOR_AND_PARENT or bool(for_parent(patient, at)[0])


@dataclass(frozen=True)
class ForParent:
    """Something that a patient under 18 has signed and a parent signs too, as the parent reads it."""

    row: Consent | SharingConsent

    @property
    def pk(self) -> UUID:
        return self.row.pk

    @property
    def is_agreement(self) -> bool:
        return isinstance(self.row, Consent)

    @property
    def text(self) -> texts.Text:
        version = self.row.version if isinstance(self.row, Consent) else ""
        return texts.laid_out(self.row.text, version=version, language=self.row.language)

    def to_help(self, language: str) -> texts.Text | None:
        """The same version of an agreement in the language of who reads, when the patient signed it in another one.
        What is signed are the words that the patient signed."""
        if not isinstance(self.row, Consent):
            return None
        text = wording_minors.agreement(self.row.type, language, Signs(self.row.signs))
        is_same = (text.version, text.language != self.row.language) == (self.row.version, True)
        return text if is_same else None

    @property
    def title(self) -> str:
        return self.text.title

    @property
    def signature(self) -> str:
        return self.row.signed_name if isinstance(self.row, Consent) else self.row.signature

    @property
    def waits(self) -> bool:
        return self.row.waits_for_parent


def for_parent(patient: Patient, at: datetime) -> tuple[list[ForParent], list[ForParent]]:
    """What a parent still has to sign, and what they have signed; without what the patient has taken back, or is over.
    Three queries."""
    own = {"patient": patient, "signs": Signs.MINOR_AND_PARENT}
    agreements = Consent.objects.filter(**own, revoked_at=None).select_related("parent_signature__parent")
    shares = SharingConsent.objects.filter(**own, signed_at__isnull=False)
    shares = shares.select_related("patient", "recipient", "parent_signature__parent").prefetch_related("happened")
    rows: list[Consent | SharingConsent] = [
        *agreements.order_by("signed_at"),
        *_not_over(shares.order_by("signed_at"), at),
    ]
    found = [ForParent(row) for row in rows]
    return [one for one in found if one.waits], [one for one in found if not one.waits]


def _not_over(rows: Iterable[SharingConsent], at: datetime) -> list[SharingConsent]:
    return [row for row in rows if domain.is_complete_but_for_parent(row.as_domain(), at)]
