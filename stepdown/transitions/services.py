"""What people decide about the next level: step down, come back, end care. The patient accepts, the day completes."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stepdown.admissions.models import Episode, LevelStay
from stepdown.chart.models import Deadline
from stepdown.chart.services_deadlines import call_after, came_back, review_plan_after
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Staff
from stepdown.placement.models import Group, Seat
from stepdown.placement.services import end_seat, lapse_seats, offer_seat, withdraw_seat
from stepdown.privacy.services_sharing import treatment_ended
from stepdown.transitions import queries
from stepdown.transitions.domain.criteria import Finding
from stepdown.transitions.domain.days import first_day_after
from stepdown.transitions.models import Rating, Transition

log = structlog.get_logger(__name__)


class ReasonNeeded(RuleBroken):
    """A decision that needs its reason was made without one."""


@transaction.atomic
def plan_step_down(
    *, episode: Episode, group: Group, effective_at: datetime | None = None, reason: str = "", by: Staff
) -> Transition:
    """Ends the IOP seat at `effective_at` (left out: at its planned end) and holds a chair in the Aftercare group from
    its first session after that, so that the offer comes before the last IOP session. Whose IOP seat has ended already
    steps down with the first session of the Aftercare group.

    Raises RuleBroken: earlier than planned or with criteria not met and no reason given, a move is already planned, no
    seat to step down from; GroupFull and DoesNotFit as an offer does. Source: RULE PROG-09; level-of-care rules, 7.
    """
    now = timezone.now()
    seat = _seat(episode, aftercare=False)
    if not group.program.is_aftercare:
        raise RuleBroken("Choose an Aftercare group.")
    if seat.ends_at and seat.ends_at <= now:
        effective_at = _first_session(group, now)
    effective_at = effective_at or seat.ends_at
    if effective_at is None:
        raise RuleBroken("This seat has no planned end. Choose the day of the last session.")
    if effective_at <= now:
        raise RuleBroken("The step down lies in the past. Choose a day to come, so that the offer comes first.")
    if seat.ends_at and now < seat.ends_at < effective_at:
        raise RuleBroken("The IOP seat ends before that day. Choose its planned end or an earlier day.")
    criteria = queries.criteria_of(episode, seat, now)
    not_met = [c.asked for c in criteria if c.finding == Finding.NOT_MET]
    if not reason.strip() and seat.ends_at and effective_at < seat.ends_at:
        raise ReasonNeeded("Say why this is earlier than planned.")
    if not reason.strip() and not_met:
        raise ReasonNeeded("Say why, as not every criterion is met.")
    planned = Transition(
        episode=episode,
        kind=Transition.Kind.STEP_DOWN,
        met=[c.asked for c in criteria if c.finding == Finding.MET],
        not_met=not_met,
    )
    early = seat.ends_at is not None and effective_at < seat.ends_at
    end = Seat.End.STEPPED_DOWN if early else Seat.End.COMPLETED
    return _move(planned, seat, group, effective_at, end, reason, by)


@transaction.atomic
def rate(*, episode: Episode, ratings: Mapping[str, int], words: str = "", by: Staff) -> Rating:
    """Rates somebody in care again, d1 to d6, each 0 to 4; the step down is judged by the newest. Raises RuleBroken
    when care has ended, or a number is none of these. Source: level-of-care rules, section 7."""
    episode = Episode.objects.select_for_update(of=("self",), no_key=True).get(pk=episode.pk)
    if episode.ended_at:
        raise RuleBroken("This episode of care has already ended.")
    with rules_speak():
        rating = Rating.objects.create(episode=episode, words=words.strip(), by=by, **ratings)
    log.info("rated again", rating_id=rating.pk, episode_id=episode.pk, by=by.pk)
    return rating


@transaction.atomic
def return_to_iop(*, episode: Episode, group: Group, reason: str, by: Staff) -> Transition:
    """The way back from Aftercare without a new intake: a chair in the IOP group from its next session, the Aftercare
    seat until then. Raises RuleBroken without a reason, and as `plan_step_down` does."""
    if not reason.strip():
        raise ReasonNeeded("Say why they come back now.")
    if group.program.is_aftercare:
        raise RuleBroken("Choose an IOP group.")
    seat = _seat(episode, aftercare=True)
    effective_at = _first_session(group, timezone.now())
    planned = Transition(episode=episode, kind=Transition.Kind.RETURN)
    return _move(planned, seat, group, effective_at, Seat.End.MOVED, reason, by)


def _first_session(group: Group, now: datetime) -> datetime:
    first = queries.first_session_from(group, now)
    if first is None:
        raise RuleBroken(f"{group.name} has no session to come. Extend its timetable first.")
    return first


def _move(
    planned: Transition, seat: Seat, group: Group, effective_at: datetime, end: str, reason: str, by: Staff
) -> Transition:
    """Shortens the old seat first, where it has not ended, so that a patient never sits in two; then offers the new one
    from the first session after that."""
    starts_at = queries.first_session_from(group, effective_at)
    if starts_at is None:
        raise RuleBroken(f"{group.name} has no session after that day. Extend its timetable first.")
    planned.from_seat, planned.from_seat_ended_at = seat, seat.ends_at
    planned.to_level, planned.effective_at = group.program.level, effective_at
    planned.reason, planned.decided_by = reason.strip(), by
    with rules_speak():
        planned.save()
    if seat.ends_at is None or seat.ends_at > timezone.now():
        end_seat(seat=seat, at=effective_at, reason=end, note=reason.strip()[:300], by=by)
    planned.to_seat = offer_seat(episode=planned.episode, group=group, starts_at=starts_at, by=by)
    planned.save(update_fields=["to_seat"])
    log.info("move planned", transition_id=planned.pk, kind=str(planned.kind), episode_id=planned.episode_id)
    return planned


@transaction.atomic
def cancel(*, transition: Transition, by: Staff) -> Transition:
    """Takes the plan back: the offered seat is withdrawn, the old one (or the one they moved to since) lasts as long as
    it did before. An IOP seat that has ended stays ended, and the next move is planned from there; so does an Aftercare
    seat on whose chair someone else sits by then.

    Raises RuleBroken: it is done or taken back already, the old seat has ended and the patient has accepted the new
    one, someone else sits on the old chair by then.
    """
    planned = _locked(transition)
    if planned.done_at or planned.cancelled_at:
        raise RuleBroken("This move is no longer open.")
    now = timezone.now()
    seat, new = queries.left_by(planned), planned.to_seat
    has_ended = seat is not None and seat.ends_at is not None and seat.ends_at <= now
    if new and new.released_at is None:
        if new.accepted_at and has_ended:
            raise RuleBroken("The old seat has ended, and the patient has accepted the new one. It stays.")
        if new.accepted_at:
            end_seat(seat=new, at=new.starts_at, reason=Seat.End.MOVED, note="The move was taken back.", by=by)
        elif new.held_until > now:
            withdraw_seat(seat=new, by=by)
    if seat and _is_shortened(planned, seat):
        if not has_ended:
            _give_end_back(planned, seat)
        elif planned.kind == Transition.Kind.RETURN:
            with suppress(RuleBroken):
                _give_end_back(planned, seat)
    planned.cancelled_at = now
    planned.save(update_fields=["cancelled_at"])
    log.info("move taken back", transition_id=planned.pk, by=by.pk)
    return planned


@transaction.atomic
def give_back(*, transition: Transition) -> None:
    """The patient did not take the way back: their Aftercare seat lasts as long as it did before, also when it has
    ended meanwhile. The move stays open until staff take it back. Twice is once.

    Raises RuleBroken when someone else sits on the chair by now.
    """
    planned = _locked(transition)
    seat, new = queries.left_by(planned), planned.to_seat
    not_taken = new is not None and new.released_at is not None
    if planned.done_at or planned.cancelled_at or not not_taken or seat is None:
        return
    if _is_shortened(planned, seat):
        _give_end_back(planned, seat)
        log.info("seat given back", transition_id=planned.pk)


def give_back_all(now: datetime) -> None:
    """Gives back every seat that a way back would have ended, where the patient did not take that way; each in its own
    transaction."""
    for one in queries.ways_back_not_taken():
        try:
            give_back(transition=one)
        except RuleBroken as broken:
            log.warning("seat not given back", transition_id=one.pk, rule=broken.rule)


def _is_shortened(planned: Transition, seat: Seat) -> bool:
    """Whether the old seat ends before it did; one that has its end back may last longer with its last session."""
    before = planned.from_seat_ended_at
    return seat.ends_at is not None and (before is None or seat.ends_at < before)


def _give_end_back(planned: Transition, seat: Seat) -> None:
    """The old seat lasts as long as it did before the move was planned."""
    seat.ends_at, seat.end_reason, seat.end_note, seat.ended_by = planned.from_seat_ended_at, "", "", None
    with rules_speak():
        seat.save(update_fields=["ends_at", "end_reason", "end_note", "ended_by"])


def hold(seat: Seat) -> None:
    """Locks the open move to that seat."""
    list(_open_to(seat).select_for_update(of=("self",), no_key=True))


def follow(old: Seat, new: Seat) -> None:
    """The open move to a seat that has not begun goes to the one that its person has instead."""
    if moves := _open_to(old).update(to_seat=new):
        log.info("move goes to another seat", to_seat_id=new.pk, moves=moves)


def _open_to(seat: Seat) -> QuerySet[Transition]:
    return Transition.objects.filter(to_seat=seat, done_at=None, cancelled_at=None)


@transaction.atomic
def complete(*, transition: Transition, now: datetime | None = None) -> Transition:
    """The day has come and the patient accepted: the old level closes, the new one opens; the episode goes on. After
    IOP they are to be called, and no longer once they are back in it (RULE PROG-09). Completing twice is completing
    once. Raises RuleBroken when the patient has not accepted or the day lies ahead."""
    now = now or timezone.now()
    planned = _locked(transition)
    if planned.done_at:
        return planned
    if planned.cancelled_at:
        raise RuleBroken("This move is no longer open.")
    new = planned.to_seat
    if new is None or new.accepted_at is None or new.released_at:
        raise RuleBroken("The patient has not accepted the new seat yet.")
    # The last session may have been put off meanwhile, and the old seat lasts as long.
    old_ends_at = planned.from_seat.ends_at if planned.from_seat else None
    at = max(planned.effective_at, old_ends_at or planned.effective_at)
    if at > now:
        raise RuleBroken("The day of the move has not come yet.")
    _change_level(planned, new, at)
    review_plan_after(episode=planned.episode, kind=Deadline.Kind.LEVEL_REVIEW, at=now)
    if planned.kind == Transition.Kind.RETURN:
        came_back(episode=planned.episode, at=now, by=planned.decided_by)
    elif planned.kind == Transition.Kind.STEP_DOWN:
        left = queries.left_by(planned)
        call_after(episode=planned.episode, at=min(at, (left and left.ends_at) or at), by=planned.decided_by)
    planned.done_at = now
    planned.save(update_fields=["done_at"])
    log.info("move completed", transition_id=planned.pk)
    return planned


def complete_all(now: datetime) -> int:
    """Completes every move that is ready, each in its own transaction: one that a rule stops holds up no other.
    Returns how many."""
    done = 0
    for one in queries.ready_to_complete(now):
        try:
            complete(transition=one, now=now)
            done += 1
        except RuleBroken as broken:
            log.warning("move not completed", transition_id=one.pk, rule=broken.rule)
    return done


def _change_level(planned: Transition, new: Seat, at: datetime) -> None:
    day = at.astimezone(new.group.zone).date()
    for stay in LevelStay.objects.filter(episode=planned.episode, days__upper_inf=True):
        day = first_day_after(stay.days.lower, day)
        stay.days = (stay.days.lower, day)
        stay.save(update_fields=["days"])
    with rules_speak():
        LevelStay.objects.create(
            episode=planned.episode,
            level=planned.to_level,
            name=new.group.program.name,
            days=(day, None),
            reasons=[planned.reason[:200]] if planned.reason else [],
        )


@transaction.atomic
def discharge(*, episode: Episode, status: str, note: str, at: datetime | None = None, by: Staff) -> Episode:
    """Ends the episode for one of the glossary's reasons. Seats end or are taken back, the level closes, a planned move
    is taken back; the consents end that hold until the treatment does. Who completed IOP is to be called.

    status: a value of Episode.ENDED; a return to use is none of them. at: aware, not ahead and not before admission.
    Raises RuleBroken: no note, no such reason, already ended, a time that cannot be.
    Source: glossary, `episode_status`; program manual, "Step-down, discharge, aftercare"; RULE PROG-09.
    """
    now = timezone.now()
    at = at or now
    episode = Episode.objects.select_for_update(of=("self",), no_key=True).select_related("patient").get(pk=episode.pk)
    if episode.ended_at:
        raise RuleBroken("This episode of care has already ended.")
    if status not in Episode.ENDED:
        raise RuleBroken("Choose why care ends.")
    if not note.strip():
        raise RuleBroken("Write what happened and what was arranged.")
    if at > now:
        raise RuleBroken("Care cannot end on a day to come. Choose today or an earlier day.")
    if at < episode.planned_at:
        raise RuleBroken("Care cannot end before it was planned.")
    end = Seat.End.COMPLETED if status == Episode.Status.COMPLETED else Seat.End.DISCHARGED
    begun = Seat.objects.accepted().filter(episode=episode, starts_at__lte=now).select_related("group__program")
    last = begun.order_by("-starts_at").first()
    lapse_seats(now)
    for seat in Seat.objects.standing().filter(episode=episode).select_related("group"):
        if seat.accepted_at is None:
            withdraw_seat(seat=seat, by=by)
        elif seat.ends_at is None or seat.ends_at > now:
            end_seat(seat=seat, at=at, reason=end, note=note.strip()[:300], by=by)
    Transition.objects.filter(episode=episode, done_at=None, cancelled_at=None).update(cancelled_at=now)
    _close_levels(episode, at)
    episode.status, episode.ended_at, episode.ended_by, episode.end_note = status, at, by, note.strip()
    with rules_speak():
        episode.save(update_fields=["status", "ended_at", "ended_by", "end_note"])
    if status == Episode.Status.COMPLETED and last and not last.group.program.is_aftercare:
        # Their time in IOP may have ended before their care does.
        last.refresh_from_db(fields=["ends_at"])
        call_after(episode=episode, at=min(at, last.ends_at or at), by=by)
    treatment_ended(patient=episode.patient, by=by, at=at)
    log.info("episode ended", episode_id=episode.pk, status=status)
    return episode


def _close_levels(episode: Episode, at: datetime) -> None:
    """The day of the end is the last day at the level, which begins no later than that."""
    zone = queries.zone_of(episode)
    for stay in LevelStay.objects.filter(episode=episode, days__upper_inf=True):
        stay.days = (stay.days.lower, first_day_after(stay.days.lower, at.astimezone(zone).date() + timedelta(days=1)))
        stay.save(update_fields=["days"])


def _seat(episode: Episode, *, aftercare: bool) -> Seat:
    seat = queries.seat_to_leave(episode)
    if seat is None or seat.group.program.is_aftercare != aftercare:
        where = "an Aftercare group" if aftercare else "an IOP group"
        raise RuleBroken(f"This patient does not sit in {where} now.")
    return seat


def _locked(transition: Transition) -> Transition:
    Transition.objects.select_for_update(of=("self",), no_key=True).get(pk=transition.pk)
    return Transition.objects.select_related("episode", "from_seat", "to_seat__group__program").get(pk=transition.pk)
