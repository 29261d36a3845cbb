"""When plans are due: made with the first session, done with the signature, moved with a reason only."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from stepdown.chart import permissions_plan, queries_plan
from stepdown.chart.models import Deadline, DeadlineMove
from stepdown.chart.services_deadlines import (
    FIRST_PLAN,
    hand_over,
    make_first_plan_deadlines,
    move_deadline,
    review_plan_after,
    review_plans_after_incidents,
)
from stepdown.chart.tasks import keep_deadlines
from stepdown.chart.tests.plans import in_group, signed_plan
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live.services_incidents import write_down
from stepdown.live.tests.factories import RoomFactory
from stepdown.people.models import Role
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    CenterFactory()
    return in_group()


def make(now=None):
    return make_first_plan_deadlines(now=now or timezone.now())


def due_of(seat):
    return Deadline.objects.filter(episode=seat.episode).open().get()


def test_the_first_plan_is_due_seven_days_after_the_first_session(seat):
    make()
    row = due_of(seat)
    first = datetime.combine(seat.episode.admitted_on, time(18), ZoneInfo("America/Chicago")).astimezone(UTC)
    assert (row.kind, row.source, row.offset) == ("plan", "program", FIRST_PLAN)
    assert (row.counted_from, row.due_at) == (first, first + timedelta(days=7))
    assert row.owner == seat.group.leader


def test_it_is_not_counted_from_a_first_session_that_may_still_be_called_off(seat):
    first = datetime.combine(seat.episode.admitted_on, time(18), ZoneInfo("America/Chicago"))
    session = SessionFactory(group=seat.group, starts_at=first, service_date=seat.episode.admitted_on)
    assert make(now=first + timedelta(minutes=10)) == []
    RoomFactory(session=session)
    assert len(make(now=first + timedelta(minutes=20))) == 1


def test_it_is_made_once(seat):
    assert len(make()) == 1
    assert make() == []


def test_nothing_is_due_before_the_first_session_nor_for_who_began_long_ago():
    CenterFactory()
    in_group(days=-2)
    in_group(days=31)
    assert make() == []


def test_who_has_a_plan_gets_no_date_for_the_first_one(seat):
    signed_plan(seat)
    assert make() == []


def test_the_signature_does_what_was_due_and_sets_the_review(seat):
    make()
    first = due_of(seat)
    version = signed_plan(seat)
    first.refresh_from_db()
    assert (first.done_at, first.done_by) == (version.signed_at, seat.group.leader)
    row = due_of(seat)
    assert (row.kind, row.due_at) == ("plan_review", version.signed_at + timedelta(days=30))


def test_every_later_version_is_a_review(seat):
    signed_plan(seat)
    signed_plan(seat)
    assert Deadline.objects.filter(kind="plan_review", done_at__isnull=False).count() == 1
    assert due_of(seat).counted_from == queries_plan.in_force(seat.episode).signed_at


def test_a_new_level_asks_for_a_review_once_and_the_next_version_does_it(seat):
    now = timezone.now()
    assert review_plan_after(episode=seat.episode, kind=Deadline.Kind.LEVEL_REVIEW, at=now) is None
    signed_plan(seat)
    row = review_plan_after(episode=seat.episode, kind=Deadline.Kind.LEVEL_REVIEW, at=now)
    assert (row.owner, row.due_at) == (seat.group.leader, now + timedelta(days=7))
    assert review_plan_after(episode=seat.episode, kind=Deadline.Kind.LEVEL_REVIEW, at=now) is None
    signed_plan(seat)
    row.refresh_from_db()
    assert row.done_by == seat.group.leader


def test_a_grave_incident_asks_for_a_review_once(seat):
    signed_plan(seat)
    write_down(patient=seat.patient, kind="overdose", words="At home.", by=seat.group.leader)
    write_down(patient=seat.patient, kind="breach", words="A letter to the wrong address.", by=seat.group.leader)
    assert review_plans_after_incidents(now=timezone.now()) == 1
    assert review_plans_after_incidents(now=timezone.now()) == 0
    assert Deadline.objects.filter(kind="event_review", done_at=None).count() == 1


def test_in_aftercare_the_review_is_due_as_its_program_says():
    CenterFactory()
    seat = in_group(program__aftercare=True)
    signed_plan(seat)
    assert due_of(seat).offset == timedelta(days=90)


def test_a_deadline_is_moved_with_a_reason_and_keeps_its_old_date(seat):
    make()
    row = due_of(seat)
    later = row.due_at + timedelta(days=3)
    moved = move_deadline(deadline=row, due_at=later, reason="In hospital until Friday.", by=seat.group.leader)
    assert moved.due_at == later
    (kept,) = moved.moves.all()
    assert (kept.was_due_at, kept.due_at, kept.reason) == (row.due_at, later, "In hospital until Friday.")
    assert moved.counted_from + moved.offset == row.due_at


def test_it_is_never_moved_without_a_reason_nor_to_where_it_is(seat):
    make()
    row = due_of(seat)
    with pytest.raises(RuleBroken, match="Say why"):
        move_deadline(deadline=row, due_at=row.due_at + timedelta(days=3), reason=" ", by=seat.group.leader)
    with pytest.raises(RuleBroken, match="another date"):
        move_deadline(deadline=row, due_at=row.due_at, reason="Because.", by=seat.group.leader)


@pytest.mark.parametrize("change", ["due_at", "counted_from"])
def test_the_database_refuses_a_silent_move(seat, change):
    make()
    with pytest.raises(RuleBroken, match="moves with a reason"), rules_speak():
        Deadline.objects.update(**{change: timezone.now() + timedelta(days=90)})
    with pytest.raises(RuleBroken), rules_speak():
        Deadline.objects.all().delete()


def test_a_move_is_not_rewritten(seat):
    make()
    row = due_of(seat)
    move_deadline(deadline=row, due_at=row.due_at + timedelta(days=3), reason="Ill.", by=seat.group.leader)
    with pytest.raises(RuleBroken), rules_speak():
        DeadlineMove.objects.update(reason="Other")


def test_a_deadline_follows_whoever_leads_the_group(seat):
    make()
    group, new = seat.group, StaffFactory()
    group.leader = new
    group.save()
    assert hand_over(now=timezone.now()) == 1
    assert due_of(seat).owner == new
    assert hand_over(now=timezone.now()) == 0


def test_the_job_does_both(seat):
    keep_deadlines(int(timezone.now().timestamp()))
    assert due_of(seat).owner == seat.group.leader


def test_the_latest_stands_first_and_each_sees_their_own(seat):
    other = in_group(days=9)
    make()
    director = StaffFactory(roles=[Role.DIRECTOR])
    assert [row.episode for row in queries_plan.deadlines_due(director)] == [other.episode, seat.episode]
    assert [row.episode for row in queries_plan.deadlines_due(seat.group.leader)] == [seat.episode]
    assert not queries_plan.deadlines_due(StaffFactory()).exists()


def test_an_episode_that_ended_waits_for_nothing(seat):
    make()
    episode = seat.episode
    episode.status, episode.ended_at, episode.ended_by = "no_contact", timezone.now(), seat.group.leader
    episode.save()
    assert not queries_plan.deadlines_due(seat.group.leader).exists()


def test_who_may_move_it(seat):
    make()
    row = due_of(seat)
    assert permissions_plan.move_deadline(seat.group.leader, row)
    assert not permissions_plan.move_deadline(StaffFactory(), row)
    signed_plan(seat)
    row.refresh_from_db()
    assert permissions_plan.move_deadline(seat.group.leader, row).reason == "This is done. There is nothing to move."


def test_the_day_of_the_first_session_is_that_of_the_admission(seat):
    seat.episode.admitted_on = timezone.localdate() + timedelta(days=1)
    seat.episode.save()
    assert make() == []
