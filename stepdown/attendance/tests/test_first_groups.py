"""Who first came to a group in some time, and when they had asked for a call."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.admissions.tests.factories import AssessmentFactory
from stepdown.attendance import queries
from stepdown.attendance.tests.factories import AttendanceFactory, session_over
from stepdown.placement.tests.factories import SeatFactory

pytestmark = pytest.mark.django_db


def joined(*sessions, missed=(), asked_days=6, assessed=True):
    """Somebody whose seat began with the first of these sessions, and who missed some of them."""
    start = sessions[0].starts_at
    seat = SeatFactory(group=sessions[0].group, accepted=True, starts_at=start, episode__active=True)
    if assessed:
        seat.episode.assessment = AssessmentFactory(decided=True)
        seat.episode.assessment.inquiry.asked_at = start - timedelta(days=asked_days)
        seat.episode.assessment.inquiry.save()
    seat.episode.admitted_on = start.date()
    seat.episode.save()
    for session in sessions:
        AttendanceFactory(seat=seat, session=session, missed=session in missed)
    return seat


def first_groups(days):
    now = timezone.now()
    return queries.first_groups(now - timedelta(days=days), now)


@pytest.fixture
def two_sessions():
    earlier = session_over(timedelta(days=9))
    return earlier, session_over(timedelta(days=2), group=earlier.group)


def test_the_first_session_someone_came_to_counts_with_when_they_asked(two_sessions):
    earlier, _later = two_sessions
    joined(*two_sessions)
    assert first_groups(20) == [(earlier.starts_at - timedelta(days=6), earlier.starts_at)]


def test_a_session_that_was_missed_is_not_their_first(two_sessions):
    earlier, later = two_sessions
    joined(*two_sessions, missed=[earlier])
    assert first_groups(20) == [(earlier.starts_at - timedelta(days=6), later.starts_at)]


def test_who_came_before_that_time_or_never_or_without_an_assessment_is_not_counted(two_sessions):
    joined(*two_sessions)
    joined(*two_sessions, missed=two_sessions)
    joined(two_sessions[1], assessed=False)
    assert first_groups(5) == []


def test_it_takes_one_query_for_any_number_of_people(two_sessions, django_assert_num_queries):
    for _ in range(4):
        joined(*two_sessions)
    assert Episode.objects.count() == 4
    with django_assert_num_queries(1):
        assert len(first_groups(20)) == 4
