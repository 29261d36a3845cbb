"""Who answers, who sees scores, who acts, and the sentence when they may not."""

from django.utils.translation import gettext as _

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.kernel.instruments import Definition
from stepdown.measures.models import Administration, WorkItem
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.models import Seat

CLINICAL = (Role.COUNSELOR, Role.DIRECTOR, Role.ADMISSIONS)
DIRECTS = (Role.DIRECTOR,)
READS_RATES = (Role.COUNSELOR, Role.DIRECTOR)


def self_rated(definition: Definition) -> bool:
    """Whether a patient may answer it alone."""
    return definition.respondent.startswith(("self", "either"))


def answer(administration: Administration, definition: Definition) -> Decision:
    """Whether the patient whose it is can answer now."""
    if not self_rated(definition):
        return refuse(_("We ask these questions together. You need not do anything."))
    if not definition.has_text:
        return refuse(_("We cannot show these questions yet."))
    if administration.finished_at:
        return refuse(_("You have sent these answers already. Thank you."))
    if administration.lapsed_at:
        return refuse(_("These questions are not asked any more. Newer ones take their place."))
    return ALLOW


def see_scores(staff: Staff, patient: Patient) -> Decision:
    """Leaders of the patient's group and their counselor, the clinical director; admissions until somebody sits in a
    group. Source: RULE PRIV-33 (minimum necessary)."""
    if staff.has_role(Role.DIRECTOR, Role.COUNSELOR):
        return ALLOW
    if not staff.has_role(Role.ADMISSIONS):
        return refuse("The care team sees answers and scores.")
    if Seat.objects.accepted().filter(patient=patient).exists():
        return refuse("Once somebody sits in a group, its leaders and the clinical director see answers and scores.")
    return ALLOW


def enter(administration: Administration, definition: Definition) -> Decision:
    """Whether staff can fill it in now."""
    if not definition.has_text:
        return refuse("Its words are not loaded yet. A clinical director loads its text pack.")
    if administration.finished_at:
        return refuse("These answers are finished. Ask the questions again instead.")
    if administration.lapsed_at:
        return refuse("These questions are not asked any more. Give them again instead.")
    return ALLOW


def settle(item: WorkItem) -> Decision:
    """Whoever sees it may write down what was done: in an emergency nobody waits for its owner."""
    return refuse("What was done about this is written down already.") if item.settled_at else ALLOW


def take(staff: Staff, item: WorkItem) -> Decision:
    if item.settled_at:
        return refuse("What was done about this is written down already.")
    return refuse("This is yours already.") if item.owner_id == staff.pk else ALLOW
