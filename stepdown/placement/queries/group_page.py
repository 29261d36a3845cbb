"""The page of one group: who sits on which chair, for how long, what stands in the way, and who could come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from stepdown.admissions.models import Episode
from stepdown.people.models import Staff
from stepdown.placement import models
from stepdown.placement.domain import chairs as places
from stepdown.placement.domain.licenses import Gap, gaps
from stepdown.placement.models import Group, Seat
from stepdown.placement.queries.groups import STATE_NAMES, Candidate, GroupNow, groups_now, licenses_of, who_could_sit
from stepdown.placement.queries.visible import hidden_from
from stepdown.ui import when
from stepdown.ui.charts.seats import Chair, SeatSpan, seat_circle, seat_forecast
from stepdown.ui.charts.svg import Drawing

WEEKS = 8
CANDIDATES = 25


@dataclass(frozen=True)
class GroupPage:
    now: GroupNow
    circle: Drawing
    forecast: Drawing
    counts: str
    held: list[Seat]
    gaps: list[Gap]
    coming: list[Any]
    candidates: list[Candidate]
    candidate_count: int


def group_page(group: Group, staff: Staff, waiting: QuerySet[Episode], moment: datetime) -> GroupPage | None:
    """Everything the page shows, in ten queries; None when the group has closed. waiting: episodes staff may see.
    Of those who could sit here, the first CANDIDATES. A chair of somebody whose record is restricted is taken, by
    nobody who is named."""
    found = groups_now(Group.objects.filter(pk=group.pk), moment, with_people=True)
    if not found:
        return None
    now = found[0]
    sitters = hidden_from(staff).filter(patient__in=[seat.patient_id for seat in now.seats])
    hidden = set(sitters.values_list("patient", flat=True))
    after = _aftercare_of([seat.patient_id for seat in now.seats], moment)
    today = when.local_date(moment, group.zone)
    at = now.next_at or moment
    drawn = [_unnamed(_chair(number, now, after, at, moment), now, hidden, at) for number in now.taken]
    there = [chair for chair in drawn if chair.number in now.there(at)]
    held = [seat for seat in now.seats if seat.accepted_at is None and seat.patient_id not in hidden]
    could_sit = who_could_sit(now, waiting)
    counts = {state: sum(chair.state == state for chair in there) for state in ("taken", "held", "free")}
    return GroupPage(
        now=now,
        circle=seat_circle(group.leader.first_name, there, _held_note(held, moment, group)),
        forecast=seat_forecast(
            drawn, today - timedelta(days=today.weekday()), today, weeks=WEEKS, plan=group.program.seats_intended
        ),
        counts=", ".join(f"{count} {state}" for state, count in counts.items() if count),
        held=held,
        gaps=license_gaps(now, today),
        coming=list(group.sessions.standing().filter(ends_at__gt=moment).select_related("topic", "leader")[:5]),
        candidates=could_sit[:CANDIDATES],
        candidate_count=len(could_sit),
    )


def license_gaps(now: GroupNow, today: date) -> list[Gap]:
    """States in which the leader's license ends before the people who sit there do, within the weeks shown."""
    horizon = today + timedelta(weeks=WEEKS)
    sitters = [(seat.patient.state, min(horizon, seat.last_on or horizon)) for seat in now.seats if seat.accepted_at]
    found = licenses_of([now.group.leader_id], {state for state, _ in sitters})
    licenses = {STATE_NAMES.get(state, state): spans for (_, state), spans in found.items()}
    return gaps([(STATE_NAMES.get(state, state), last) for state, last in sitters], licenses, today)


def _aftercare_of(patients: Sequence[Any], moment: datetime) -> set[Any]:
    """Which of these patients have an Aftercare seat waiting."""
    seats = Seat.objects.standing().filter(patient__in=patients, group__program__is_aftercare=True)
    return set(seats.filter(starts_at__gt=moment).values_list("patient", flat=True))


def _chair(number: int, now: GroupNow, after: set[Any], at: datetime, moment: datetime) -> Chair:
    """A chair as it is at the next session, with everyone who has it from now on."""
    group, seats = now.group, [seat for seat in now.seats if seat.chair.number == number]
    spans = [_span(seat, group, seat.patient_id in after, at, moment) for seat in seats]
    spans += [span for chair in now.chair_rows if chair.number == number for span in _not_there(chair, moment, group)]
    here = next((s for s in seats if s.starts_at <= at and (s.ends_at is None or s.ends_at > at)), None)
    if here is None:
        return Chair(number, spans=spans)
    if here.accepted_at is None:
        return Chair(number, "held", here.patient.called, spans=spans)
    week = places.week_of(here.starts_at, moment, group.zone)
    return Chair(number, "taken", here.patient.called, f"wk {week}" if week else "new", spans)


def _unnamed(chair: Chair, now: GroupNow, hidden: set[Any], at: datetime) -> Chair:
    """The chair without the name of who has it at that time, when this reader does not see their record."""
    here = [s for s in now.seats if s.chair.number == chair.number and s.starts_at <= at]
    sits = any(s.patient_id in hidden for s in here if s.ends_at is None or s.ends_at > at)
    return replace(chair, name="", note="") if sits else chair


def _not_there(chair: models.Chair, moment: datetime, group: Group) -> Iterator[SeatSpan]:
    today = when.local_date(moment, group.zone)
    if chair.from_on and chair.from_on > today:
        yield SeatSpan(date.min, chair.from_on, "gone", f"from {when.day_short(chair.from_on, today)}")
    if chair.gone_on:
        yield SeatSpan(chair.gone_on, None, "gone", f"gone from {when.day_short(chair.gone_on, today)}")


def _span(seat: Seat, group: Group, aftercare: bool, at: datetime, moment: datetime) -> SeatSpan:
    """Its days; one that begins with the next session is drawn from now on, as nobody else gets the chair."""
    start = when.local_date(moment if moment < seat.starts_at <= at else seat.starts_at, group.zone)
    end = when.local_date(seat.ends_at, group.zone) if seat.ends_at else None
    if seat.accepted_at is None:
        return SeatSpan(start, end, "held", f"held until {when.when(seat.held_until, moment, group.zone)}")
    note = f"to {when.day_short(end, when.local_date(moment, group.zone))}" if end else ""
    return SeatSpan(start, end, "taken", f"{note}, then Aftercare" if end and aftercare else note)


def _held_note(held: Sequence[Seat], moment: datetime, group: Group) -> str:
    """For the middle of the circle, short: "1 held to 6:00 pm", "2 held"."""
    if not held:
        return ""
    until = min(seat.held_until for seat in held)
    on = when.local_date(until, group.zone)
    if on == when.local_date(moment, group.zone):
        return f"{len(held)} held to {when.clock(until, group.zone, named=False)}"
    return f"{len(held)} held to {when.weekday(on, short=True)}"
