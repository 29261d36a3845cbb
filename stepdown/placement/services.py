"""What people do with groups and seats. Each is one transaction; the database keeps the rules."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.admissions.models import Episode, LevelStay
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.outreach import quiet
from stepdown.outreach.models import Message
from stepdown.outreach.services import send
from stepdown.people.models import Patient, Staff
from stepdown.people.services import issue_link
from stepdown.placement import plans, queries
from stepdown.placement.domain.fit import clashes
from stepdown.placement.domain.states import NEXT, SeatState
from stepdown.placement.errors import DoesNotFit, GroupFull
from stepdown.placement.models import Chair, Group, Language, Program, Seat
from stepdown.placement.services_pairs import change_wishes
from stepdown.privacy import permissions_notice as notice

log = structlog.get_logger(__name__)
HOLD = timedelta(hours=48)
HOLD_BY_ITSELF = timedelta(hours=24)  # of a chair that is offered by itself: others wait for it


@transaction.atomic
def create_group(
    *,
    program: Program,
    name: str,
    band: str,
    days: Iterable[int],
    starts_at: time,
    time_zone: str,
    leader: Staff,
    co_leader: Staff | None = None,
    opened_on: date,
    chairs: int = 10,
    tags: Iterable[str] = (),
    language: str = Language.ENGLISH,
    entry_until: date | None = None,
    by: Staff,
) -> Group:
    """A group with its numbered chairs. Its sessions are made by the timetable. Raises RuleBroken.

    entry_until: the last day on which a seat may begin, for a closed group; left out, people join any week.
    """
    with rules_speak():
        group = Group.objects.create(
            program=program,
            name=name,
            band=band,
            days=sorted(set(days)),
            starts_at=starts_at,
            time_zone=time_zone,
            leader=leader,
            co_leader=co_leader,
            opened_on=opened_on,
            tags=list(tags),
            language=language,
            entry_until=entry_until,
        )
        Chair.objects.bulk_create([Chair(group=group, number=number) for number in range(1, chairs + 1)])
    log.info("group created", group_id=group.pk, by=by.pk)
    return group


@transaction.atomic
def open_program(*, program: Program, by: Staff) -> Program:
    """Stores a program that is not stored yet. Raises RuleBroken: the name is taken, or a group would be too large."""
    with rules_speak():
        program.save(force_insert=True)
    log.info("program set up", program_id=program.pk, by=by.pk)
    return program


@transaction.atomic
def change_program(*, program: Program, by: Staff, **numbers: object) -> Program:
    """Sets the fields given. What is already planned keeps its numbers. Raises RuleBroken."""
    for name, value in numbers.items():
        setattr(program, name, value)
    with rules_speak():
        program.save(update_fields=list(numbers))
    log.info("program changed", program_id=program.pk, by=by.pk)
    return program


@transaction.atomic
def change_availability(
    *, episode: Episode, bands: list[str], days_away: list[int], wishes: Mapping[str, Any] | None = None, by: Staff
) -> Episode:
    """When the person can come, and what they would like (as `change_wishes` takes it), as they say now."""
    if wishes is not None:
        change_wishes(episode=episode, by=by, **wishes)
    episode.bands, episode.days_away = bands, sorted(days_away)
    episode.save(update_fields=["bands", "days_away"])
    log.info("availability changed", episode_id=episode.pk, by=by.pk)
    return episode


@transaction.atomic
def offer_seat(
    *,
    episode: Episode,
    group: Group,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    by: Staff | None,
) -> Seat:
    """Holds the lowest chair that is free for the whole time, for 48 hours from when the patient is told: at once, or
    in the morning of an offer made at night, unless the group meets before that.

    starts_at: aware; left out, the group's next session. ends_at: left out, by the program's length. by: None when the
    chain offers, which holds it for 24 hours. Offering twice is offering once.
    Raises GroupFull when no chair is free, DoesNotFit when time or license stand against it, RuleBroken when the
    patient has a seat in that time. Source: RULE PROG-01; program manual, "Rolling entry".
    """
    now = timezone.now()
    group = lock(episode.patient_id, group)
    lapse_seats(now)
    start = starts_at or _first_session(group, now)
    if again := Seat.objects.held().filter(episode=episode, group=group, starts_at=start, offered_by=by).first():
        return again
    end = ends_at or queries.end_of_seat(group, start)
    _must_fit(episode, group, start, end)
    seat = _take_chair(
        group,
        start,
        end,
        episode=episode,
        offered_at=now,
        offered_by=by,
        held_until=quiet.told_at(Message.Kind.SEAT_OFFER, now=now, zone=episode.patient.time_zone, was=start)
        + (HOLD if by else HOLD_BY_ITSELF),
        accepted_at=None,
    )
    if not seat.patient.links.filter(revoked_at=None).exists():
        issue_link(patient=seat.patient, by=by)  # the message carries it
    send(patient=seat.patient, kind=Message.Kind.SEAT_OFFER, about=seat.held_until, was=start)
    log.info("seat offered", seat_id=seat.pk, group_id=group.pk)
    return seat


@transaction.atomic
def accept_seat(*, seat: Seat, by: Patient) -> Seat:
    """The patient says yes. Accepting twice is accepting once. Raises RuleBroken when the seat is no longer held.

    The first seat of an episode opens it: it becomes active, admitted on the day of the first session, and the level of
    care begins there. Later seats (Aftercare, a move) change no level: that belongs to the transition behind them.
    Nobody is admitted who has not got the privacy notice in effect (rule "notice"). Source: RULE PRIV-30.
    A patient who says yes after the first session began starts with the next one, so that nothing is counted as missed
    from before they agreed.
    """
    now = timezone.now()
    seat = _locked(seat)
    state = queries.seat_state(seat, now)
    if state is SeatState.ACCEPTED:
        return seat
    _must_go(state, SeatState.ACCEPTED)
    if queries.admits(seat) and not (may := notice.admit(seat.patient)):
        raise RuleBroken(may.reason, "notice")
    if seat.starts_at <= now:
        start = queries.next_meeting(seat.group, now)
        if start is None:
            raise RuleBroken(_("Your group’s next meeting has no date yet. Please call us."))
        seat.starts_at = start
    seat.accepted_at = now
    with _in_the_words_for_patients(), rules_speak():
        seat.save(update_fields=["accepted_at", "starts_at"])
        if queries.admits(seat):
            _open_episode(seat)
    log.info("seat accepted", seat_id=seat.pk)
    return seat


@transaction.atomic
def decline_seat(*, seat: Seat, by: Patient) -> Seat:
    """The patient says no; the chair is free again at once. Raises RuleBroken when the seat is no longer held."""
    return _release(seat, SeatState.DECLINED, Seat.Release.DECLINED)


@transaction.atomic
def withdraw_seat(*, seat: Seat, by: Staff) -> Seat:
    """Staff take back an offer that was not accepted yet. Raises RuleBroken otherwise."""
    return _release(seat, SeatState.WITHDRAWN, Seat.Release.WITHDRAWN)


@transaction.atomic
def lapse_seats(now: datetime) -> int:
    """Frees every chair whose hold has run out. Returns how many."""
    run_out = Seat.objects.held().filter(held_until__lte=now)
    count = run_out.update(released_at=now, released_why=Seat.Release.LAPSED)
    if count:
        log.info("seats lapsed", count=count)
    return count


@transaction.atomic
def end_seat(*, seat: Seat, at: datetime, reason: str, by: Staff, note: str = "") -> Seat:
    """The accepted seat ends at that moment, which may lie ahead; one that will not have begun then is taken back, as
    if it never was.

    reason: a value of Seat.End. Raises RuleBroken when the seat is not accepted or has already ended.
    """
    seat, now = _locked(seat), timezone.now()
    _must_go(queries.seat_state(seat, now), SeatState.ENDED)
    seat.ends_at = max(at, seat.starts_at)
    seat.end_reason, seat.end_note, seat.ended_by = reason, note, by
    if seat.ends_at == seat.starts_at > now:
        seat.released_at, seat.released_why = now, Seat.Release.WITHDRAWN
    with rules_speak():
        seat.save(update_fields=["ends_at", "end_reason", "end_note", "ended_by", "released_at", "released_why"])
    log.info("seat ended", seat_id=seat.pk)
    return seat


@transaction.atomic
def move_seat(*, seat: Seat, group: Group, reason: str, by: Staff) -> Seat:
    """Rare: the patient goes on in another group from its next session, until the day their seat would have ended.

    Raises RuleBroken without a reason, GroupFull and DoesNotFit as an offer does. Groups stay together: trust grows
    with the same people, so every move is explained and recorded. Source: program manual, "Group composition".
    """
    if not reason.strip():
        raise RuleBroken(_("Say why this person changes groups."))
    now = timezone.now()
    if group.pk == seat.group_id:
        raise RuleBroken(_("They already have a chair in this group. Choose another one."))
    group = lock(seat.patient_id, group)
    plans.hold(seat)
    lapse_seats(now)
    start = _first_session(group, now)
    ends_at = seat.ends_at
    old = end_seat(seat=seat, at=min(start, ends_at or start), reason=Seat.End.MOVED, note=reason.strip(), by=by)
    start = max(start, old.ends_at or start)
    if ends_at is not None and ends_at <= start:
        raise RuleBroken(_("Their time ends before they could come to %(group)s.") % {"group": group.name})
    _must_fit(old.episode, group, start, ends_at)
    moved = _take_chair(
        group, start, ends_at, episode=old.episode, offered_at=now, offered_by=by, held_until=now, accepted_at=now
    )
    if old.released_at:
        plans.follow(old, moved)
    log.info("seat moved", seat_id=seat.pk, to_seat_id=moved.pk)
    return moved


def lock(patient_id: UUID, group: Group) -> Group:
    """Patient first, then group, everywhere: two offers wait for each other instead of blocking each other."""
    Patient.objects.select_for_update(no_key=True).get(pk=patient_id)
    return (
        Group.objects.select_for_update(of=("self",), no_key=True).select_related("program", "leader").get(pk=group.pk)
    )


def _locked(seat: Seat) -> Seat:
    seats = Seat.objects.select_for_update(of=("self",), no_key=True)
    return seats.select_related("group__program", "episode__assessment", "patient").get(pk=seat.pk)


def _first_session(group: Group, after: datetime) -> datetime:
    start = queries.next_meeting(group, after)
    if start is None:
        raise RuleBroken(_("%(group)s has no session to come. Extend its timetable first.") % {"group": group.name})
    return start


def _must_fit(episode: Episode, group: Group, start: datetime, end: datetime | None) -> None:
    ahead = queries.changes_ahead().filter(group=group).first()
    now = queries.group_now(group, start, queries.seats_between(group, start, end), ahead)
    licenses = queries.licenses_of(now.leaders, [episode.patient.state])
    place = queries.place_of(now, now.held(licenses, episode.patient.state), start, end)
    sentences = clashes(queries.person_of(episode), place)
    if sentences:
        raise DoesNotFit(" ".join(sentences))


def _take_chair(group: Group, start: datetime, end: datetime | None, *, episode: Episode, **seat: object) -> Seat:
    """The lowest free chair, with the database as judge: a chair lost to someone else in between is passed over."""
    for chair in queries.chairs_free(group, start, end):
        try:
            with rules_speak():
                return Seat.objects.create(
                    group=group,
                    chair=chair,
                    episode=episode,
                    patient=episode.patient,
                    starts_at=start,
                    ends_at=end,
                    **seat,
                )
        except RuleBroken as broken:
            if broken.rule != "chair_seats_one":
                raise
    raise GroupFull(
        _("%(group)s has no free chair for the whole time. Choose another group or a later start.")
        % {"group": group.name}
    )


def _must_go(state: SeatState, to: SeatState) -> None:
    if to not in NEXT[state]:
        raise RuleBroken(why_not(state))


@contextmanager
def _in_the_words_for_patients() -> Iterator[None]:
    """Whoever says yes reads nothing of whom they are kept apart from."""
    try:
        yield
    except RuleBroken as broken:
        if broken.rule != "kept_apart":
            raise
        sentence = _("We cannot keep this place for you. Call us, and we find you another.")
        raise RuleBroken(sentence, broken.rule) from broken


def why_not(state: SeatState) -> str:
    """What to say when a seat in this state is asked for more than it can give."""
    return {
        SeatState.HELD: _("This place is offered and not accepted yet."),
        SeatState.ACCEPTED: _("This place is already accepted."),
        SeatState.LAPSED: _("The time to accept this place has run out. Call us, and we find you another."),
        SeatState.DECLINED: _("You said no to this place. Call us if you would like another."),
        SeatState.WITHDRAWN: _("We had to take this place back. Call us, and we find you another."),
        SeatState.ENDED: _("Your time in this group has ended."),
    }[state]


def _release(seat: Seat, to: SeatState, why: str) -> Seat:
    """An offer that is not accepted. Giving back twice is giving back once."""
    now = timezone.now()
    seat = _locked(seat)
    state = queries.seat_state(seat, now)
    if state is to:
        return seat
    if state is not SeatState.HELD:
        raise RuleBroken(why_not(state))
    seat.released_at, seat.released_why = now, why
    seat.save(update_fields=["released_at", "released_why"])
    log.info("seat released", seat_id=seat.pk, why=str(why))
    return seat


def _open_episode(seat: Seat) -> None:
    """Admits on the day of the first session: where they came from ends there, the program's level begins."""
    episode, program = seat.episode, seat.group.program
    day = seat.starts_at.astimezone(seat.group.zone).date()
    for before in LevelStay.objects.filter(Q(days__endswith=None) | Q(days__endswith__gt=day), episode=episode):
        if before.days.lower:
            day = max(day, before.days.lower + timedelta(days=1))
        before.days = (before.days.lower, day)
        before.save(update_fields=["days"])
    LevelStay.objects.create(episode=episode, level=program.level, name=program.name, days=(day, None))
    episode.status, episode.admitted_on = Episode.Status.ACTIVE, day
    episode.save(update_fields=["status", "admitted_on"])
