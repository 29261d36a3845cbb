"""What counts towards a step: the time at the level that somebody is in now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.transitions import queries
from stepdown.transitions.tests.factories import group_with_sessions, in_iop, seat_of

pytestmark = pytest.mark.django_db


def attended(seat, *weeks):
    for week in weeks:
        session = SessionFactory(group=seat.group, starts_at=seat.starts_at + timedelta(weeks=week, hours=1))
        AttendanceFactory(seat=seat, session=session)


def sat(episode, first, last=None, **group):
    """In another group from week `first` to week `last`, counted from now."""
    now = timezone.now()
    return SeatFactory(
        episode=episode,
        group=group_with_sessions(**group),
        accepted=True,
        starts_at=now + timedelta(weeks=first),
        ends_at=None if last is None else now + timedelta(weeks=last),
        offered_at=now + timedelta(weeks=first - 1),
    )


def test_a_second_stay_is_judged_by_what_was_attended_in_it():
    episode = in_iop(ends_in=-timedelta(weeks=6))
    attended(seat_of(episode), 0, 1, 2, 3)
    sat(episode, -6, -3, aftercare=True)
    again = sat(episode, -3)
    attended(again, 0)
    assert queries.facts_of(episode, again, timezone.now()).weeks_attended == 1


def test_what_was_called_off_after_its_sheet_was_opened_counts_as_nothing():
    episode = in_iop(ends_in=-timedelta(weeks=6))
    seat = seat_of(episode)
    attended(seat, 1)
    known = queries.facts_of(episode, seat, timezone.now())
    for hours in (10, 20):
        at = seat.starts_at + timedelta(weeks=1, hours=hours)
        off = SessionFactory(group=seat.group, starts_at=at, cancelled_at=timezone.now(), cancelled_why="Ice")
        AttendanceFactory(seat=seat, session=off, status="scheduled", minutes=0)
    assert queries.facts_of(episode, seat, timezone.now()) == known


def test_a_prolongation_by_another_seat_goes_on_with_the_stay():
    episode = in_iop(ends_in=-timedelta(weeks=6))
    attended(seat_of(episode), 0, 1, 2, 3)
    after = sat(episode, -6)
    attended(after, 0, 1)
    facts = queries.facts_of(episode, after, timezone.now())
    assert (facts.weeks_attended, facts.minutes_attended) == (6, 6 * 160)
