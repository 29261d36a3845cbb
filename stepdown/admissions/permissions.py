"""Who may do what in admissions, and the sentence when they may not."""

from dataclasses import dataclass

from django.utils import timezone

from stepdown.admissions import interview
from stepdown.admissions.domain import parts
from stepdown.admissions.domain.advice import EMERGENCY_NOW
from stepdown.admissions.domain.answers import value_at
from stepdown.admissions.models import Assessment, Inquiry
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people import queries as people
from stepdown.people.models import Role, Staff
from stepdown.people.supervision import supervision_on
from stepdown.ui.when import in_words

TEAM = (Role.ADMISSIONS, Role.COUNSELOR, Role.DIRECTOR)


@dataclass(frozen=True)
class Rule(Decision):
    """A decision about the facts rather than the person: breaking it is told beside the form."""

    def or_break(self) -> None:
        """Raises RuleBroken with the reason when the answer is no."""
        if not self.allowed:
            raise RuleBroken(self.reason)


def work_on(staff: Staff, inquiry: Inquiry) -> Decision:
    """Call, assess, assign or close."""
    if not staff.has_role(*TEAM):
        return refuse("Only the care team works on inquiries.")
    if inquiry.closed_at:
        return refuse("This inquiry is closed. Take a new one when the person calls again.")
    return ALLOW


def licensed_to_decide(staff: Staff) -> bool:
    """A clinical director, or someone with a license that is valid today."""
    return staff.has_role(Role.DIRECTOR) or people.licenses_on(timezone.localdate()).filter(staff=staff).exists()


def offers_seats(staff: Staff) -> bool:
    """Whether this person goes on to choose a seat; a counselor who decides leaves that to admissions."""
    return staff.has_role(Role.ADMISSIONS, Role.DIRECTOR)


def decide(staff: Staff, assessment: Assessment) -> Decision:
    """Decide the level of care: everything is known, no danger is open, and the person is licensed.

    Who is under 18 only where the center admits minors. Source: program manual, "Level of care": advice is for review;
    a licensed person decides; glossary, "clinical supervisor": signs for associate staff; RULE PRIV-15.
    """
    if assessment.decided_at:
        return refuse("This assessment is decided. It stays as it was then.")
    if assessment.dangers.filter(done_at=None).exists():
        return refuse("Danger comes first. Say what was done about it, then decide.")
    advice = assessment.advice or {}
    by_age = interview.admits_minors(assessment)
    if not by_age and advice.get("advice") != EMERGENCY_NOW:
        return by_age
    if advice.get("missing", ["everything"]):
        unfinished = sum(not each.done for each in parts.progress(assessment.answers, assessment.about))
        return refuse(f"{_parts(max(1, unfinished))} not finished. A licensed person signs the decision.")
    if not licensed_to_decide(staff):
        return refuse("A licensed person signs the decision. Hand it to a counselor or the clinical director.")
    if under := supervision_on(staff, timezone.localdate()):
        return refuse(
            f"You work under supervision. {under.supervisor.name} or a licensed colleague signs the decision."
        )
    return ALLOW


def _parts(count: int) -> str:
    return "One part is" if count == 1 else f"{in_words(count).capitalize()} parts are"


def admit(assessment: Assessment) -> Rule:
    """Admit to a program of ours: in a state we are licensed in, with the facts a chart needs, and nobody under 18
    unless the center admits minors there.

    Source: program manual, "Level of care", telehealth fit: T3 blocks admission; RULE PRIV-15.
    """
    advice = assessment.advice or {}
    if advice.get("advice") == EMERGENCY_NOW:
        return Rule(False, "Danger comes first. Admit them when it is over and the answers say so.")
    if not (by_age := interview.admits_minors(assessment)):
        return Rule(False, by_age.reason)
    missing = parts.facts_missing(assessment.about)
    if missing:
        return Rule(False, f"To admit them, still ask for: {', '.join(missing)}.")
    if value_at(assessment.answers, "telehealth.in_licensed_state") is not True:
        return Rule(
            False,
            "No counselor here is licensed in the state where this person is, so we cannot admit them. "
            "Refer them to care there.",
        )
    return Rule(True)
