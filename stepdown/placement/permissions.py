"""Who may do what with groups and seats, and the sentence when they may not."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Episode
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.domain.states import SeatState
from stepdown.placement.models import Group, Pair, Seat
from stepdown.placement.queries import admits, knows_why, level_now, seat_state
from stepdown.placement.services import why_not
from stepdown.privacy import permissions_notice as notice

# Who opens which pages.
DIRECTS = (Role.DIRECTOR,)
SEATS = (Role.ADMISSIONS, Role.DIRECTOR)
SEES_GROUPS = (Role.ADMISSIONS, Role.COUNSELOR, Role.DIRECTOR)
SAY_YES_OR_NO = _("Choose yes or no.")


def offer_seats(staff: Staff) -> Decision:
    if not staff.has_role(*SEATS):
        return refuse("Admissions and the clinical director offer seats. Ask one of them.")
    return ALLOW


def offer_in(episode: Episode, group: Group) -> Decision:
    """Whether a seat in that group leaves someone who is in care at their level; a step to another one is planned."""
    if episode.status == Episode.Status.ACTIVE and group.program.level != level_now(episode):
        return refuse(f"{group.program.name} is another level of care. Plan the step there from the patient’s page.")
    return ALLOW


def withdraw_seat(staff: Staff, seat: Seat, now: datetime) -> Decision:
    allowed = offer_seats(staff)
    if not allowed:
        return allowed
    state = seat_state(seat, now)
    if state in (SeatState.HELD, SeatState.WITHDRAWN):
        return ALLOW  # also a second time, as one presses a button twice
    return refuse("Only an offer that is still open can be taken back.")


def move_seat(staff: Staff, seat: Seat, now: datetime) -> Decision:
    allowed = offer_seats(staff)
    if not allowed:
        return allowed
    if seat_state(seat, now) is not SeatState.ACCEPTED:
        return refuse("Only someone who has accepted their seat can move to another group.")
    return ALLOW


def answer_seat(patient: Patient, seat: Seat, now: datetime) -> Decision:
    """Whether the patient can still say yes or no."""
    state = seat_state(seat, now)
    return ALLOW if state is SeatState.HELD else refuse(why_not(state))


def say_yes(seat: Seat) -> Decision:
    """Whether they may say yes now: nobody is admitted without the privacy notice. Source: RULE PRIV-30."""
    return notice.admit(seat.patient) if admits(seat) else ALLOW


def create_groups(staff: Staff) -> Decision:
    if not staff.has_role(*DIRECTS):
        return refuse("Only the clinical director opens a group.")
    return ALLOW


def change_programs(staff: Staff) -> Decision:
    if not staff.has_role(*DIRECTS):
        return refuse("Only the clinical director changes programs.")
    return ALLOW


def run_chain(staff: Staff) -> Decision:
    """Stopping and starting the offers of a group, and passing a person over."""
    return offer_seats(staff)


def wait(staff: Staff, episode: Episode) -> Decision:
    """Whether this person can be put on the waitlist, or taken off it."""
    allowed = offer_seats(staff)
    if not allowed:
        return allowed
    if episode.status not in (Episode.Status.PLANNED, Episode.Status.WAITLIST):
        return refuse("Only someone who has not started yet can wait for a seat.")
    return ALLOW


def end_pair(staff: Staff, pair: Pair) -> Decision:
    if not knows_why(staff, pair):
        return refuse("Who wrote it down ends it, or the clinical director.")
    return ALLOW
