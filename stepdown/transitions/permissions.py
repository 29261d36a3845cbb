"""Who may plan steps between levels and end care, and the sentence for whoever may not."""

from stepdown.admissions.models import Episode
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.placement.models import Seat
from stepdown.transitions import queries


def decide(staff: Staff, episode: Episode, seat: Seat | None = None) -> Decision:
    """Whether this person decides over the patient's next level: their counselor, the leaders of the group they sit in
    (or sat in last), or a director. Advice never decides. seat: where it is known; else it is looked up.
    Source: level-of-care rules, "Reassessment and transitions"."""
    if staff.has_role(Role.DIRECTOR) or episode.patient.counselor_id == staff.pk:
        return ALLOW
    seat = seat or queries.seat_to_leave(episode)
    if seat and staff.pk in (seat.group.leader_id, seat.group.co_leader_id):
        return ALLOW
    return refuse("Only the patient’s counselor, a leader of their group or a clinical director decides this.")


def step_down(staff: Staff, episode: Episode, seat: Seat | None) -> Decision:
    """Whether they may plan the step down to Aftercare now."""
    if not (may := decide(staff, episode)):
        return may
    if episode.status != Episode.Status.ACTIVE:
        return refuse("This patient is not in care now.")
    if seat is None or seat.group.program.is_aftercare:
        return refuse("This patient does not sit in an IOP group now, so there is nothing to step down from.")
    return ALLOW


def rate(staff: Staff, episode: Episode) -> Decision:
    """Whether they may rate this patient again."""
    if not (may := decide(staff, episode)):
        return may
    if episode.status != Episode.Status.ACTIVE:
        return refuse("This patient is not in care now.")
    return ALLOW


def return_to_iop(staff: Staff, episode: Episode, seat: Seat | None) -> Decision:
    """Whether they may plan the way back from Aftercare to IOP now."""
    if not (may := decide(staff, episode)):
        return may
    if episode.status != Episode.Status.ACTIVE:
        return refuse("This patient is not in care now.")
    if seat is None or not seat.group.program.is_aftercare:
        return refuse("This patient does not sit in an Aftercare group now.")
    return ALLOW


def discharge(staff: Staff, episode: Episode) -> Decision:
    """Whether they may end the episode."""
    if not (may := decide(staff, episode)):
        return may
    if episode.ended_at:
        return refuse("This episode of care has already ended.")
    return ALLOW
