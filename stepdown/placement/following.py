"""Seats keep to the sessions of their group when these move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stepdown.admissions.models import Episode, LevelStay
from stepdown.kernel.db import rules_speak
from stepdown.people.models import Staff
from stepdown.placement.domain.follow import Moves, begins, ends
from stepdown.placement.models import Group, Seat

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Shift:
    """One seat, and when it begins and ends from now on. loses: its last session goes where it cannot last until."""

    seat: Seat
    starts_at: datetime
    ends_at: datetime | None
    loses: bool = False


def shifts(group: Group, moves: Moves, now: datetime) -> list[Shift]:
    """The standing seats of the group that begin or end at another moment once its sessions have moved, locked
    until they are written. One query, and one more for each that would last longer."""
    found = []
    seats = group.seats.standing().filter(Q(ends_at=None) | Q(ends_at__gt=now))
    seats = seats.filter(Q(accepted_at__isnull=False) | Q(held_until__gt=now))
    for seat in seats.select_related("episode", "patient").select_for_update(of=("self",)).order_by("pk"):
        start = (
            begins(seat.starts_at, seat.ends_at, moves)
            if seat.starts_at > now or seat.starts_at in moves
            else seat.starts_at
        )
        end = _end(seat, moves, group.program.length) if seat.ends_at else None
        loses, end = seat.ends_at is not None and end is None, end or seat.ends_at
        if loses or ((start, end) != (seat.starts_at, seat.ends_at) and (end is None or start < end)):
            found.append(Shift(seat, start, end, loses))
    return found


def _end(seat: Seat, moves: Moves, length: timedelta) -> datetime | None:
    """As `ends` says it; one that would last longer ends when its chair is someone's, or its person sits elsewhere."""
    assert seat.ends_at is not None, "asked of seats with an end"
    end = ends(seat.starts_at, seat.ends_at, moves, length=length)
    if end is None or end <= seat.ends_at:
        return end
    others = Seat.objects.standing().filter(Q(chair=seat.chair_id) | Q(patient=seat.patient_id))
    following = others.filter(starts_at__gte=seat.ends_at).exclude(pk=seat.pk).order_by("starts_at").first()
    until = following.starts_at if following else None
    return ends(seat.starts_at, seat.ends_at, moves, length=length, until=until)


@transaction.atomic
def keep_to_sessions(*, group: Group, moves: Moves, by: Staff) -> list[Shift]:
    """Lets every seat of the group go with its first and its last session. moves: every standing session to come.
    Raises RuleBroken when a chair or a patient would then be taken twice."""
    now = timezone.now()
    return apply(shifts(group, moves, now), group=group, by=by)


def apply(found: list[Shift], *, group: Group, by: Staff) -> list[Shift]:
    """Writes them down: first every end, then every start, so that a chair passes from one person to the next."""
    with rules_speak():
        for shift in found:
            if shift.ends_at != shift.seat.ends_at:
                Seat.objects.filter(pk=shift.seat.pk).update(ends_at=shift.ends_at)
        for shift in found:
            if shift.starts_at != shift.seat.starts_at:
                _begin(shift, group)
    if found:
        log.info("seats follow their sessions", group_id=group.pk, seats=len(found), by=by.pk)
    return found


def _begin(shift: Shift, group: Group) -> None:
    seat, start = shift.seat, shift.starts_at
    # Who comes over from another group leaves that one when this one begins.
    before = Seat.objects.standing().filter(patient=seat.patient_id, starts_at__lt=start).exclude(pk=seat.pk)
    before.filter(ends_at__gt=start, ends_at__lte=seat.starts_at).update(ends_at=start)
    Seat.objects.filter(pk=seat.pk).update(starts_at=start)
    day, was = start.astimezone(group.zone).date(), seat.starts_at.astimezone(group.zone).date()
    if seat.accepted_at and day != was and seat.episode.admitted_on == was:
        _admit_on(seat.episode, was, day)


def _admit_on(episode: Episode, was: date, day: date) -> None:
    """The day of the first session moved, and so does the day on which the level of care begins."""
    stays = LevelStay.objects.filter(episode=episode)
    level = stays.filter(days__startswith=was).first()
    before = stays.filter(days__endswith=was).first()
    if level and before and before.days.lower:
        day = max(day, before.days.lower + timedelta(days=1))
    if before and day < was:
        before.days = (before.days.lower, day)
        before.save(update_fields=["days"])
    if level:
        level.days = (day, level.days.upper)
        level.save(update_fields=["days"])
    if before and day > was:
        before.days = (before.days.lower, day)
        before.save(update_fields=["days"])
    episode.admitted_on = day
    episode.save(update_fields=["admitted_on"])


def began_before(seats: Iterable[Seat], start: datetime) -> list[Seat]:
    """Those of these seats that were once to begin at that moment. One query."""
    ids = [seat.pk for seat in seats]
    events = Seat.pgh_event_model.objects.filter(pgh_obj__in=ids, starts_at=start)  # type: ignore[attr-defined]  # the table of pghistory.track
    once = set(events.values_list("pgh_obj", flat=True))
    return [seat for seat in seats if seat.pk in once]
